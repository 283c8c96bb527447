import TestSupport
import Testing

/// What the options of a run do to it.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct CommandLineTests {
  static let deployfile = #"""
    let both = task("both", "Two stages") {
      hosts("web") { run("echo \(host: .name) >>$D/web") }
      hosts("db") { run("echo \(host: .name) >>$D/db") } }
    let fails = task("fails", "Fails") { hosts("web") { run("echo lost; exit 3").named("trouble") } }
    let limited = task("limited", "Two at once") { hosts("all") { parallel(limit: 2) { run("true") } } }
    """#

  private func bench() throws -> Bench {
    try Bench(Self.deployfile, ssh: #"exec /bin/sh -c "$command""#, inventory: "[web]\nweb1\nweb2\n[db]\ndb1\n")
  }

  @Test func limitSelectsHosts() throws {
    let bench = try bench()
    let ended = try bench.run("both", "--limit", "web2:db")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("web") == "web2\n")
    #expect(bench.marks.read("db") == "db1\n")
  }

  @Test func aStageThatLimitEmptiesIsSkippedAndSaysSo() throws {
    let bench = try bench()
    let ended = try bench.run("both", "-l", "web1")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("hosts db: none of them is within --limit, skipped\n"))
    #expect(ended.rows == ["both: done in _", "  web1  succeeded  _"])
    #expect(bench.counts("web", "db") == [1, 0])
  }

  @Test func aRunWithoutAnyHostIsRefused() throws {
    let bench = try bench()
    let ended = try bench.run("fails", "--limit", "db")
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors == "error: --limit db leaves the run without any host\n  run --hosts PATTERN shows what a pattern selects.\n")
    #expect(bench.ssh?.calls == [])
  }

  @Test func tasksRunInTurnUntilOneFails() throws {
    let bench = try bench()
    #expect(try bench.run("both", "both").status == 0)
    #expect(bench.counts("web", "db") == [4, 2])
    let ended = try bench.run("fails", "both")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("web", "db") == [4, 2])
    #expect(
      ended.rows == [
        "fails both: failed in _",
        "  web1  failed  _  [1] trouble: status 3", "      lost",
        "  web2  failed  _  [1] trouble: status 3", "      lost",
      ])
  }

  @Test func adHocCommandsOfOneWordAreShellText() throws {
    let bench = try bench()
    let ended = try bench.run("--on", "web", "--", "echo one | tr a-z A-Z >>$D/mark; echo $0")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("mark") == "ONE\nONE\n")
  }

  @Test func adHocCommandsOfSeveralWordsAreAProgramAndItsArguments() throws {
    let bench = try bench()
    let ended = try bench.run("--on", "db1", "--", "printf", "<%s>\\n", "it's", "$HOME", "a b", "", "*")
    #expect(ended.status == 0, "\(ended)")
    for line in ["<it's>", "<$HOME>", "<a b>", "<>", "<*>"] { #expect(ended.output.contains("db1 | \(line)\n")) }
    #expect(try bench.run("--on", "web", "--", "exit", "3").status == 1)
    #expect(try bench.run("--on", "nowhere", "--", "true").status == 2)
  }

  @Test func quietShowsOnlyTroubleAndTheSummary() throws {
    let bench = try bench()
    let good = try bench.run("both", "-q")
    #expect(
      good.output.split(separator: "\n").map { String($0).untimed } == [
        "both: done in _", "  web1  succeeded  _", "  web2  succeeded  _", "  db1   succeeded  _",
      ])
    let bad = try bench.run("fails", "-q", "-l", "web1")
    #expect(
      bad.output.split(separator: "\n").prefix(4).map { String($0).untimed } == [
        "web1 x failed: status 3 (trouble)", "fails: failed in _", "  web1  failed  _  [1] trouble: status 3", "      lost",
      ])
    #expect(bad.output.contains("\n\nTo go on where it stopped: run --resume "))
  }

  @Test func verboseTellsConnectionsAndTimes() throws {
    let ended = try bench().run("both", "-v", "-l", "web1")
    for text in ["web1 + connected\n", "web1 < done in ", "web1 = succeeded in "] { #expect(ended.output.contains(text)) }
  }

  @Test func jobsReplaceEveryLimit() throws {
    let bench = try bench()
    #expect(try bench.run("--plan", "limited").output.contains("in parallel, at most 2 at once"))
    #expect(try bench.run("--plan", "limited", "-j", "1").output.contains("in parallel, at most 1 at once"))
    #expect(try bench.run("limited", "-j", "0").status == 2)
  }

  @Test func aFailingRunAsEvents() throws {
    let ended = try bench().run("fails", "--format", "json", "-l", "web1")
    #expect(ended.status == 1)
    #expect(
      try ended.events().map(\.description) == [
        "run.started fails",
        "phase.started hosts web, in parallel: web1",
        "host.connected web1",
        "step.started web1 [1] trouble",
        "step.output web1 [1] stdout \"lost\"",
        "step.finished web1 [1] trouble \"status 3\" status 3 failed",
        "host.finished web1 \"[1] trouble: status 3\" failed",
        "phase.finished hosts web, in parallel: web1 failed",
        "run.finished fails status 1 failed",
      ])
  }

  @Test func coloursAreForTerminalsThatWantThem() throws {
    let bench = try bench()
    #expect(!(try bench.run("both").output.contains("\u{1B}")))
    #expect(try bench.terminal(["both"]).end().output.contains("\u{1B}[32m"))
    // The picture still moves the cursor; it paints nothing.
    #expect(!(try bench.terminal(["both"], environment: ["NO_COLOR": "1"]).end().output.contains(#/\u{1B}\[[0-9;]*m/#)))
    #expect(!(try bench.terminal(["both", "--format", "plain"], environment: ["NO_COLOR": "1"]).end().output.contains("\u{1B}")))
    #expect(!(try bench.terminal(["both"], environment: ["TERM": "dumb"]).end().output.contains("\u{1B}")))
  }
}
