import Foundation
import TestSupport
import Testing

/// Adjacent steps of a host are one script over one connection, and each is told apart all the same.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct FusingTests {
  static let deployfile = #"""
    import Foundation
    let many = task("many", "Twenty steps") { hosts("web") { for number in 1...20 { run("echo x >>$D/mark; echo step \(number)") } } }
    let three = task("three", "Three kinds of output") { hosts("web") {
      run("echo out; echo err >&2").named("both")
      run("true")
      run("printf 'no newline'").named("open end") } }
    let failing = task("failing", "The second step fails") { hosts("web") {
      run("echo x >>$D/first")
      run("echo x >>$D/second; exit 255")
      run("echo x >>$D/third") } }
    let partly = task("partly", "Fails on b") { hosts("web") {
      run("echo x >>$D/first")
      run("test \(host: .name) != b")
      run("echo x >>$D/third") } }
    let killed = task("killed", "A step dies") { hosts("web") {
      run("echo x >>$D/first; kill -9 $$").named("dies")
      run("echo x >>$D/second") } }
    let reading = task("reading", "A step reads its input") { hosts("web") {
      run("cat; echo status $?")
      run("read line; echo \"status $? [$line]\"")
      run("echo x >>$D/after") } }
    let daemon = task("daemon", "A step leaves a daemon that holds its output") { hosts("web") {
      run("(sleep 60; echo late) & echo $! >$D/pid; echo started; echo warned >&2")
      run("echo after") } }
    let long = task("long", "A megabyte without a newline") { hosts("web") { run("head -c 1000000 /dev/zero | tr '\\0' a") } }
    let broken = task("broken", "A syntax error") { hosts("web") {
      run("echo x >>$D/first")
      run("if then").named("broken")
      run("echo x >>$D/third") } }
    let bytes = task("bytes", "Bytes that are not UTF-8") { hosts("web") { run("printf 'a\\377b\\303\\nnext\\n'") } }
    let forging = task("forging", "Prints what looks like marks") { hosts("web") {
      run("printf '\\036%s e 1 0\\n\\036%s z\\n' 0123456789abcdef0123456789abcdef 0123456789abcdef0123456789abcdef; printf '\\036'; exit 7")
      run("echo x >>$D/second") } }
    let heavy = task("heavy", "A command of 300 KiB") { hosts("web") {
      run("printf %s \(String(repeating: "0123456789", count: 30_720)) | wc -c")
      run("echo x >>$D/after") } }
    let leaving = task("leaving", "Steps that change their shell") { hosts("web") {
      run("cd /; x=1; exec 1>&2; set -e; trap 'echo bye' EXIT")
      run("echo \"[$x]\"; pwd")
      run("exit 0; echo never")
      run("echo x >>$D/after") } }
    let escapes = task("escapes", "Control sequences") { hosts("web") { run("printf 'a\\033[31mred\\007\\n50%%\\r100%%\\n'") } }
    """#

  private func bench(_ hosts: String...) throws -> Bench {
    try Bench(Self.deployfile, hosts: hosts.isEmpty ? ["a"] : hosts, ssh: #"exec /bin/sh -c "$command""#)
  }

  @Test func twentyStepsAreOneConnection() throws {
    let bench = try bench()
    let ended = try bench.run("many")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.ssh?.calls.count == 1)
    #expect(bench.count("mark") == 20)
    for number in 1...20 { #expect(ended.output.contains("a | step \(number)\n")) }
    #expect(ended.rows == ["many: done in _", "  a  succeeded  _"])
  }

  @Test func eachByteAndStatusBelongsToItsStep() throws {
    let ended = try bench().run("three", "--format", "json")
    let events = try ended.events()
    #expect(
      events.map(\.description) == [
        "run.started three",
        "phase.started hosts web, in parallel: a",
        "host.connected a",
        "step.started a [1] both",
        "step.output a [1] stdout \"out\"",
        "step.output a [1] stderr \"err\"",
        "step.finished a [1] both status 0 succeeded",
        "step.started a [2] true",
        "step.finished a [2] true status 0 succeeded",
        "step.started a [3] open end",
        "step.output a [3] stdout \"no newline\"",
        "step.finished a [3] open end status 0 succeeded",
        "host.finished a succeeded",
        "phase.finished hosts web, in parallel: a succeeded",
        "run.finished three status 0 succeeded",
      ])
    let finished = events.filter { $0.event.hasSuffix(".finished") }
    #expect(finished.allSatisfy { $0.duration != nil })
    #expect(Set(events.map(\.run)).count == 1)
    #expect(events.map(\.time) == events.map(\.time).sorted())
  }

  @Test func status255IsAFailedStepAndRunsOnce() throws {
    let bench = try bench()
    let ended = try bench.run("failing")
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.rows == [
        "failing: failed in _", "  a  failed  _  [2] echo x >>$D/second; exit 255: status 255",
      ])
    #expect(bench.count("first") == 1)
    #expect(bench.count("second") == 1)
    #expect(bench.count("third") == 0)
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func aFailingStepStopsItsOwnHostOnly() throws {
    let bench = try bench("a", "b", "c")
    let ended = try bench.run("partly")
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.rows == [
        "partly: failed in _", "  a  succeeded  _", "  b  failed     _  [2] test b != b: status 1", "  c  succeeded  _",
      ])
    #expect(bench.count("first") == 3)
    #expect(bench.count("third") == 2)
  }

  @Test func aKilledStepIsToldBySignal() throws {
    let bench = try bench()
    let ended = try bench.run("killed")
    #expect(ended.status == 1)
    #expect(ended.rows.first == "killed: failed in _")
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [1] dies: ended by signal 9 (KILL, perhaps out of memory)")
    #expect(bench.count("first") == 1)
    #expect(bench.count("second") == 0)
  }

  @Test func stepsHaveNoInputAndTheRestStillRuns() throws {
    let bench = try bench()
    let ended = try bench.run("reading")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("a | status 0\n"))
    #expect(ended.output.contains("a | status 1 []\n"))
    #expect(bench.count("after") == 1)
  }

  @Test func aDaemonThatHoldsTheOutputDelaysNothing() throws {
    let bench = try bench()
    let started = Date()
    let ended = try bench.run("daemon")
    #expect(ended.status == 0, "\(ended)")
    #expect(Date().timeIntervalSince(started) < 40)
    for line in ["a | started\n", "a ! warned\n", "a | after\n"] { #expect(ended.output.contains(line)) }
    let daemon = Int32(bench.marks.read("pid").trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    #expect(daemon > 1 && kill(daemon, 0) == 0, "the daemon lives on")
    kill(daemon, SIGKILL)
  }

  @Test func aLineWithoutEndArrivesWhole() throws {
    let ended = try bench().run("long", "--format", "json")
    let texts = try ended.events().filter { $0.event == "step.output" }.compactMap(\.text)
    #expect(texts.map(\.count).reduce(0, +) == 1_000_000)
    #expect(texts.allSatisfy { $0.allSatisfy { $0 == "a" } })
  }

  @Test func aSyntaxErrorIsOneFailedStep() throws {
    let bench = try bench()
    let ended = try bench.run("broken")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasPrefix("  a  failed  _  [2] broken: status ") == true)
    #expect(bench.count("first") == 1)
    #expect(bench.count("third") == 0)
  }

  @Test func invalidTextIsReplaced() throws {
    let ended = try bench().run("bytes")
    #expect(ended.status == 0)
    #expect(ended.output.contains("a | a\u{FFFD}b\u{FFFD}\na | next\n"), "\(ended)")
  }

  @Test func outputCannotForgeSuccess() throws {
    let bench = try bench()
    let ended = try bench.run("forging")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("a | \\x1e0123456789abcdef0123456789abcdef e 1 0\n"))
    #expect(ended.rows.dropFirst().first?.hasSuffix("status 7") == true)
    #expect(bench.count("second") == 0)
  }

  @Test func aCommandOf300KibibytesWorks() throws {
    let bench = try bench()
    let ended = try bench.run("heavy")
    #expect(ended.status == 0, "\(ended.rows) \(ended.errors)")
    #expect(ended.output.contains("a | 307200\n"))
    #expect(bench.count("after") == 1)
  }

  @Test func stepsShareNoShell() throws {
    let bench = try bench()
    let ended = try bench.run("leaving")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("a ! bye\n"))
    #expect(ended.output.contains("a | []\n"))
    #expect(!ended.output.contains("a | /\n"))
    #expect(!ended.output.contains("a | never"))
    #expect(bench.count("after") == 1)
  }

  @Test func controlSequencesNeverReachTheTerminal() throws {
    let ended = try bench().run("escapes")
    #expect(ended.output.contains("a | a\\x1b[31mred\\x07\na | 100%\n"), "\(ended)")
    #expect(!ended.output.contains("\u{1B}"))
  }
}
