import TestSupport
import Testing

/// Swift code of a Deployfile with a session on the host.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct PerformTests {
  static let deployfile = #"""
    struct Unhappy: Error, CustomStringConvertible { var description: String { "unhappy" } }
    let all = task("all", "All that a session can do") { hosts("web") {
      perform("look around") { session in
        try await session.run("echo shown; echo x >>$D/mark")
        let text = try await session.capture("printf 'two\\nlines\\n\\n'")
        guard text == "two\nlines" else { throw Unhappy() }
        guard try await session.test("true"), try await !session.test("exit 3") else { throw Unhappy() }
        let result = try await session.run("echo out; echo err >&2")
        guard result.output == "out\n", result.errorOutput == "err\n", result.status == 0 else { throw Unhappy() }
        let place = try await session.capture("echo $D")
        try await session.upload("inventory.ini", to: "\(place)/copy", mode: 0o600)
        try await session.run("echo \(session.host.name) >>$D/mark")
      }
      run("echo x >>$D/after") } }
    let throwing = task("throwing", "Throws") { hosts("web") {
      perform("throw") { session in
        try await session.run("echo x >>$D/mark")
        throw Unhappy()
      }
      run("echo x >>$D/after") } }
    let failing = task("failing", "A command of it fails") { hosts("web") {
      perform("fail") { session in
        try await session.run("echo no such thing >&2; exit 3")
        try await session.run("echo x >>$D/mark")
      }
      run("echo x >>$D/after") } }
    let together = task("together", "Two commands at once") { hosts("web") {
      perform("two") { session in
        async let one = session.capture("echo x >>$D/mark; echo one")
        async let two = session.capture("echo x >>$D/mark; echo two")
        let texts = try await [one, two]
        guard texts == ["one", "two"] else { throw Unhappy() }
      } } }
    let late = task("late", "Takes too long") { hosts("web") {
      perform("wait") { session in try await session.run("echo $$ >>$D/pid; sleep 60; echo x >>$D/mark") }.timeout(.seconds(1))
      run("echo x >>$D/after") } }
    let lateIgnored = task("lateIgnored", "Takes too long, which is ignored") { hosts("web") {
      perform("wait") { session in try await session.run("echo $$ >>$D/pid; sleep 60; echo x >>$D/mark") }.timeout(.seconds(1)).ignoringFailure()
      run("echo x >>$D/after") } }
    let lateCode = task("lateCode", "Code that takes too long by itself") { hosts("web") {
      perform("sleep") { _ in try await Swift.Task.sleep(for: .seconds(60)) }.timeout(.seconds(1))
      run("echo x >>$D/after") } }
    let retried = task("retried", "Succeeds at last") { hosts("web") {
      perform("try") { session in
        try await session.run("echo x >>$D/mark")
        if try await session.capture("wc -l <$D/mark") != "3" { throw Unhappy() }
      }.retry(5, every: .zero)
      run("echo x >>$D/after") } }
    let uploading = task("uploading", "An upload of it fails") { hosts("web") {
      perform("upload") { session in
        do { try await session.upload("inventory.ini", to: "/") } catch { try await session.run("echo x >>$D/caught") }
      }
      run("echo x >>$D/after") } }
    let unread = task("unread", "A secret that no step names") { hosts("web") {
      perform("unread") { session in try await session.run("echo x >>$D/mark; echo \(Secret.environment("HOME")) >>$D/mark") } } }
    let flattened = task("flattened", "A secret in a string") { hosts("web") {
      perform("flattened") { session in
        let text = "\(Secret.environment("HOME"))"
        try await session.run("echo \(text) >>$D/mark")
      } } }
    let tooMuch = task("tooMuch", "Prints more than fits") { hosts("web") {
      perform("capture") { session in _ = try await session.capture("head -c 16777217 /dev/zero; echo x >>$D/mark") } } }
    let lost = task("lost", "The connection goes") { hosts("web") {
      perform("lose") { session in try await session.run("echo x >>$D/mark; kill -9 $PPID; sleep 1") }.retry(3, every: .zero)
      run("echo x >>$D/after") } }
    """#

  private func bench(_ hosts: [String] = ["a"]) throws -> Bench {
    try Bench(Self.deployfile, hosts: hosts, ssh: #"exec /bin/sh -c "$command""#)
  }

  @Test func aSessionRunsCapturesTestsAndUploads() throws {
    let bench = try bench()
    let ended = try bench.run("all")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("mark") == "x\na\n")
    #expect(bench.marks.read("copy") == bench.project.folder.read("inventory.ini"))
    #expect(bench.count("after") == 1)
    #expect(ended.output.contains("a | shown\n"))
    #expect(!ended.output.contains("a | two\n"))
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func manyHostsAtOnce() throws {
    let bench = try bench((1...12).map { "web\($0)" })
    let ended = try bench.run("together")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 24)
  }

  @Test(arguments: [("throwing", "[1] throw: unhappy", 1), ("failing", "[1] fail: a command of it ended with status 3: no such thing", 0)])
  func anErrorFailsTheStep(task: String, problem: String, marks: Int) throws {
    let bench = try bench()
    let ended = try bench.run(task)
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first == "  a  failed  _  \(problem)")
    #expect(bench.counts("mark", "after") == [marks, 0])
  }

  @Test func aTimeoutEndsItsCommandOnTheHost() throws {
    let bench = try bench()
    let ended = try bench.run("late")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows == ["late: failed in _", "  a  failed  _  [1] wait: not done within 1 s, ended"])
    #expect(bench.settles())
    #expect(bench.counts("pid", "mark", "after") == [1, 0, 0])
  }

  @Test func anIgnoredTimeoutGoesOnOverANewConnection() throws {
    let bench = try bench()
    let ended = try bench.run("lateIgnored")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("pid", "mark", "after") == [1, 0, 1])
    #expect(bench.settles())
  }

  @Test func codeThatSleepsIsNotWaitedFor() throws {
    let bench = try bench()
    let ended = try bench.run("lateCode")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.last == "  a  failed  _  [1] sleep: not done within 1 s, ended")
    #expect(bench.count("after") == 0)
  }

  @Test func attemptsAreCounted() throws {
    let bench = try bench()
    let ended = try bench.run("retried")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("mark", "after") == [3, 1])
  }

  @Test func aFailedUploadCanBeCaught() throws {
    let bench = try bench()
    let ended = try bench.run("uploading")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("caught", "after") == [1, 1])
  }

  @Test func aLostConnectionIsUnknownAndNotRetried() throws {
    let bench = try bench()
    let ended = try bench.run("lost")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasPrefix("  a  outcome unknown  _  [1] lose: ") == true)
    #expect(bench.counts("mark", "after") == [1, 0])
  }

  static let refused: [(task: String, text: String)] = [
    (
      "unread",
      "the secret from the environment variable HOME was not read, because no step of the plan names it. "
        + "Hand it over in the scope: with([\"TOKEN\": \"\\(token)\"]) { perform(...) }."
    ),
    (
      "flattened",
      "a secret went through an ordinary String on its way here, where it is \"[secret]\" and nothing else. "
        + "Interpolate it where it is used: run(\"... \\(token)\"), or make what holds it a Text or a Command."
    ),
  ]

  @Test("a secret that cannot be filled in is refused, and nothing runs", arguments: refused) func secret(task: String, text: String) throws
  {
    let bench = try bench()
    let ended = try bench.run(task)
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("[1] \(task): \(text)"), "\(ended)")
    #expect(bench.count("mark") == 0)
  }

  @Test func whatCodeCapturesIsBounded() throws {
    let bench = try bench()
    let ended = try bench.run("tooMuch")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("[1] capture: a command of it printed more than 16 MiB\n"), "\(ended)")
    #expect(bench.count("mark") == 1)
  }
}
