import Foundation
import TestSupport
import Testing

/// A run that was cut off, interrupted or has failed is gone on with, and nothing is done twice that must not be.
@Suite(.enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ResumeTests {
  static let deployfile = #"""
    let label = Parameter<String>("label", "what is deployed", default: "one")
    let seen = Captured("seen")
    let oldest = Decision("the oldest", ask: "cat $D/\(host: .name).live 2>/dev/null || echo none") { answers in
      Verdict(answers.map(\.output).min() ?? "none", message: "deciding") }
    let deploy = task("deploy", "A rolling deploy", label) { label in locked("shop") { always { attempt {
      hosts("web") {
        parallel {
          run("echo x >>$D/\(host: .name).migrated").named("migrate")
          run("echo \(label) >$D/\(host: .name).new").idempotent()
          capture("cat $D/\(host: .name).new", as: seen)
          run("echo x >>$D/once").once()
          run("echo was \(oldest) >$D/\(host: .name).decided").idempotent()
        }
        serially {
          run("echo \(seen) >$D/\(host: .name).live.part && mv $D/\(host: .name).live.part $D/\(host: .name).live").idempotent()
          when("test -s $D/\(host: .name).live") { run("echo x >>$D/\(host: .name).bounced").named("bounce") } else: { run("false") }
          run("echo x >>$D/\(host: .name).good").atTheEnd()
        }
      }
      local("echo x >>$D/local")
      notify(.command("echo x >>$D/told"), "done")
    } onFailure: { hosts("web") { run("echo x >>$D/\(host: .name).rolledBack") } }
    } finally: { hosts("web[0]") { run("echo x >>$D/finally").idempotent() } } } }
    let breaks = task("breaks", "Is taken back") { locked("shop") { always { attempt { hosts("web") {
      parallel { run("echo x >>$D/\(host: .name).migrated").named("migrate") }
      serially { run("test -e $D/fixed").named("check") } }
    } onFailure: { hosts("web") { serially { run("echo x >>$D/\(host: .name).rolledBack").named("back") } } }
    } finally: { hosts("web") { run("echo x >>$D/\(host: .name).finally").named("finally") } } } }
    let fails = task("fails", "Fails until it is fixed") { always { hosts("web") {
      parallel { run("echo x >>$D/\(host: .name).first").named("first"); run("test -e $D/fixed || test \(host: .name) != b").named("check")
        run("echo x >>$D/\(host: .name).last").named("last") } }
    } finally: { hosts("web") { run("echo x >>$D/\(host: .name).finally") } } }
    let long = task("long", "Takes long") { hosts("web") { parallel {
      run("echo x >>$D/begun"); run("while [ ! -e $D/go ]; do sleep 0.05; done; echo x >>$D/waited"); run("echo x >>$D/after") } } }
    """#

  private static let hosts = ["a", "b", "c"]

  private func lines(_ bench: TrustBench, _ what: String) -> [Int] { Self.hosts.map { bench.count("\($0).\(what)") } }

  /// How many entries the journal of such a run has is found out by a run that is not killed.
  @Test("row 61: killed at every entry of the journal") func killedAtEveryEntry() async throws {
    let whole = try TrustBench(Self.deployfile)
    #expect(try whole.run("deploy").status == 0)
    let entries = whole.file("journal.jsonl", of: try #require(whole.runs.first)).split(separator: "\n").count
    #expect(entries > 60)
    // The order of entries of hosts that work at once is chance: a kill point more than the run has is no kill point.
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for entry in stride(from: worker + 1, through: entries, by: 4) {
            do { try killed(at: entry) } catch { Issue.record("\(entry): \(error)") }
          }
        }
      }
    }
  }

  private func killed(at entry: Int) throws {
    let bench = try TrustBench(Self.deployfile)
    let cut = try bench.run("deploy", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(entry)"])
    guard cut.status != 0 else { return }
    #expect(cut.status == 137, "\(entry): \(cut)")
    // What was going on has an instant to end.
    #expect(bench.bench.settles())
    let before = lines(bench, "migrated") + lines(bench, "bounced") + lines(bench, "good") + bench.counts("once", "local")
    var ended = try bench.run("--resume")
    if ended.status == 2 {
      // Nobody can know of a step that was cut off in the middle; whoever is asked looks, and says what is true.
      #expect(ended.output.contains("may have been done already, and must not be done twice"), "\(entry): \(ended)")
      let after = lines(bench, "migrated") + lines(bench, "bounced") + lines(bench, "good") + bench.counts("once", "local")
      #expect(after == before, "\(entry)")
      ended = try bench.run("--resume", "--unknown", "done")
    }
    let report = "\(entry):\n\(cut.output)\n\(ended.output)\(ended.errors)"
    #expect(ended.status == 0, "\(report)")
    for host in Self.hosts {
      #expect(bench.bench.marks.read("\(host).live") == "one\n", "\(report)")
      #expect(bench.bench.marks.read("\(host).decided") == "was none\n", "\(report)")
    }
    for what in ["migrated", "bounced", "good"] { #expect(lines(bench, what).allSatisfy { $0 <= 1 }, "\(what) \(report)") }
    #expect(lines(bench, "rolledBack") == [0, 0, 0], "\(report)")
    #expect(bench.counts("once", "local", "told").allSatisfy { $0 <= 1 }, "\(report)")
    #expect(bench.count("finally") >= 1)
    #expect(bench.locks == [] && bench.notes == [], "\(report)")
    #expect(try bench.run("--resume").errors.contains("was done: there is nothing to go on with"), "\(entry)")
  }

  /// While what failed is taken back: that is gone on with, and nothing else.
  @Test("row 61: killed while it is taken back") func killedWhileItIsTakenBack() async throws {
    let whole = try TrustBench(Self.deployfile)
    #expect(try whole.run("breaks").status == 1)
    let journal = whole.file("journal.jsonl", of: try #require(whole.runs.first)).split(separator: "\n")
    let start = try #require(journal.firstIndex { $0.contains("cleaningUp") })
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for entry in stride(from: start + 1 + worker, through: journal.count - 1, by: 4) {
            do {
              let bench = try TrustBench(Self.deployfile)
              let cut = try bench.run("breaks", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(entry)"])
              guard cut.status == 137 else { continue }
              let ended = try bench.run("--resume", "--unknown", "done")
              #expect(ended.status == 1, "\(entry): \(ended)")
              for what in ["migrated", "rolledBack", "finally"] {
                #expect(lines(bench, what).allSatisfy { $0 <= 1 }, "\(entry) \(what): \(ended)")
              }
              #expect(lines(bench, "migrated") == [1, 1, 1], "\(entry)")
              #expect(bench.locks == [] && bench.notes == [], "\(entry): \(ended)")
              #expect(try bench.run("--resume").errors.contains("has been taken back: there is nothing to go on with"), "\(entry)")
            } catch { Issue.record("\(entry): \(error)") }
          }
        }
      }
    }
  }

  @Test func aFailedRunGoesOnAtItsFailedStep() throws {
    let bench = try TrustBench(Self.deployfile)
    let failed = try bench.run("fails")
    #expect(failed.status == 1, "\(failed)")
    #expect(failed.output.contains("To go on where it stopped: run --resume \(try #require(bench.runs.first))"))
    #expect(lines(bench, "last") == [1, 0, 1])
    try bench.bench.marks.write("fixed", "")
    let ended = try bench.run("--resume")
    #expect(ended.status == 0, "\(ended)")
    #expect(lines(bench, "first") == [1, 1, 1])
    #expect(lines(bench, "last") == [1, 1, 1])
    #expect(lines(bench, "finally") == [2, 2, 2])
    #expect(bench.runs.count == 1)
  }

  @Test func anInterruptedRunGoesOn() throws {
    let bench = try TrustBench(Self.deployfile)
    let run = try bench.start("long")
    #expect(bench.bench.waits(for: "begun", lines: 3))
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("nothing new starts") })
    try bench.bench.marks.write("go", "")
    let interrupted = run.end()
    #expect(interrupted.status == 130, "\(interrupted)")
    #expect(interrupted.output.contains("run --resume "))
    #expect(bench.counts("begun", "waited", "after") == [3, 3, 0])
    let ended = try bench.run("--resume", String(try #require(bench.runs.first).prefix(12)))
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("begun", "waited", "after") == [3, 3, 3])
  }

  @Test func aPersonIsAskedOfWhatNobodyKnows() throws {
    let bench = try TrustBench(Self.deployfile, hosts: ["a"])
    let run = try bench.start("long")
    #expect(bench.bench.waits(for: "begun"))
    run.signal(SIGKILL)
    _ = run.end()
    #expect(bench.bench.settles())
    let refused = try bench.run("--resume")
    #expect(refused.status == 2, "\(refused)")
    #expect(refused.output.contains("a: [2] while [ ! -e $D/go ]"))
    #expect(refused.output.contains("error: 1 step may have been done already, and must not be done twice"))
    #expect(bench.counts("begun", "waited", "after") == [1, 0, 0])
    let answered = try bench.bench.terminal(
      ["--resume"], answers: [("[done/again/N] ", "done\n")], environment: bench.environment()
    ).end()
    #expect(answered.status == 0, "\(answered)")
    #expect(bench.counts("begun", "waited", "after") == [1, 0, 1])
  }

  @Test func aRunThatStillGoesOnIsLeftAlone() throws {
    let bench = try TrustBench(Self.deployfile)
    let run = try bench.start("long")
    #expect(bench.bench.waits(for: "begun", lines: 3))
    let second = try bench.run("--resume")
    #expect(second.status == 2)
    #expect(second.errors.contains("still goes on, on this machine"), "\(second)")
    #expect(try bench.run("--history").output.contains("running"))
    try bench.bench.marks.write("go", "")
    #expect(run.end().status == 0)
  }

  @Test func aChangedPlanIsRefused() throws {
    let bench = try TrustBench(Self.deployfile)
    _ = try bench.run("deploy", "--label", "two", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "20"])
    try bench.bench.project.folder.write("inventory.ini", "[web]\na\nb\nc\nd\n")
    let ended = try bench.run("--resume", "--unknown", "done")
    #expect(ended.status == 2)
    #expect(ended.errors.contains("error: the plan is not what it was when the run "), "\(ended)")
    #expect(ended.errors.contains("+   4 hosts"))
    try bench.bench.project.folder.write("inventory.ini", "[web]\na\nb\nc\n")
    #expect(try bench.run("--resume", "--unknown", "done").status == 0)
    for host in Self.hosts { #expect(bench.bench.marks.read("\(host).live") == "two\n") }
  }

  @Test func nothingToGoOnWith() throws {
    let bench = try TrustBench(Self.deployfile)
    #expect(try bench.run("--resume").errors.hasPrefix("error: there is no run of this Deployfile to go on with\n"))
    #expect(try bench.run("--history").output == "no runs of this Deployfile from this machine\n")
  }

  @Test("row 50: a journal that cannot be made") func aJournalThatCannotBeMade() throws {
    let bench = try TrustBench(Self.deployfile)
    try bench.state.write("file", "")
    let ended = try bench.run("deploy", environment: ["XDG_STATE_HOME": "\(bench.state.path)/file"])
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("no journal is kept ("))
    #expect(ended.output.contains("if this run is cut off, it cannot be resumed"))
  }
}
