import Foundation
import TestSupport
import Testing

/// A secret shows in nothing that a run prints, starts or leaves.
@Suite(.enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SecretTests {
  static let canary = "c4n4ry'\"$x\\y z"

  static let deployfile = #"""
    let token = Secret.environment("TOKEN")
    let file = Secret.file("token.txt")
    let command = Secret.command("printf '%s\n' \"$TOKEN\"")
    let value = Captured("value")
    let use = task("use", "Uses a secret everywhere") { hosts("web") {
      run("printf %s \(token) >$D/command; sleep 1").named("command")
      with(["TOKEN_VALUE": "\(file)"]) { run("printf %s \"$TOKEN_VALUE\" >$D/variable; sleep 1").named("variable") }
      run("printf %s \(command) >$D/fromCommand").named("from a command")
      render("site.conf", to: "\(host: .variable("place"))", values: ["token": "\(token)"], mode: 0o600)
      run("echo \(token); echo \"the value is \"\(token)\" indeed\"; echo \(token) >&2")
      run("sleep 1; printf %s \(token) >$D/limited").timeout(.seconds(30)).retry(2, every: .zero)
      capture("printf %s \(token)", as: value)
      run("printf %s \(value) >$D/captured; echo \(value)")
      perform("\(token)") { session in try await session.run("echo \(token); printf %s \(token) >$D/performed") }
      run("head -c 65530 /dev/zero | tr '\\0' x; echo \(token)").named("long line")
      run("echo \(token); no-such-program \(token); exit 3").named("fails \(token)") } }
    """#

  private func bench() throws -> Bench {
    let bench = try Bench(Self.deployfile, ssh: #"exec /bin/sh -c "$command""#)
    try bench.project.folder.write("inventory.ini", "[web]\na place=\(bench.marks.path)/rendered\n")
    try bench.project.folder.write("token.txt", Self.canary + "\n")
    try bench.project.folder.write("site.conf", "{{ token }}")
    return bench
  }

  @Test(arguments: [["use", "-v"], ["use", "--format", "json"]]) func itIsUsedAndNeverSeen(words: [String]) throws {
    let bench = try bench()
    let environment = ["TOKEN": Self.canary].merging(bench.environment) { $1 }
    let run = try bench.project.start(words, environment: environment)
    var seen: [String] = []
    while run.isRunning {
      seen += Self.commandLines().filter { $0.contains("c4n4ry") }
      usleep(5_000)
    }
    let ended = run.end()
    #expect(ended.status == 1, "\(ended)")
    #expect(seen == [])
    for name in ["command", "variable", "fromCommand", "rendered", "limited", "captured", "performed"] {
      #expect(bench.marks.read(name) == Self.canary, "\(name)")
    }
    // The start alone would be enough to recognise it.
    #expect(!ended.output.contains("c4n4ry"), "\(ended.output.split(separator: "\n").filter { $0.contains("c4n4ry") })")
    #expect(!ended.errors.contains("c4n4ry"))
    #expect(!(bench.ssh?.folder.read("log").contains("c4n4ry") ?? true))
    #expect(bench.leftFolders == [])
    #expect(ended.output.contains("the value is [secret] indeed"))
  }

  @Test func plansHideIt() throws {
    let bench = try bench()
    for words in [["--plan", "use"], ["--plan", "--json", "use"]] {
      let ended = try bench.project.start(words, environment: ["TOKEN": Self.canary].merging(bench.environment) { $1 }).end()
      #expect(ended.status == 0, "\(ended)")
      #expect(!ended.output.contains("c4n4ry"))
      #expect(ended.output.contains("[secret]"))
    }
  }

  private static func commandLines() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { name in
      Int(name) == nil ? nil : FileManager.default.contents(atPath: "/proc/\(name)/cmdline").map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
