import Foundation
import TestSupport
import Testing

/// `run --resume`: what is known, what is asked, and where a run goes on.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ResumeTests {
  static let deployfile = #"""
    let word = Parameter<String>("word", "a word", default: "none")
    let deploy = task("deploy", "Fails where it is told to", word) { word in
      always {
        hosts("web") {
          parallel { run("echo x >>first") }
          serially { run("case \" $(cat $D/fails 2>/dev/null) \" in *\" $H \"*) exit 3 ;; esac; echo \(word) >>second").named("second")
            run("echo x >>third") } }
      } finally: { hosts("web") { run("echo x >>finally").named("tidy") } }
      notify(.command("cat >/dev/null; echo x >>$D/told"), "done") }
    let waits = task("waits", "A step that waits in the middle") {
      always {
        hosts("web") {
          run("echo x >>first")
          run("echo x >>$D/begun; while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>middle").named("middle")
          run("echo x >>last").named("last") }
      } finally: { hosts("web") { run("echo x >>finally").named("tidy") } } }
    let twice = task("twice", "A step that may be done twice") { hosts("web") {
      run("echo x >>$D/begun; while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>middle").named("middle").idempotent()
      run("echo x >>last") } }
    let code = task("code", "Swift code") { hosts("web") {
      perform("work") { try await $0.run("echo x >>$D/begun; while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>middle") } 
      run("echo x >>last") } }
    let here = task("here", "On this machine") { local("echo x >>$D/begun; while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>$D/middle", named: "middle")
      local("echo x >>$D/last") }
    let stubborn = task("stubborn", "A step that does not want to end") { hosts("web") {
      run("trap '' TERM; echo x >>$D/begun; i=0; while [ $i -lt 600 ]; do sleep 0.1; i=$((i + 1)); done; echo x >>late").named("stubborn")
      run("test ! -e late && echo x >>last") } }
    let takenBack = task("takenBack", "Cleans up") {
      attempt { hosts("web") { run("echo x >>first; exit 3") } } onFailure: { hosts("web") { run("echo x >>undone") } } }
    let held = task("held", "Locks in the middle") { hosts("web") { run("echo x >>first") }
      locked("shop") { hosts("web") { run("[ ! -e $D/fail ]"); run("echo x >>last") } } }
    let noted = task("noted", "Keeps what was printed") { hosts("web") {
      run("printf 'out\\nno end'; echo err >&2; printf '\\377\\033[1m\\n'; [ ! -e $D/fail ]").named("print") } }
    """#

  private func bench(_ hosts: [String] = ["a", "b", "c"], ssh: String = Bench.homes) throws -> Bench {
    try Bench(Self.deployfile, hosts: hosts, ssh: ssh)
  }

  private func counts(_ bench: Bench, _ name: String, _ hosts: [String] = ["a", "b", "c"]) -> [Int] {
    hosts.map { bench.count("\($0)/\(name)") }
  }

  /// A run that is killed while the step in its middle runs, and the hosts at rest.
  private func killed(_ task: String, _ bench: Bench, lines: Int = 1, shows: String? = nil, _ words: String...) throws {
    let run = try bench.project.start([task] + words, environment: bench.environment)
    #expect(bench.waits(for: "begun", lines: lines))
    if let shows { #expect(run.wait { $0.soFar.contains(shows) }) }
    run.signal(SIGKILL)
    _ = run.end()
    // Their sessions are gone, and the step must be, too, before it could go on.
    #expect(bench.settles(), "\(bench.processes)")
    try bench.marks.write("go", "")
  }

  // MARK: Where it goes on

  @Test func afterAFailure() throws {
    let bench = try bench()
    try bench.marks.write("fails", "b")
    let ended = try bench.run("deploy", "--word", "it's")
    #expect(ended.status == 1, "\(ended)")
    let run = bench.identifiers[0]
    #expect(
      ended.output.hasSuffix(
        "\n\nTo go on where it stopped: run --resume \(run)\nAll that the hosts printed: \(bench.runs[0])/hosts\n"), "\(ended)")
    #expect(try bench.history() == ["deploy: failed, resumable"])
    // Still failing: nothing is done again but what failed, and `finally`.
    let again = try bench.run("--resume")
    #expect(again.status == 1, "\(again)")
    #expect(counts(bench, "first") == [1, 1, 1])
    #expect(counts(bench, "second") == [1, 0, 0])
    #expect(counts(bench, "finally") == [2, 2, 2])
    try bench.marks.write("fails", "")
    let resumed = try bench.run("--resume", run.prefix(15).description)
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.lines("going on") == ["going on with deploy, run RUN of root: 8 steps done, 1 failed"])
    for name in ["first", "second", "third"] { #expect(counts(bench, name) == [1, 1, 1], "\(name)") }
    #expect(counts(bench, "finally") == [3, 3, 3])
    #expect(bench.marks.read("b/second") == "it's\n")
    #expect(bench.count("told") == 1)
    #expect(resumed.rows == ["deploy: done in _", "  a  succeeded  _", "  b  succeeded  _", "  c  succeeded  _"])
    #expect(try bench.history() == ["deploy: done"])
    #expect(bench.leftOnHosts == [])
  }

  @Test func afterControlC() throws {
    let bench = try bench(["a"])
    let run = try bench.start("waits")
    #expect(bench.waits(for: "begun"))
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("Ctrl-C again") })
    try bench.marks.write("go", "")
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(ended.output.contains("\nTo go on where it stopped: run --resume "))
    #expect(try bench.history() == ["waits: interrupted, resumable"])
    let resumed = try bench.run("--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(["first", "middle", "last", "finally"].map { bench.count("a/\($0)") } == [1, 1, 1, 2])
  }

  /// What was ended in its middle is unknown; what never began is done, whatever is said of the other.
  @Test(arguments: [[SIGTERM], [SIGINT, SIGINT]]) func afterBeingEnded(signals: [Int32]) throws {
    let bench = try bench(["a"])
    let run = try bench.start("waits")
    #expect(bench.waits(for: "begun"))
    for (number, signal) in signals.enumerated() {
      if number > 0 { #expect(run.wait { $0.soFar.contains("Ctrl-C again") }) }
      run.signal(signal)
    }
    #expect(run.end().status == (signals[0] == SIGTERM ? 143 : 130))
    try bench.marks.write("go", "")
    let resumed = try bench.run("--resume", "--unknown", "done")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.lines("nobody knows") == ["  a: [2] middle: begun, and nobody knows whether it was done"])
    #expect(["first", "middle", "last", "finally"].map { bench.count("a/\($0)") } == [1, 0, 1, 2])
    #expect(bench.leftOnHosts == [])
  }

  @Test func theLockOfAnotherLeavesItAsItIs() throws {
    let bench = try bench(["a"])
    try bench.marks.write("fail", "")
    #expect(try bench.run("held").status == 1)
    try bench.hold("shop", on: "a")
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/fail")
    let refused = try bench.run("--resume")
    #expect(refused.status == 5, "\(refused)")
    #expect(try bench.history() == ["held: lock was held, resumable"])
    try bench.hold("shop", on: "a", age: 31, session: Bench.goneSession)
    #expect(try bench.run("--resume").status == 0)
    #expect(["first", "last"].map { bench.count("a/\($0)") } == [1, 1])
  }

  // MARK: What nobody knows

  @Test func isRefusedWithoutATerminal() throws {
    let bench = try bench(["a"])
    try killed("waits", bench)
    #expect(try bench.history() == ["waits: cut off, resumable"])
    for _ in 0..<2 {
      let refused = try bench.run("--resume")
      #expect(refused.status == 2, "\(refused)")
      #expect(
        refused.output.split(separator: "\n").map { String($0).anonymous } == [
          "waits", "going on with waits, run RUN of root: 1 step done, 1 unknown",
          "  a: [2] middle: begun, and nobody knows whether it was done",
          "error: 1 step may have been done already, and must not be done twice",
          "  Look at the hosts, and then say what is true: run --resume --unknown done, or run --resume --unknown again. Nothing was touched.",
          "  Steps that may be done twice can say so: .idempotent()", "waits: not gone on with; it is as it was",
        ])
      #expect(["middle", "last", "finally"].map { bench.count("a/\($0)") } == [0, 0, 0])
      #expect(try bench.history() == ["waits: cut off, resumable"])
    }
    #expect(try bench.run("--resume", "--unknown", "again").status == 0)
    #expect(["first", "middle", "last", "finally"].map { bench.count("a/\($0)") } == [1, 1, 1, 1])
    #expect(bench.leftOnHosts == [])
  }

  @Test(arguments: [("again\n", 0, 1), ("done\n", 0, 0), ("DONE\n", 0, 0), ("n\n", 2, -1), ("\n", 2, -1), (controlC, 130, -1)])
  func aPersonIsAsked(answer: String, status: Int32, middle: Int) throws {
    let bench = try bench(["a"])
    try killed("waits", bench)
    let ended = try bench.terminal(["--resume"], answers: [("is it done, or is it to be done again? [done/again/N] ", answer)]).end()
    #expect(ended.status == status, "\(ended)")
    #expect(ended.output.contains("a: [2] middle: begun, and nobody knows whether it was done"))
    let isDone = middle >= 0
    #expect(["first", "middle", "last", "finally"].map { bench.count("a/\($0)") } == [1, max(0, middle), isDone ? 1 : 0, isDone ? 1 : 0])
  }

  /// A person's word is kept: whoever goes on after the next failure is not asked again.
  @Test func isAskedOnce() throws {
    let bench = try bench(["a"])
    // What the run has read, and the next one needs not be told, is as much as ever.
    try killed("waits", bench, shows: "> middle")
    let killed = try bench.run("--resume", "--unknown", "done", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "4"])
    #expect(killed.status == 128 + SIGKILL)
    #expect(bench.settles())
    let resumed = try bench.run("--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(["first", "middle", "last"].map { bench.count("a/\($0)") } == [1, 0, 1])
  }

  @Test func whatMayBeDoneTwiceIsNotAskedAbout() throws {
    let bench = try bench(["a"])
    try killed("twice", bench)
    let resumed = try bench.run("--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(["middle", "last"].map { bench.count("a/\($0)") } == [1, 1])
  }

  @Test(arguments: ["code", "here"]) func codeAndThisMachine(task: String) throws {
    let bench = try bench(["a"])
    try killed(task, bench)
    let refused = try bench.run("--resume")
    #expect(refused.status == 2, "\(refused)")
    let place = task == "here" ? "" : "a/"
    #expect(["middle", "last"].map { bench.count(place + $0) } == [0, 0])
    #expect(try bench.run("--resume", "--unknown", "again").status == 0)
    #expect(["middle", "last"].map { bench.count(place + $0) } == [1, 1])
    #expect(bench.settles(), "\(bench.processes)")
  }

  /// Nothing of the killed run may go on beside the one that goes on.
  @Test func whatIsLeftIsEndedFirst() throws {
    let bench = try bench(["a"])
    try killed("stubborn", bench)
    let resumed = try bench.run("--resume", "--unknown", "done")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(bench.counts("a/late", "a/last") == [0, 1])
    #expect(bench.settles(), "\(bench.processes)")
  }

  @Test func aHostThatCannotBeAsked() throws {
    let bench = try bench(["a"])
    try killed("waits", bench)
    try bench.marks.write("down-a", "")
    let refused = try bench.run("--resume", "--unknown", "done")
    #expect(refused.status == 4, "\(refused)")
    #expect(
      refused.lines("cannot find out") == [
        "cannot find out what was going on on a: connection refused (a:22); nothing was done"
      ])
    #expect(try bench.history() == ["waits: cut off, resumable"])
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/down-a")
    #expect(try bench.run("--resume", "--unknown", "done").status == 0)
  }

  /// A host that can note nothing tells nothing: everything that was sent may have been done.
  @Test func aHostWithoutAHome() throws {
    let bench = try bench(["a"], ssh: #"unset HOME; mkdir -p "$D/a"; cd "$D/a"; exec setsid -w /bin/sh -c "$command""#)
    // Only what the run has read is known of such a host.
    try killed("waits", bench, shows: "> middle")
    let refused = try bench.run("--resume")
    #expect(refused.status == 2, "\(refused)")
    #expect(
      refused.lines("nobody knows") == [
        "  a: [2] middle: begun, and nobody knows whether it was done", "  a: [3] last: begun, and nobody knows whether it was done",
      ])
    #expect(try bench.run("--resume").lines("nobody knows").count == 2)
  }

  // MARK: What is refused

  @Test func withoutRuns() throws {
    let bench = try bench()
    let ended = try bench.run("--resume")
    #expect(ended.status == 2)
    #expect(ended.errors == "error: there is no run of this Deployfile to go on with\n  run --history shows the runs from this machine.\n")
    #expect(try bench.run("--history").output == "no runs of this Deployfile from this machine\n")
  }

  @Test func runsThatAreNone() throws {
    let bench = try bench()
    for _ in 0..<2 { #expect(try bench.run("deploy").status == 0) }
    let runs = try bench.past().map(\.id)
    let unknown = try bench.run("--resume", "1999")
    #expect(unknown.status == 2)
    #expect(unknown.errors == "error: there is no run 1999\n  run --history shows them; the last one is \(runs[0]).\n")
    let ambiguous = try bench.run("--resume", "20")
    #expect(ambiguous.errors == "error: 20 could be any of \(runs.joined(separator: ", "))\n  Write more of its name.\n")
    let done = try bench.run("--resume")
    #expect(done.status == 2)
    #expect(
      done.errors
        == "error: the last run, \(runs[0]), was done: there is nothing to go on with\n  Start it anew; run --history shows all runs.\n")
    #expect(try bench.run("--resume", runs[1]).errors.hasPrefix("error: the run \(runs[1]) was done: there is nothing to go on with\n"))
  }

  @Test func aRunThatWasTakenBack() throws {
    let bench = try bench(["a"])
    let ended = try bench.run("takenBack")
    #expect(ended.status == 1)
    #expect(!ended.output.contains("--resume"))
    #expect(ended.output.contains("All that the hosts printed: "))
    let refused = try bench.run("--resume")
    #expect(refused.status == 2)
    #expect(
      refused.errors == "error: the last run, \(bench.identifiers[0]), has been taken back: there is nothing to go on with\n"
        + "  Start it anew; run --history shows all runs.\n")
    #expect(bench.counts("a/first", "a/undone") == [1, 1])
  }

  @Test func aRunThatStillGoesOn() throws {
    let bench = try bench(["a"])
    let run = try bench.start("waits")
    #expect(bench.waits(for: "begun"))
    let refused = try bench.run("--resume")
    #expect(refused.status == 2)
    #expect(
      refused.errors == "error: the run \(bench.identifiers[0]) still goes on, on this machine\n"
        + "  Wait until it has ended, or interrupt it with Ctrl-C.\n")
    #expect(try bench.history() == ["waits: running"])
    try bench.marks.write("go", "")
    #expect(run.end().status == 0)
    // The same for one that is gone on with.
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/go")
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/begun")
    try killed("twice", bench)
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/go")
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/begun")
    let resuming = try bench.start("--resume")
    #expect(bench.waits(for: "begun"))
    #expect(try bench.run("--resume").errors.contains("still goes on, on this machine"))
    try bench.marks.write("go", "")
    #expect(resuming.end().status == 0)
    #expect(bench.counts("a/middle", "a/last") == [2, 2])
  }

  @Test func aPlanThatHasChanged() throws {
    let bench = try bench(["a", "b"])
    try bench.marks.write("fails", "b")
    #expect(try bench.run("deploy").status == 1)
    let inventory = bench.project.folder.read("inventory.ini")
    try bench.project.folder.write("inventory.ini", "[web]\na\nc\n")
    let refused = try bench.run("--resume")
    #expect(refused.status == 2)
    #expect(refused.output == "")
    #expect(
      refused.errors == """
        error: the plan is not what it was when the run \(bench.identifiers[0]) began
          What has changed:
            -     hosts web: a, b
            -         batch 2: b
            -     hosts web: a, b
            +     hosts web: a, c
            +         batch 2: c
            +     hosts web: a, c
          Bring the Deployfile and the inventory back to what they were, or start a new run. Nothing was touched.

        """)
    // Another machine of the same name is another host.
    try bench.project.folder.write("inventory.ini", "[web]\na\nb ansible_host=192.0.2.7\n")
    let moved = try bench.run("--resume")
    #expect(
      moved.errors == """
        error: the plan is not what it was when the run \(bench.identifiers[0]) began
          What has changed:
            something that a plan does not show, such as the address of a host or code of the Deployfile
          Bring the Deployfile and the inventory back to what they were, or start a new run. Nothing was touched.

        """)
    #expect(counts(bench, "first", ["a", "b"]) == [1, 1])
    try bench.project.folder.write("inventory.ini", inventory)
    try bench.marks.write("fails", "")
    #expect(try bench.run("--resume").status == 0)
  }

  @Test func anOlderRunNamesTheNewerOnes() throws {
    let bench = try bench(["a"])
    try bench.marks.write("fails", "a")
    #expect(try bench.run("deploy").status == 1)
    let older = bench.identifiers[0]
    try bench.marks.write("fails", "")
    #expect(try bench.run("deploy").status == 0)
    #expect(try bench.run("--on", "web", "--", "true").status == 0)
    let refused = try bench.run("--resume", older)
    #expect(refused.status == 2, "\(refused)")
    #expect(
      refused.lines("started since", "newer", "Nothing") == [
        "  started since: deploy, run RUN", "error: a newer run may have done something else to the hosts",
        "  Nothing was touched. Add --yes to go on all the same.",
      ])
    #expect(counts(bench, "second", ["a"]) == [1])
    let no = try bench.terminal(["--resume", older], answers: [("go on with an older run? [y/N] ", "n\n")]).end()
    #expect(no.status == 2)
    #expect(try bench.run("--resume", older, "--yes").status == 0)
    #expect(counts(bench, "second", ["a"]) == [2])
  }

  /// Whoever only looked around, or found a lock held, has not started another run.
  @Test func theLastRunIsTheOneThatDidSomething() throws {
    let bench = try bench(["a"])
    try bench.marks.write("fail", "")
    #expect(try bench.run("held").status == 1)
    try bench.hold("shop", on: "a")
    #expect(try bench.run("--on", "web", "--", "true").status == 0)
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/\(Bench.lock("shop", "a"))")
    try FileManager.default.removeItem(atPath: "\(bench.marks.path)/fail")
    let resumed = try bench.run("--resume")
    #expect(resumed.status == 0, "\(resumed)")
    #expect(["first", "last"].map { bench.count("a/\($0)") } == [1, 1])
  }

  // MARK: What is kept

  @Test func whatHostsPrintIsKeptByteForByte() throws {
    let bench = try bench(["a"])
    #expect(try bench.run("noted").status == 0)
    let log = FileManager.default.contents(atPath: "\(bench.runs[0])/hosts/a.log") ?? Data()
    let out = Data("out\nno end".utf8) + [0xFF] + Data("\u{1B}[1m\n".utf8), err = Data("err\n".utf8)
    #expect(
      [out + err, err + out, Data("out\nno end".utf8) + err + out.dropFirst(10)].contains(log), "\(String(decoding: log, as: UTF8.self))")
  }

  /// The history is told to programs, too.
  @Test func theHistory() throws {
    let bench = try bench(["a"])
    try bench.marks.write("fails", "a")
    #expect(try bench.run("deploy", environment: ["USER": "anna"]).status == 1)
    #expect(try bench.run("--on", "web", "--", "echo", "it's", environment: ["USER": "ben"]).status == 0)
    let text = try bench.run("--history").output.split(separator: "\n").map {
      String($0).anonymous.replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d UTC/#, with: "WHEN")
    }
    #expect(text == ["RUN  WHEN  ben   echo it's  done               _", "RUN  WHEN  anna  deploy     failed, resumable  _"])
    let json = try bench.run("--history", "--json").output
    #expect(json.contains("\"what\": \"deploy\"") && json.contains("\"status\": 1") && json.contains("\"resumable\": true"))
  }
}
