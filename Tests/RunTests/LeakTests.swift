import Foundation
import TestSupport
import Testing

/// Words of programs, hosts and code that repeat a secret, on their way into errors, reports and files.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct LeakTests {
  static let canary = "c4n4ry-\"&/<pass word>"

  static let deployfile = #"""
    struct Complaint: Error, CustomStringConvertible { var description: String }
    let token = Secret.environment("TOKEN")
    let broken = Secret.command("printf 'x%s' \"$TOKEN\"; echo \"no such entry: $TOKEN, x$TOKEN\" >&2; exit 4")
    let other = Secret.command("printf 'its value: %s\\n' \"$UNKNOWN\" >&2; printf %s \"$UNKNOWN\"; exit 5")
    let named = task("named", "Names it") { hosts("web") { run(": \(token); echo x >>$D/mark") } }
    let told = task("told", "A notification whose words are cut where the secret stands") {
      hosts("web") { run(": \(token)") }
      notify(.command("printf '%0185d' 0; printf '%s' \(token); exit 3"), "told \(token)")
    }
    let thrown = task("thrown", "Code that complains") { hosts("web") {
      run(": \(token)")
      perform("throw") { session in
        let text = try await session.capture("printf %s \(token)")
        throw Complaint(description: "not liked: " + text)
      } } }
    let failed = task("failed", "A command of code that complains") { hosts("web") {
      run(": \(token)")
      perform("fail") { session in try await session.run("printf 'no: %s\\n' \(token) >&2; exit 3") } } }
    let decided = task("decided", "A decision that repeats it") {
      let kernel = Decision("the kernel", ask: "printf %s \(token)") { throw Complaint(description: "no kernel \($0.first?.output ?? "")") }
      hosts("web") { run("echo \(kernel)") } }
    let versions = task("versions", "A version that is none") { hosts("web") {
      run("printf 'a -> %s\\n' \(token)").reportsVersions(of: "shop") } }
    let unread = task("unread", "A secret that cannot be read") { hosts("web") { run(": \(broken) \(token); echo x >>$D/mark") } }
    let unreadable = task("unreadable", "Another one") { hosts("web") { run(": \(other); echo x >>$D/mark") } }
    let limits = task("limits", "Core dumps, with a secret") { hosts("web") { run(": \(token); ulimit -S -c >$D/soft; ulimit -H -c >$D/hard") } }
    let open = task("open", "Core dumps, without one") { hosts("web") { run("ulimit -S -c >$D/soft; ulimit -H -c >$D/hard") } }
    """#

  private func bench() throws -> Bench {
    try Bench(
      Self.deployfile,
      ssh: #"""
        # A run does not tell its ssh: it has heard of it elsewhere. Nobody asks for more than the version.
        if [ -z "$host" ]; then echo OpenSSH_99.0p1 >&2; exit; fi
        if [ "$LEAK" = log ]; then printf 'ssh: no such key: %s\r\n' "$HEARD" >>"$log"; exit 255; fi
        if [ "$LEAK" = noise ]; then printf 'go away, %s\n' "$HEARD"; exit 1; fi
        exec /bin/sh -c "$command"
        """#)
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var task: String
    var status: Int32 = 1
    var leak = ""
    /// What is there instead.
    var text: String

    init(_ task: String, status: Int32 = 1, leak: String = "", _ text: String) {
      testDescription = leak.isEmpty ? task : "\(task), \(leak)"
      self.task = task
      self.status = status
      self.leak = leak
      self.text = text
    }
  }

  static let rows = [
    Row("told", status: 0, "warning: notify command: status 3: \(String(repeating: "0", count: 185))[secret]"),
    Row("thrown", "not liked: [secret]"),
    Row("failed", "a command of it ended with status 3: no: [secret]"), Row("decided", "no kernel [secret]"),
    Row("versions", status: 0, "a -> [secret]"),
    Row("unread", status: 2, "the command for a secret, printf, ended with status 4: no such entry: [secret], [secret]"),
    Row("unreadable", status: 2, "the command for a secret, printf, ended with status 5: its value: [secret]"),
    Row("named", status: 4, leak: "log", "[secret]"), Row("named", status: 4, leak: "noise", "[secret]"),
  ]

  @Test(arguments: rows) func nothingOfIt(row: Row) throws {
    for format in ["plain", "json"] {
      let bench = try bench(), state = Scratch()
      let environment = ["TOKEN": Self.canary, "HEARD": Self.canary, "UNKNOWN": "c4n4ry-2", "LEAK": row.leak, "XDG_STATE_HOME": state.path]
      let ended = try bench.run(row.task, "-v", "--format", format, "--output", "r.xml", "--output", "r.jsonl", environment: environment)
      #expect(ended.status == row.status, "\(ended)")
      #expect((ended.output + ended.errors).contains(row.text), "\(ended)")
      let files = ["r.xml", "r.jsonl"].map(bench.project.folder.read) + Self.contents(of: state.path)
      for text in [ended.output, ended.errors] + files { #expect(!text.contains("c4n4ry"), "\(text)") }
      #expect(bench.count("mark") == 0)
    }
  }

  @Test("a program for an inventory that prints its environment", arguments: [["named"], ["--plan", "named"], ["--hosts"]])
  func inventories(words: [String]) throws {
    let bench = try bench()
    try bench.project.folder.write(
      "inventory.ini", "#!/bin/sh\nenv | grep TOKEN >&2\nprintf '%s' \"$TOKEN\" | base64 >&2\nexit 3\n", mode: 0o755)
    let ended = try bench.project.start(words, environment: bench.environment.merging(["TOKEN": Self.canary]) { $1 }).end()
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.contains("inventory.ini --list exited with status 3\n  TOKEN=[secret]\n  [secret]\n"), "\(ended)")
  }

  @Test("no core dumps once a secret was read; the hard limit stays") func coreDumps() throws {
    let bench = try bench()
    for (task, soft) in [("limits", "0\n"), ("open", "1000\n")] {
      let ended = try bench.shell("ulimit -H -c 2000 && ulimit -S -c 1000 && exec \"$run\" \(task)", environment: ["TOKEN": Self.canary])
        .end()
      #expect(ended.status == 0, "\(ended)")
      #expect([bench.marks.read("soft"), bench.marks.read("hard")] == [soft, "2000\n"])
    }
  }

  private static func contents(of folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
