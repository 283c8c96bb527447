import Foundation
import TestSupport
import Testing

/// Locks as runs meet them: one at a time, all or none, given back on every way out.
@Suite(.enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct LockTests {
  static let deployfile = #"""
    let hold = task("hold", "Holds the lock until told") { always { attempt { locked("shop") { hosts("web") {
      run("echo x >>$D/held; while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>$D/done") } } } onFailure: {
      hosts("web") { run("echo x >>$D/cleaned") } } } finally: { hosts("web[0]") { run("echo x >>$D/finally") } } }
    let other = task("other", "Wants it, too") { always { attempt { locked("shop") { hosts("web") {
      run("echo x >>$D/other") } } } onFailure: { hosts("web") { run("echo x >>$D/cleaned") } } } finally: { hosts("web[0]") { run("echo x >>$D/finally") } } }
    let waits = task("waits", "Waits for it") { locked("shop", wait: .seconds(60)) { hosts("web") { run("echo x >>$D/other") } } }
    let gives = task("gives", "Does not wait long") { locked("shop", wait: .seconds(1)) { hosts("web") { run("echo x >>$D/other") } } }
    let nested = task("nested", "Twice the same") { locked("shop") { invoke("other"); hosts("web") { run("echo x >>$D/after") } } }
    let fails = task("fails", "Fails inside") { locked("shop") { hosts("web") { run("exit 3") } } }
    let long = task("long", "Takes long") { locked("shop") { hosts("web") { run("echo x >>$D/held; sleep 100") } } }
    let late = task("late", "Is too late") { locked("shop") { hosts("web") { run("sleep 100").timeout(.seconds(1)) } } }
    let partly = task("partly", "A lock of the last host only") { locked("last") { hosts("c") { run("echo x >>$D/held; while [ ! -e $D/go ]; do sleep 0.05; done") } } }
    let all = task("all", "The same on all") { locked("last") { hosts("web") { run("echo x >>$D/other") } } }
    let race = task("race", "One of two") { locked("race") { hosts("web") { run("echo $RUNNER >>$D/\(host: .name).race; sleep 0.2") } } }
    """#

  /// Locks of hosts that differ need homes that differ.
  private static let homes = #"HOME=$HOME/$host; export HOME; mkdir -p "$HOME"; exec setsid -w /bin/sh -c "$command""#

  private func holder(_ bench: TrustBench, _ task: String = "hold", hosts: Int = 3) throws -> Started {
    let run = try bench.start(task)
    #expect(bench.bench.waits(for: "held", lines: hosts), "\(run.soFar)")
    return run
  }

  @Test("row 64: who comes second is refused, and has changed nothing") func whoComesSecondIsRefusedAndHasChangedNothing() throws {
    let bench = try TrustBench(Self.deployfile)
    let first = try holder(bench)
    #expect(bench.locks == ["shop.lock"])
    let second = try bench.run("other")
    #expect(second.status == 5, "\(second)")
    #expect(
      second.output.contains(#/the lock "shop" is held on a by \S+ on \S+ \(hold, run [0-9TZ]+-[0-9a-f]+, process \d+\) since /#),
      "\(second)")
    #expect(second.output.contains("run --unlock shop"))
    #expect(
      second.output.contains("other: not started, the lock is held by another run")
        || second.output.contains("other: stopped, the lock is held by another run"))
    // Nothing has failed: only `finally` runs.
    #expect(bench.counts("other", "cleaned", "finally") == [0, 0, 1])
    try bench.bench.marks.write("go", "")
    #expect(first.end().status == 0)
    #expect(bench.locks == [])
    #expect(try bench.run("other").status == 0)
    #expect(bench.counts("other", "cleaned") == [3, 0])
  }

  @Test func waitingGetsItWhenItIsGivenBack() throws {
    let bench = try TrustBench(Self.deployfile)
    let first = try holder(bench)
    let second = try bench.start("waits")
    #expect(second.wait { $0.soFar.contains("waiting up to 1 min: the lock \"shop\" is held on a by ") }, "\(second.soFar)")
    #expect(bench.count("other") == 0)
    try bench.bench.marks.write("go", "")
    #expect(first.end().status == 0)
    #expect(second.end().status == 0)
    #expect(bench.count("other") == 3)
    #expect(bench.locks == [])
  }

  @Test func waitingGivesUp() throws {
    let bench = try TrustBench(Self.deployfile)
    let first = try holder(bench)
    #expect(try bench.run("gives").status == 5)
    #expect(bench.count("other") == 0)
    try bench.bench.marks.write("go", "")
    #expect(first.end().status == 0)
  }

  @Test func aBlockInsideSharesIt() throws {
    let bench = try TrustBench(Self.deployfile)
    let ended = try bench.run("nested")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("other", "after") == [3, 3])
    #expect(bench.locks == [])
  }

  @Test(arguments: ["fails", "late"]) func failuresGiveItBack(task: String) throws {
    let bench = try TrustBench(Self.deployfile)
    #expect(try bench.run(task).status == 1)
    #expect(bench.locks == [])
  }

  @Test("row 62: interruptions give it back", arguments: [[SIGINT], [SIGINT, SIGINT], [SIGTERM], [SIGHUP]])
  func interruptionsGiveItBack(signals: [Int32]) throws {
    let bench = try TrustBench(Self.deployfile)
    let run = try holder(bench, "long")
    for (number, signal) in signals.enumerated() {
      run.signal(signal)
      if number + 1 < signals.count { #expect(run.wait { $0.soFar.contains("nothing new starts") }) }
    }
    #expect([130, 143].contains(run.end().status))
    #expect(bench.locks == [])
    #expect(bench.bench.settles())
  }

  @Test func allOrNone() throws {
    let bench = try TrustBench(Self.deployfile, ssh: Self.homes)
    let first = try holder(bench, "partly", hosts: 1)
    let second = try bench.run("all")
    #expect(second.status == 5, "\(second)")
    #expect(second.output.contains("the lock \"last\" is held on c by "))
    for host in ["a", "b"] { #expect(!bench.home.exists("\(host)/.pushbutton/locks/last.lock")) }
    #expect(bench.home.exists("c/.pushbutton/locks/last.lock"))
    #expect(bench.count("other") == 0)
    try bench.bench.marks.write("go", "")
    #expect(first.end().status == 0)
    #expect(!bench.home.exists("c/.pushbutton/locks/last.lock"))
  }

  @Test("row 65: a host that cannot be reached leaves nothing held") func anUnreachableHostLeavesNothingHeld() throws {
    let bench = try TrustBench(
      Self.deployfile, ssh: #"if [ "$host" = c ]; then echo 'ssh: no way' >"$log"; exit 255; fi; exec /bin/sh -c "$command""#)
    let ended = try bench.run("other")
    #expect(ended.status == 4, "\(ended)")
    #expect(bench.counts("other", "cleaned") == [0, 0])
    #expect(bench.locks == [])
  }

  @Test func unlockShowsAndRemoves() throws {
    let bench = try TrustBench(Self.deployfile)
    #expect(try bench.run("--unlock", "shop").output.contains("the lock \"shop\" is held on none of a, b, c"))
    let first = try holder(bench)
    let unasked = try bench.run("--unlock", "shop")
    #expect(unasked.status == 2, "\(unasked)")
    #expect(unasked.output.contains("nothing was removed: without a terminal, add --yes"))
    #expect(bench.locks == ["shop.lock"])
    let done = try bench.run("--unlock", "shop", "--yes")
    #expect(done.status == 0, "\(done)")
    #expect(done.output.contains("(hold, run ") && done.output.contains(": removed"))
    #expect(bench.locks == [])
    #expect(try bench.run("--history").output.contains("--unlock shop"))
    try bench.bench.marks.write("go", "")
    // It was taken away: the run goes on, and says at its end that it could not give it back, or that there is none any more.
    #expect(first.end().status == 0)
    #expect(try bench.run("--unlock", "../x").status == 2)
  }

  /// Two runs of one deploy at once, a hundred times.
  @Test("row 64: one of two, a hundred times") func oneOfTwoHundredTimes() async throws {
    let bench = try TrustBench(Self.deployfile)
    #expect(try bench.run("race", environment: ["RUNNER": "first"]).status == 0)
    for round in 1...100 {
      let runs = try ["left", "right"].map { try bench.start("race", environment: ["RUNNER": "\($0)\(round)"]) }
      let ends = runs.map { $0.end() }
      #expect(ends.map(\.status).sorted() == [0, 5], "\(round): \(ends)")
      let winner = ends[0].status == 0 ? "left\(round)" : "right\(round)", loser = ends[0].status == 0 ? "right\(round)" : "left\(round)"
      for host in ["a", "b", "c"] {
        let lines = bench.bench.marks.read("\(host).race").split(separator: "\n")
        #expect(lines.count { $0 == winner } == 1 && lines.count { $0 == loser } == 0, "\(round)")
      }
    }
    #expect(bench.locks == [])
  }
}
