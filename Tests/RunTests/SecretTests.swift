import Foundation
import TestSupport
import Testing

/// A secret shows in nothing that a run prints, starts or leaves.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
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
    let watched = task("watched", "Steps that somebody watches") { hosts("web") {
      run("sleep 1 && echo x >>$D/mark").timeout(.seconds(30))
      run("sleep 1; : \(token); echo x >>$D/mark").timeout(.seconds(30))
      upload("token.txt", to: "\(host: .variable("place"))") } }
    let others = task("others", "Steps of somebody else") { hosts("web") { sudo(as: "nobody") {
      run("sleep 1 && echo mark")
      run("sleep 1; : \(token); echo mark").timeout(.seconds(30)) } } }
    """#

  private func bench(ssh: String = #"exec /bin/sh -c "$command""#) throws -> Bench {
    let bench = try Bench(Self.deployfile, ssh: ssh)
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

  /// Whoever is logged in on the host could imitate marks if they were an argument of anything there.
  @Test(arguments: ["watched"] + (ScopeTests.canBecomeNobody ? ["others"] : [])) func marksAreNoArguments(task: String) throws {
    let bench = try bench(ssh: #"tee "$D/typed" | /bin/sh -c "$command""#)
    let run = try bench.start(task, environment: ["TOKEN": Self.canary])
    var seen: Set<String> = []
    while run.isRunning {
      seen.formUnion(Self.commandLines())
      usleep(5_000)
    }
    let ended = run.end()
    #expect(ended.status == 0, "\(ended)")
    let mark = try #require(bench.marks.read("typed").firstMatch(of: /pb_k=([0-9a-f]{32});/)).output.1
    #expect(seen.contains { $0.contains("sleep 1") })
    #expect(seen.filter { $0.contains(mark) || $0.contains("c4n4ry") } == [])
    // What others run is for their own process to know: sudo writes its arguments into its log.
    #expect(seen.filter { $0.hasPrefix("sudo") && $0.contains("sleep 1") } == [])
  }

  /// A configuration may tell ssh to send variables on.
  @Test func sshDoesNotInheritIt() throws {
    let bench = try bench(ssh: #"printf '%s %s' "${TOKEN-none}" "$OTHER" >"$D/inherited"; exec /bin/sh -c "$command""#)
    let ended = try bench.run("watched", environment: ["TOKEN": Self.canary, "OTHER": "kept"])
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("inherited") == "none kept")
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
