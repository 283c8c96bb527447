import Foundation
import TestSupport
import Testing

/// `locked`: one run at a time, all hosts or none, and given back whatever happens.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct LockTests {
  static let deployfile = #"""
    let deploy = task("deploy", "Changes something") {
      always {
        attempt { locked("shop") { hosts("web") { run("echo \(host: .name) >>$D/done") } } } onFailure: { local("echo x >>$D/cleaned") }
      } finally: { local("echo x >>$D/finally") } }
    let hold = task("hold", "Works until it is told to end") { locked("shop") { hosts("web") {
      run("echo $$ >>$D/begun; while [ ! -e $D/go ]; do sleep 0.05; done; [ ! -e $D/fail ]").named("work") } } }
    let waits = task("waits", "Waits long") { locked("shop", wait: .seconds(60)) { hosts("web") { run("echo x >>$D/waited") } } }
    let impatient = task("impatient", "Waits a little") { locked("shop", wait: .seconds(1)) { hosts("web") { run("echo x >>$D/waited") } } }
    let limited = task("limited", "A step that takes too long") { locked("shop") { hosts("web") {
      run("echo x >>$D/begun; sleep 100").timeout(.seconds(1)) } } }
    let lost = task("lost", "A step that ends its session") { locked("shop") { hosts("web") {
      run("echo x >>$D/begun; kill -9 $PPID; sleep 1").named("cut") } } }
    let nested = task("nested", "A lock in a lock of the same name") {
      locked("shop") { invoke("inner")
        hosts("web") { run("test -e .pushbutton/locks/shop.lock && echo x >>$D/outer") } } }
    let inner = task("inner", "Is locked, too") { locked("shop") { hosts("web") { run("test -e .pushbutton/locks/shop.lock && echo x >>$D/inner") } } }
    let two = task("two", "A lock in another one") {
      locked("a") { hosts("web") { run("true") }
        locked("b") { hosts("web") { run("true") } }
        local("for h in a b; do read -r s p r <<X; kill -0 $p && echo x >>$D/alive; done\n$(grep '^shell ' $D/$h/.pushbutton/locks/a.lock)\nX\n") } }
    let atTheEnd = task("atTheEnd", "Steps for the end") {
      always {
        locked("shop") { hosts("web") { run("echo x >>$D/first")
          run("test -e .pushbutton/locks/shop.lock && echo x >>$D/last").atTheEnd() } }
      } finally: { locked("other") { hosts("web") { run("test -e .pushbutton/locks/other.lock && echo x >>$D/others").atTheEnd() } } }
      local("test -e $D/a/.pushbutton/locks/shop.lock && test ! -e $D/a/.pushbutton/locks/other.lock && echo x >>$D/between") }
    let late = task("late", "Locks in the middle") { hosts("web") { run("echo x >>$D/early") }
      locked("shop") { hosts("web") { run("echo x >>$D/done") } } }
    let here = task("here", "On this machine") { locked("shop") { local("test -e $HOME/.pushbutton/locks/shop.lock && echo x >>$D/done") } }
    let nothing = task("nothing", "Locks nothing") { locked("shop") {} }
    """#

  private func bench(_ hosts: [String] = ["a", "b"], folder: String? = nil) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: Bench.homes)
    let team = folder.map { "[web:vars]\npushbutton_lock_folder=\($0)\n" } ?? ""
    try bench.project.folder.write("inventory.ini", "[web]\n" + hosts.map { "\($0)\n" }.joined() + team)
    return bench
  }

  private static let anna = ["USER": "anna"]

  /// Nobody holds it, and whoever comes next gets it.
  private func isFree(_ bench: Bench) throws {
    #expect(bench.leftOnHosts == [])
    try? FileManager.default.removeItem(atPath: "\(bench.marks.path)/done")
    #expect(try bench.run("deploy").status == 0)
  }

  @Test("row 64: another's lock is respected, and nothing is changed") func anothersIsRespected() throws {
    let bench = try bench()
    let holding = try bench.start("hold", environment: Self.anna)
    #expect(bench.waits(for: "begun", lines: 2))
    let ended = try bench.run("deploy")
    #expect(ended.status == 5, "\(ended)")
    #expect(bench.counts("done", "cleaned", "finally") == [0, 0, 1])
    let who = "by anna on MACHINE (hold, run RUN, process N) since TIME, renewed _ ago"
    #expect(
      ended.lines("the lock", "Nothing was") == [
        "the lock \"shop\" is held on a \(who)",
        "  Nothing was changed. Try again later, wait for it with locked(\"shop\", wait: ...), or, if nobody deploys, run --unlock shop.",
        "deploy: not started, the lock is held by another run",
        "  a  not started  the lock \"shop\" is held \(who)",
      ])
    #expect(ended.rows.last == "  b  not started")
    #expect(!ended.output.contains("--resume"))
    #expect(try bench.history() == ["deploy: lock was held", "hold: running"])
    try bench.marks.write("go", "")
    #expect(holding.end().status == 0)
    try isFree(bench)
  }

  @Test func waitsUntilItIsGivenBack() throws {
    let bench = try bench()
    let holding = try bench.start("hold", environment: Self.anna)
    #expect(bench.waits(for: "begun", lines: 2))
    let waiting = try bench.start("waits")
    #expect(waiting.wait { $0.soFar.contains("waiting up to 1 min") })
    #expect(bench.count("waited") == 0)
    try bench.marks.write("go", "")
    #expect(holding.end().status == 0)
    let ended = waiting.end()
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("waited") == 2)
    // Said once, however often it is asked.
    #expect(
      ended.lines("waiting") == [
        "waiting up to 1 min: the lock \"shop\" is held on a by anna on MACHINE (hold, run RUN, process N) since TIME, renewed _ ago"
      ])
    #expect(bench.leftOnHosts == [])
  }

  @Test func doesNotWaitForever() throws {
    let bench = try bench()
    try bench.hold("shop", on: "b")
    let ended = try bench.run("impatient")
    #expect(ended.status == 5, "\(ended)")
    #expect(bench.count("waited") == 0)
    #expect(
      ended.lines("waiting") == [
        "waiting up to 1 s: the lock \"shop\" is held on b by \(Bench.ben), renewed _ ago".anonymous
      ])
    #expect(bench.leftOnHosts == [Bench.lock("shop", "b")])
  }

  @Test func waitingCanBeInterrupted() throws {
    let bench = try bench()
    try bench.hold("shop", on: "b")
    let waiting = try bench.start("waits")
    #expect(waiting.wait { $0.soFar.contains("waiting up to") })
    waiting.signal(SIGINT)
    let ended = waiting.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.leftOnHosts == [Bench.lock("shop", "b")])
    #expect(bench.settles(), "\(bench.processes)")
  }

  // MARK: Given back

  @Test func afterSuccess() throws {
    let bench = try bench()
    #expect(try bench.run("deploy").status == 0)
    try isFree(bench)
  }

  @Test func afterAFailure() throws {
    let bench = try bench()
    for mark in ["go", "fail"] { try bench.marks.write(mark, "") }
    let ended = try bench.run("hold")
    #expect(ended.status == 1, "\(ended)")
    try isFree(bench)
  }

  @Test("row 62: given back after an interruption", arguments: [[SIGINT], [SIGINT, SIGINT], [SIGTERM], [SIGHUP]])
  func afterAnInterruption(signals: [Int32]) throws {
    let bench = try bench()
    let run = try bench.start("hold")
    #expect(bench.waits(for: "begun", lines: 2))
    for (number, signal) in signals.enumerated() {
      if number > 0 { #expect(run.wait { $0.soFar.contains("Ctrl-C again") }) }
      run.signal(signal)
    }
    if signals == [SIGINT] { try bench.marks.write("go", "") }
    let ended = run.end()
    #expect(ended.status == (signals[0] == SIGINT ? 130 : 143), "\(ended)")
    #expect(!ended.output.contains("not given back"), "\(ended)")
    #expect(bench.settles(), "\(bench.processes)")
    #expect(bench.leftOnHosts.filter { $0.contains("/locks/") } == [])
    #expect(bench.leftFolders == [])
  }

  @Test func afterATimeout() throws {
    let bench = try bench()
    let ended = try bench.run("limited")
    #expect(ended.status == 1, "\(ended)")
    try isFree(bench)
  }

  @Test func afterTheSessionWasLost() throws {
    let bench = try bench()
    let ended = try bench.run("lost")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.lines("outcome unknown").count == 4)
    #expect(!ended.output.contains("not given back"), "\(ended)")
    #expect(bench.settles(), "\(bench.processes)")
    try isFree(bench)
  }

  @Test func aHostThatIsGoneIsSaidToKeepIt() throws {
    let bench = try bench(["a"])
    let run = try bench.start("hold")
    #expect(bench.waits(for: "begun"))
    try bench.marks.write("down-a", "")
    let session = Int32(bench.marks.read(Bench.lock("shop", "a")).split(separator: "\n").last?.split(separator: " ")[1] ?? "") ?? 0
    try #require(session > 0)
    kill(-session, SIGKILL)
    let ended = run.end()
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.lines("not given back") == [
        "the lock \"shop\" on a was not given back: connection refused (a:22); it expires 30 s after its session, "
          + "and run --unlock shop removes it"
      ])
  }

  // MARK: What others have left

  @Test("row 61: the lock of a run that was killed is taken over") func anExpiredOneIsTakenOverAndSaidSo() throws {
    let bench = try bench()
    let killed = try bench.start("hold", environment: Self.anna)
    #expect(bench.waits(for: "begun", lines: 2))
    killed.signal(SIGKILL)
    _ = killed.end()
    #expect(bench.settles(), "\(bench.processes)")
    // It is not expired yet, and soon will be: that is waited for, whether the block waits or not.
    let next = try bench.start("deploy")
    #expect(next.wait { $0.soFar.contains("waiting up to ") }, "\(next.soFar)")
    #expect(bench.count("done") == 0)
    for host in ["a", "b"] { try bench.age(Bench.lock("shop", host), 31) }
    let ended = next.end()
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.lines("waiting") == [
        "waiting up to 35 s: the lock \"shop\" is held on a by anna on MACHINE (hold, run RUN, process N) since TIME, renewed _ ago; "
          + "its session is gone"
      ])
    #expect(
      ended.lines("took over")
        == ["a", "b"].map {
          "took over the lock \"shop\" on \($0), which had expired: it was held by anna on MACHINE (hold, run RUN, process N) since TIME"
        })
  }

  @Test func aLockWithoutANameIsTakenOver() throws {
    let bench = try bench(["a"])
    try bench.marks.write(Bench.lock("shop", "a"), "garbage")
    try bench.age(Bench.lock("shop", "a"), 31)
    let ended = try bench.run("deploy")
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.lines("took over") == [
        "took over the lock \"shop\" on a, which had expired: it was held by something that left no readable name"
      ])
  }

  // MARK: All or none

  @Test func allHostsOrNone() throws {
    let bench = try bench(["a", "b", "c"])
    try bench.hold("shop", on: "c")
    let ended = try bench.run("deploy")
    #expect(ended.status == 5, "\(ended)")
    #expect(bench.counts("done", "cleaned", "finally") == [0, 0, 1])
    #expect(
      ended.lines("is held on") == [
        "the lock \"shop\" is held on c by \(Bench.ben), renewed _ ago".anonymous
      ])
    #expect(bench.leftOnHosts == [Bench.lock("shop", "c")])
    #expect(!ended.output.contains("not given back"))
  }

  @Test("row 65: a host that cannot be reached is known first") func aHostThatCannotBeReachedIsKnownFirst() throws {
    let bench = try bench(["a", "b", "c"])
    try bench.marks.write("down-c", "")
    let ended = try bench.run("deploy")
    #expect(ended.status == 4, "\(ended)")
    #expect(bench.counts("done", "cleaned", "finally") == [0, 0, 1])
    #expect(bench.leftOnHosts == [])
    #expect(
      ended.rows == [
        "deploy: failed, a host could not be reached, in _", "  a  not started", "  b  not started",
        "  c  unreachable  connection refused (c:22)",
      ])
  }

  @Test func aPlaceThatCannotHoldItIsNoLockOfAnother() throws {
    let bench = try bench(["a", "b"])
    try bench.marks.write("b/.pushbutton", "a file where the folder should be")
    let ended = try bench.run("deploy")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("done", "cleaned", "finally") == [0, 0, 1])
    #expect(ended.rows[0] == "deploy: failed in _")
    #expect(ended.rows[2].hasPrefix("  b  failed       cannot take the lock \"shop\": mkdir: "), "\(ended.rows)")
    #expect(bench.leftOnHosts == [])
  }

  @Test func aFolderForSeveralLogins() throws {
    let team = Scratch()
    let bench = try bench(["a", "b"], folder: team.path)
    #expect(try bench.run("deploy").status == 0)
    let ended = try bench.run("deploy", environment: ["NOTHING": ""])
    #expect(ended.status == 0, "\(ended)")
    try team.write("shop.lock", "run x\nuser ben\nshell \(Bench.livingSession)\n")
    #expect(try bench.run("deploy").status == 5)
    #expect(((try? FileManager.default.contentsOfDirectory(atPath: team.path)) ?? []) == ["shop.lock"])
    try FileManager.default.removeItem(atPath: team.path)
    let none = try bench.run("deploy")
    #expect(none.status == 1, "\(none)")
    #expect(none.output.contains("cannot take the lock \"shop\": there is no folder \(team.path)\n"))
  }

  // MARK: Blocks

  @Test func aBlockInsideSharesTheLock() throws {
    let bench = try bench()
    let ended = try bench.run("nested")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("inner", "outer") == [2, 2])
    #expect(bench.leftOnHosts == [])
  }

  /// Whatever is given back inside, what is held outside keeps its session, and so its lease.
  @Test func anotherLockInsideTakesNothingAway() throws {
    let bench = try bench()
    let ended = try bench.run("two")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("alive") == 2)
    #expect(bench.leftOnHosts == [])
  }

  @Test func stepsForTheEndKeepIt() throws {
    let bench = try bench()
    let ended = try bench.run("atTheEnd")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("first", "others", "between", "last") == [2, 2, 1, 2])
    #expect(bench.leftOnHosts == [])
  }

  @Test func twoTasksOneAfterTheOther() throws {
    let bench = try bench()
    try bench.marks.write("go", "")
    let ended = try bench.run("deploy", "hold", "deploy")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("done", "begun") == [4, 2])
    #expect(bench.leftOnHosts == [])
    #expect(bench.journal().count { $0.contains(#""event":"locked""#) } == 3)
    #expect(bench.journal().count { $0.contains(#""event":"unlocked""#) } == 3)
  }

  @Test func aLockInTheMiddle() throws {
    let bench = try bench()
    try bench.hold("shop", on: "a")
    let ended = try bench.run("late")
    #expect(ended.status == 5, "\(ended)")
    #expect(bench.counts("early", "done") == [2, 0])
    #expect(ended.output.contains("  Nothing inside of it was done. Try again later, wait for it"))
    #expect(ended.rows[0] == "late: stopped, the lock is held by another run")
    // What was done before it is not done again.
    #expect(ended.lines("To go on") == ["To go on where it stopped: run --resume RUN"])
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/\(Bench.lock("shop", "a"))")
    let resumed = try bench.run("--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(bench.counts("early", "done") == [2, 2])
  }

  @Test func onThisMachine() throws {
    let bench = try bench()
    #expect(try bench.run("here").status == 0)
    #expect(bench.count("done") == 1)
    #expect(((try? FileManager.default.contentsOfDirectory(atPath: "\(bench.home.path)/.pushbutton/locks")) ?? []) == [])
    let ended = try bench.run("nothing")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.ssh?.calls == [])
  }

  /// What keeps the lease ends at once, and so does the rest of the session.
  @Test func nothingIsLeftRunning() throws {
    let bench = try bench()
    #expect(try bench.run("deploy").status == 0)
    #expect(bench.settles(seconds: 2), "\(bench.processes)")
  }
}
