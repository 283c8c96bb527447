import Foundation
import TestSupport
import Testing

/// Ctrl-C and SIGTERM, wherever they come: nothing new starts, what must be is cleaned up, and nothing of ours lives on.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct InterruptionTests {
  static let deployfile = #"""
    let steps = task("steps", "A step, another, and a finally") {
      always {
        hosts("web") {
          serially {
            run("echo $$ >>$D/begun; sleep 1; echo x >>$D/ended").named("running")
            run("echo x >>$D/next") }
          parallel { run("echo x >>$D/later") } }
      } finally: { hosts("web[0]") { run("echo x >>$D/finally") } } }
    let long = task("long", "A step that takes long, and a finally") {
      always { hosts("web") { run("echo $$ >>$D/begun; sleep 100 & echo $! >>$D/begun; wait; echo x >>$D/ended").named("running")
        run("echo x >>$D/next") } } finally: { hosts("web") { run("echo x >>$D/finally") } } }
    let stubborn = task("stubborn", "Ignores TERM") { hosts("web") {
      run("trap '' TERM INT; echo $$ >>$D/begun; sleep 100; sleep 100; echo x >>$D/ended").named("running") } }
    let cancelled = task("cancelled", "Ignores TERM, with a finally") {
      always { hosts("web") { run("trap '' TERM INT; echo $$ >>$D/begun; sleep 100; sleep 100; echo x >>$D/ended")
        run("echo x >>$D/next") } } finally: { hosts("web") { run("echo x >>$D/finally") } } }
    let token = Secret.environment("TOKEN")
    let watched = task("watched", "A step with a timeout, and another") { hosts("web") {
      run("echo x >>$D/begun; sleep 1; echo x >>$D/ended").timeout(.seconds(60))
      run("echo x >>$D/next") } }
    let heavy = task("heavy", "A step with a secret, and another") { hosts("web") {
      run("echo x >>$D/begun; sleep 1; : \(token); echo x >>$D/ended")
      run("echo x >>$D/next") } }
    let pausing = task("pausing", "A pause between batches") { hosts("web") {
      serially(pause: .seconds(100)) { run("echo x >>$D/begun") } } }
    let retrying = task("retrying", "A pause between attempts") { hosts("web") {
      run("echo x >>$D/begun; exit 3").named("try").retry(50, every: .seconds(1))
      run("echo x >>$D/next") } }
    let performing = task("performing", "Swift code") { hosts("web") {
      perform("work") { session in
        try await session.run("echo x >>$D/begun; sleep 1; echo x >>$D/ended")
        try await session.run("echo x >>$D/next")
      }
      run("echo x >>$D/later") } }
    let sending = task("sending", "A large file") { hosts("web") {
      upload("payload", to: "\(host: .variable("place"))").named("send")
      run("echo x >>$D/next") } }
    let onFailure = task("onFailure", "Cleans up after failures") {
      attempt { hosts("web") { run("echo x >>$D/begun; sleep 1"); run("echo x >>$D/next") } } onFailure: { hosts("web") { run("echo x >>$D/cleaned") } } }
    let branch = task("branch", "Inside a condition") { hosts("web") {
      when("true") { run("echo x >>$D/begun; sleep 1; echo x >>$D/ended"); run("echo x >>$D/next") } } }
    let here = task("here", "On this machine") { local("echo $$ >>$D/begun; sleep 100; echo x >>$D/ended")
      local("echo x >>$D/next") }
    let asking = task("asking", "Asks") { confirm("Go on?")
      hosts("web") { run("echo x >>$D/next") } }
    """#

  private func bench(_ hosts: [String] = ["a", "b"], ssh: String = #"exec setsid -w /bin/sh -c "$command""#) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: ssh)
    try bench.project.folder.write("inventory.ini", "[web]\n" + hosts.map { "\($0) place=\(bench.marks.path)/copy\n" }.joined())
    return bench
  }

  /// Nothing of the run lives on, here or on its hosts, and no folder is left.
  private func nothingIsLeft(_ bench: Bench) -> Bool { bench.settles() && bench.leftFolders == [] }

  @Test func firstControlCLetsTheRunningStepEnd() throws {
    let bench = try bench()
    let run = try bench.start("steps")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(ended.output.contains("interrupted: nothing new starts; what runs has 3 s to end, Ctrl-C again ends it now\n"))
    #expect(bench.counts("begun", "ended", "next", "later") == [1, 1, 0, 0])
    #expect(bench.count("finally") == 1)
    #expect(ended.rows == ["steps: interrupted in _", "  a  cancelled    _", "  b  not started"])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  /// Whatever watches over the step that runs, the word to stop reaches the shell that would begin the next one.
  @Test(arguments: ["watched", "heavy"]) func noStepBeginsAfterOneThatIsWatched(task: String) throws {
    let hosts = ["a", "b", "c", "d", "e", "f", "g", "h"]
    let bench = try bench(hosts)
    let run = try bench.start(task, environment: ["TOKEN": "s3cr3t"])
    #expect(bench.waits(for: "begun", lines: hosts.count))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("begun", "ended", "next") == [8, 8, 0])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  /// At a terminal Ctrl-C goes to the whole foreground group: our children must not be in it.
  @Test func controlCAtATerminalReachesOnlyUs() throws {
    let bench = try bench()
    let ended = try bench.terminal(["steps"], answers: [("running", controlC)]).end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("begun", "next", "later", "finally") == [1, 0, 0, 1])
    #expect(bench.count("ended") == 1)
    #expect(ended.output.contains("cancelled"))
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func secondControlCEndsWhatRuns() throws {
    let bench = try bench()
    let ended = try bench.terminal(
      ["long"], answers: [("running", controlC), ("Ctrl-C again ends it now", controlC)]
    ).end()
    #expect(ended.status == 130, "\(ended)")
    #expect(ended.output.contains("interrupted: ending what runs on the hosts"))
    #expect(bench.counts("ended", "next") == [0, 0])
    #expect(bench.count("finally") == 2)
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func theGraceIsLimited() throws {
    let bench = try bench(["a"])
    let run = try bench.start("long")
    #expect(bench.waits(for: "begun", lines: 2))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("ended", "next", "finally") == [0, 0, 1])
    #expect(ended.rows == ["long: interrupted in _", "  a  cancelled  _"])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func terminationEndsWhatRunsAtOnce(signal: Int32) throws {
    let bench = try bench()
    let run = try bench.start("long")
    #expect(bench.waits(for: "begun", lines: 4))
    run.signal(signal)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(bench.counts("ended", "next", "finally") == [0, 0, 2])
    #expect(ended.rows == ["long: interrupted in _", "  a  cancelled  _", "  b  cancelled  _"])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func whoIgnoresTERMIsKilled() throws {
    let bench = try bench(["a"])
    let run = try bench.start("stubborn")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGTERM)
    #expect(run.end().status == 143)
    #expect(bench.count("ended") == 0)
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  /// What a CI does to a build that is cancelled: SIGINT, SIGTERM 7.5 s later, SIGKILL after another 2.5 s.
  @Test func row63ACancelledBuildIsOverBeforeTheNextSignal() throws {
    let bench = try bench()
    let run = try bench.start("cancelled")
    #expect(bench.waits(for: "begun", lines: 2))
    run.signal(SIGINT)
    let needed = [(7.5, SIGTERM), (2.5, SIGKILL)].filter { seconds, signal in
      if run.wait(seconds: seconds, until: { !$0.isRunning }) { return false }
      run.signal(signal)
      return true
    }
    let ended = run.end()
    #expect(needed.map(\.1) == [])
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("ended", "next", "finally") == [0, 0, 2])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func thirdControlCEndsUsAtOnce() throws {
    let bench = try bench(["a"])
    let run = try bench.start("stubborn")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("Ctrl-C again") })
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("ending what runs") })
    run.signal(SIGINT)
    #expect(run.end().status == 130)
    #expect(bench.count("ended") == 0)
    // The tether does the rest.
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func killingUsEndsWhatRunsOnTheHosts() throws {
    let bench = try bench()
    let run = try bench.start("long")
    #expect(bench.waits(for: "begun", lines: 4))
    run.signal(SIGKILL)
    #expect(run.end().status == 128 + SIGKILL)
    #expect(bench.settles(), "\(bench.processes)")
    #expect(bench.counts("ended", "next", "finally") == [0, 0, 0])
  }

  @Test func duringAPause() throws {
    let bench = try bench()
    let run = try bench.start("pausing", "-v")
    #expect(run.wait { $0.soFar.contains("a = succeeded in ") })
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.count("begun") == 1)
    #expect(ended.rows == ["pausing: interrupted in _", "  a  succeeded    _", "  b  not started"])
    #expect(nothingIsLeft(bench))
  }

  @Test func duringAPauseBetweenAttempts() throws {
    let bench = try bench(["a"])
    let run = try bench.start("retrying")
    #expect(bench.waits(for: "begun", lines: 2))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.count("begun") <= 3)
    #expect(bench.count("next") == 0)
    #expect(["  a  cancelled  _", "  a  failed  _  [1] try: status 3"].contains(ended.rows.dropFirst().first))
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func insideACondition() throws {
    let bench = try bench(["a"])
    let run = try bench.start("branch")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("begun", "ended", "next") == [1, 1, 0])
    #expect(ended.rows == ["branch: interrupted in _", "  a  cancelled  _"])
  }

  @Test func whileConnecting() throws {
    let bench = try bench(ssh: #"echo x >>"$D/connecting"; exec sleep 100"#)
    let run = try bench.start("steps")
    #expect(bench.waits(for: "connecting"))
    run.signal(SIGTERM)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(bench.count("begun") == 0)
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func duringSwiftCode() throws {
    let bench = try bench(["a"])
    let run = try bench.start("performing")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("ended", "next", "later") == [1, 0, 0])
    #expect(ended.rows.dropFirst().first == "  a  cancelled  _")
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func duringAnUpload() throws {
    // The connection carries a little and then stalls.
    let bench = try bench(["a"], ssh: #"{ head -c 200000; echo x >>"$D/stalled"; sleep 100; } | setsid -w /bin/sh -c "$command""#)
    try bench.project.folder.write("payload", String(repeating: "0123456789", count: 500_000))
    let run = try bench.start("sending")
    #expect(bench.waits(for: "stalled"))
    run.signal(SIGTERM)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(bench.count("next") == 0)
    #expect(!bench.marks.exists("copy"))
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
    #expect(((try? FileManager.default.contentsOfDirectory(atPath: bench.marks.path)) ?? []).allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test func anInterruptionIsNoFailureToCleanUp() throws {
    let bench = try bench(["a"])
    let run = try bench.start("onFailure")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.counts("next", "cleaned") == [0, 0])
  }

  @Test func onThisMachine() throws {
    let bench = try bench(["a"])
    let run = try bench.start("here")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGTERM)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(bench.counts("ended", "next") == [0, 0])
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }

  @Test func atAQuestion() throws {
    let bench = try bench(["a"])
    let ended = try bench.terminal(["asking"], answers: [("Go on? [y/N] ", controlC)]).end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.count("next") == 0)
    #expect(nothingIsLeft(bench), "\(bench.processes) \(bench.leftFolders)")
  }
}
