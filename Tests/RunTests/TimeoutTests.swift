import Foundation
import TestSupport
import Testing

/// A timeout ends all that its step has started on the host; attempts and ignored failures are counted.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct TimeoutTests {
  static let deployfile = #"""
    let late = task("late", "Takes too long") { hosts("web") {
      run("echo x >>$D/first")
      run("echo $$ >>$D/pids; (echo $$ >/dev/null; sleep 60 & echo $! >>$D/pids; wait) & echo $! >>$D/pids; echo begun; wait; echo x >>$D/mark")
        .named("late").timeout(.seconds(1))
      run("echo x >>$D/after") } }
    let stubborn = task("stubborn", "Ignores TERM") { hosts("web") {
      run("trap '' TERM; echo $$ >>$D/pids; sleep 60 & echo $! >>$D/pids; wait; wait; sleep 60; echo x >>$D/mark").named("late").timeout(.seconds(1))
      run("echo x >>$D/after") } }
    let ignored = task("ignored", "Goes on after it") { hosts("web") {
      run("echo $$ >>$D/pids; sleep 60; echo x >>$D/mark").timeout(.seconds(1)).ignoringFailure()
      run("echo x >>$D/after") } }
    let quick = task("quick", "Is quick enough") { hosts("web") {
      run("echo out; echo err >&2; exit 0").timeout(.seconds(30))
      run("exit 7").named("fails").timeout(.seconds(30)) } }
    let captured = task("captured", "A capture that takes too long") { hosts("web") {
      capture("echo x; sleep 60", as: Captured("value")).timeout(.seconds(1)).named("late")
      run("echo x >>$D/after") } }
    let retried = task("retried", "Fails twice, then not") { hosts("web") {
      run("echo x >>$D/mark; test $(wc -l <$D/mark) -ge 3").named("try").retry(5, every: .zero)
      run("echo x >>$D/after") } }
    let futile = task("futile", "Fails three times") { hosts("web") {
      run("echo x >>$D/mark; exit 4").named("try").retry(3, every: .zero)
      run("echo x >>$D/after") } }
    let lateTwice = task("lateTwice", "Takes too long twice") { hosts("web") {
      run("echo $$ >>$D/pids; sleep 60").named("late").timeout(.seconds(1)).retry(2, every: .zero) } }
    let forgiven = task("forgiven", "Failures are ignored") { hosts("web") {
      run("echo x >>$D/mark; exit 4").named("fails").ignoringFailure()
      run("kill -9 $$").named("dies").ignoringFailure()
      run("echo x >>$D/after") } }
    let waiting = task("waiting", "Waits until it is there") { hosts("web") {
      run("(sleep 1; echo x >$D/ready) >/dev/null 2>&1 &")
      waitFor(.command("echo x >>$D/asked; test -e $D/ready"), within: .seconds(30))
      run("echo x >>$D/after") } }
    let waitingInVain = task("waitingInVain", "Waits in vain") { hosts("web") {
      waitFor(.command("echo not yet; exit 1"), within: .seconds(1)).named("wait")
      run("echo x >>$D/after") } }
    """#

  private func bench() throws -> Bench { try Bench(Self.deployfile, ssh: #"exec setsid -w /bin/sh -c "$command""#) }

  private func ended(_ bench: Bench) -> Bool {
    let pids = bench.marks.read("pids").split(separator: "\n").compactMap { Int32($0) }
    return !pids.isEmpty && bench.settles() && pids.allSatisfy { !bench.lives($0) }
  }

  @Test(arguments: ["late", "stubborn"]) func everythingThatTheStepStartedEnds(task: String) throws {
    let bench = try bench()
    let ended = try bench.run(task)
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasSuffix("] late: not done within 1 s, ended") == true, "\(ended)")
    #expect(self.ended(bench))
    #expect(bench.counts("mark", "after") == [0, 0])
  }

  /// Hosts without setsid: the step's group is the session's, which ends with it.
  @Test func aHostWithoutSetsidCanDoItToo() throws {
    let bench = try Bench(
      Self.deployfile,
      ssh: #"""
        mkdir -p "$D/bin"
        for program in sh sleep cat wc test true env; do ln -sf "$(command -v $program)" "$D/bin/$program"; done
        exec setsid -w env PATH="$D/bin" /bin/sh -c "$command"
        """#)
    let ended = try bench.run("late")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [2] late: not done within 1 s, ended", "\(ended)")
    #expect(self.ended(bench))
    #expect(bench.counts("first", "mark", "after") == [1, 0, 0])
  }

  @Test func anIgnoredTimeoutGoesOn() throws {
    let bench = try bench()
    let ended = try bench.run("ignored")
    #expect(ended.status == 0, "\(ended)")
    #expect(self.ended(bench))
    #expect(bench.counts("mark", "after") == [0, 1])
  }

  @Test func aStepWithinItsTimeIsAsAnyOther() throws {
    let bench = try bench()
    let ended = try bench.run("quick")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.output.contains("a | out\n"))
    #expect(ended.output.contains("a ! err\n"))
    #expect(ended.rows.last == "  a  failed  _  [2] fails: status 7")
    #expect(bench.settles())
  }

  @Test func aCaptureThatTakesTooLongFails() throws {
    let bench = try bench()
    let ended = try bench.run("captured")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [1] late: not done within 1 s, ended")
    #expect(bench.count("after") == 0)
    #expect(bench.settles())
  }

  @Test func attemptsAreCounted() throws {
    let bench = try bench()
    let ended = try bench.run("retried", "--format", "json")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("mark", "after") == [3, 1])
    let steps = try ended.events().filter { $0.step == 1 }.map(\.description)
    #expect(
      steps == [
        "step.started a [1] #1 try",
        "step.output a [1] stderr \"attempt 1 of 5: status 1; next in 0 s\"",
        "step.started a [1] #2 try",
        "step.output a [1] stderr \"attempt 2 of 5: status 1; next in 0 s\"",
        "step.started a [1] #3 try",
        "step.finished a [1] #3 try status 0 succeeded",
      ])
  }

  @Test func theLastAttemptDecides() throws {
    let bench = try bench()
    let ended = try bench.run("futile")
    #expect(ended.status == 1)
    #expect(bench.counts("mark", "after") == [3, 0])
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [1] try: status 4")
    #expect(bench.ssh?.calls.count == 1)
  }

  @Test func everyAttemptHasItsOwnTime() throws {
    let bench = try bench()
    let ended = try bench.run("lateTwice")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.count("pids") == 2)
    #expect(self.ended(bench))
  }

  @Test func ignoredFailuresAreShown() throws {
    let bench = try bench()
    let ended = try bench.run("forgiven")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("mark", "after") == [1, 1])
    #expect(ended.output.contains("a x failed: status 4, ignored (fails)\n"))
    #expect(ended.output.contains("a x failed: ended by signal 9 (KILL, perhaps out of memory), ignored (dies)\n"))
    #expect(ended.rows == ["forgiven: done in _", "  a  succeeded  _"])
  }

  @Test func waitingAsksUntilTheAnswerIsYes() throws {
    let bench = try bench()
    let ended = try bench.run("waiting")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("asked") >= 2)
    #expect(bench.count("after") == 1)
  }

  @Test func waitingInVainTellsTheLastAnswer() throws {
    let bench = try bench()
    let ended = try bench.run("waitingInVain")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows == ["waitingInVain: failed in _", "  a  failed  _  [1] wait: status 1", "      not yet"])
    #expect(bench.count("after") == 0)
  }
}
