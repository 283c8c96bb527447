import Foundation
import TestSupport
import Testing

/// The controller is killed right after every entry of its journal, from the first to the last: going on always reaches a fleet that is
/// consistent, nothing that is not idempotent is done twice, and nothing is left behind.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct KillTests {
  static let hosts = ["a", "b", "c"]

  /// Every step that leaves a counter may be done once only, unless it says otherwise.
  static let deployfile = #"""
    let seen = Captured("seen")
    let fleet = Decision("how many there are", ask: "echo here") { answers in Verdict("\(answers.count)") }
    let deploy = task("deploy", "A rolling deploy with all that there is") {
      always {
        locked("shop") {
          attempt {
            hosts("web") {
              parallel {
                run("echo x >>counter").named("count")
                capture("echo \(host: .name)-was-$(readlink current || echo nothing)", as: seen)
                run("echo \(host: .name) >>$D/once").named("migrate").once()
              }
              serially {
                when("test -e $D/no-such-file") { run("echo x >>never") } else: { run("echo \(seen) of \(fleet) >>seen").named("note") }
                run("ln -sfn r2 current").named("switch").idempotent()
                run("case \" $(cat $D/fails 2>/dev/null) \" in *\" $H \"*) exit 3 ;; esac; echo x >>restarts").named("restart")
                run("echo x >>pruned").named("prune").atTheEnd()
              }
            }
            local("echo x >>$D/announced", named: "announce")
          } onFailure: {
            hosts("web") { run("ln -sfn r1 current").named("take back").idempotent()
              run("echo x >>undone").named("undo") }
          }
          notify(.command("cat >>$D/told; echo >>$D/told"), "r2 is live")
        }
      } finally: { hosts("web") { run("echo x >>finally").named("tidy") }
        local("echo x >>$D/finally") } }
    """#

  private static func bench() throws -> Bench {
    let bench = try Bench(deployfile, hosts: hosts, ssh: Bench.homes)
    try FileManager.default.createDirectory(atPath: bench.marks.path, withIntermediateDirectories: true)
    return bench
  }

  private static func counts(_ bench: Bench, _ name: String) -> [Int] { hosts.map { bench.count("\($0)/\(name)") } }

  private static func links(_ bench: Bench) -> [String?] {
    hosts.map { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.marks.path)/\($0)/current") }
  }

  /// How many entries a run writes that nobody kills.
  private static func entries(fails: String) throws -> Int {
    let bench = try bench()
    if !fails.isEmpty { try bench.marks.write("fails", fails) }
    let ended = try bench.run("deploy")
    try #require(ended.status == (fails.isEmpty ? 0 : 1), "\(ended)")
    return bench.journal().count
  }

  /// A run that is killed behind its entry `k`.
  private static func killed(at entry: Int, fails: String, _ findings: inout Findings) throws -> Bench {
    let bench = try bench()
    if !fails.isEmpty { try bench.marks.write("fails", fails) }
    let ended = try bench.run("deploy", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(entry)"])
    findings.expect(ended.status == 128 + SIGKILL, "not killed: \(ended)")
    findings.expect(bench.journal().count == entry, "\(bench.journal().count) entries")
    return bench
  }

  private static func checkRest(_ bench: Bench, _ findings: inout Findings) {
    findings.expect(bench.settles(), "still there: \(bench.processes)")
    findings.expect(bench.leftOnHosts == [], "left: \(bench.leftOnHosts)")
    for name in ["counter", "restarts", "seen", "pruned", "undone"] {
      findings.expect(counts(bench, name).allSatisfy { $0 <= 1 }, "\(name) \(counts(bench, name))")
    }
    for name in ["once", "announced"] { findings.expect(bench.count(name) <= 1, "\(name) \(bench.count(name))") }
  }

  /// What is not as it must be, for one entry.
  private struct Findings: Sendable {
    let entry: Int
    private(set) var texts: [String] = []

    init(_ entry: Int) { self.entry = entry }

    mutating func expect(_ condition: Bool, _ text: @autoclosure () -> String) { if !condition { texts.append("\(entry): \(text())") } }
  }

  /// The journal's entries, eight runs at a time; returns what was found.
  private static func forEach(
    _ entries: ClosedRange<Int>, _ body: @escaping @Sendable (Int, inout Findings) throws -> Void
  ) async throws -> [String] {
    try await withThrowingTaskGroup(of: [String].self) { group in
      var found: [String] = []
      for entry in entries {
        if entry - entries.lowerBound >= 8 { found += try await group.next() ?? [] }
        group.addTask {
          try await elsewhere {
            var findings = Findings(entry)
            try body(entry, &findings)
            return findings.texts
          }
        }
      }
      while let texts = try await group.next() { found += texts }
      return found
    }
  }

  /// Waiting for programs must not take the threads that other tests need.
  private static func elsewhere(_ body: @escaping @Sendable () throws -> [String]) async throws -> [String] {
    try await withCheckedThrowingContinuation { continuation in Thread { continuation.resume(with: Result { try body() }) }.start() }
  }

  @Test("row 61: killed at every entry of a deploy's journal") func atEveryEntryOfADeploy() async throws {
    let last = try Self.entries(fails: "")
    #expect(last >= 80)
    let found = try await Self.forEach(1...last) { entry, findings in
      let bench = try Self.killed(at: entry, fails: "", &findings)
      let resumed = try bench.run("--resume", "--unknown", "done")
      if entry == last {
        // It was killed behind its last entry: there is nothing to go on with.
        findings.expect(resumed.status == 2 && resumed.errors.contains("was done: there is nothing to go on with"), "\(resumed)")
      } else {
        findings.expect(resumed.status == 0, "\(resumed)")
      }
      findings.expect(Self.links(bench) == ["r2", "r2", "r2"], "\(Self.links(bench))")
      findings.expect(Self.hosts.allSatisfy { !bench.marks.exists("\($0)/never") && !bench.marks.exists("\($0)/undone") }, "never")
      // What was captured and decided before is what is used after.
      for host in Self.hosts {
        let seen = bench.marks.read("\(host)/seen")
        findings.expect(["", "\(host)-was-nothing of 3\n"].contains(seen), "\(seen)")
      }
      // Where nothing was unknown, nothing is missing either.
      if !resumed.output.contains("nobody knows") {
        for name in ["counter", "seen", "restarts", "pruned", "finally"] {
          findings.expect(Self.counts(bench, name) == [1, 1, 1], "\(name) \(Self.counts(bench, name))\n\(resumed)")
        }
        for name in ["once", "announced", "finally"] { findings.expect(bench.count(name) == 1, "\(name) \(bench.count(name))\n\(resumed)") }
      }
      findings.expect((1...2).contains(bench.count("told")), "told \(bench.count("told"))")
      let history = try bench.history()
      findings.expect(history == ["deploy: done"], "\(history)")
      Self.checkRest(bench, &findings)
    }
    #expect(found == [])
  }

  /// Killed while it fails and is taken back: it is taken back, or it has never been there.
  @Test("row 61: killed at every entry of the journal of a deploy that fails") func atEveryEntryOfADeployThatFails() async throws {
    let last = try Self.entries(fails: "b")
    #expect(last >= 70)
    let found = try await Self.forEach(1...last) { entry, findings in
      let bench = try Self.killed(at: entry, fails: "b", &findings)
      let resumed = try bench.run("--resume", "--unknown", "done")
      if entry == last {
        findings.expect(resumed.status == 2 && resumed.errors.contains("has been taken back"), "\(resumed)")
      } else if resumed.output.contains("b: [9] restart: begun, and nobody knows") {
        // Whoever says that the restart which would have failed was done, has a deploy that goes on.
        findings.expect(resumed.status == 0, "\(resumed)")
        findings.expect(Self.links(bench) == ["r2", "r2", "r2"], "\(Self.links(bench))")
      } else {
        findings.expect(resumed.status == 1, "\(resumed)")
        findings.expect(Self.links(bench) == ["r1", "r1", "r1"], "\(Self.links(bench))")
        findings.expect(!bench.marks.exists("told") && !bench.marks.exists("announced"), "told")
        findings.expect(Self.counts(bench, "pruned") == [0, 0, 0], "pruned")
        if !resumed.output.contains("nobody knows") {
          for name in ["counter", "undone", "finally"] {
            findings.expect(Self.counts(bench, name) == [1, 1, 1], "\(name) \(Self.counts(bench, name))\n\(resumed)")
          }
        }
      }
      Self.checkRest(bench, &findings)
    }
    #expect(found == [])
  }

  /// Killed over and over, each sitting an entry later: what is known of before may have to be written down first.
  @Test("row 61: killed again and again") func againAndAgain() throws {
    for step in [3, 7] {
      let bench = try Self.bench()
      var sittings = 1
      var ended = try bench.run("deploy", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(step)"])
      while ended.status == 128 + SIGKILL, sittings < 60 {
        sittings += 1
        ended = try bench.run("--resume", "--unknown", "done", environment: ["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(step * 4 + sittings)"])
      }
      // Behind the last entry it is done, whoever is killed there.
      #expect(ended.status == 0 || ended.errors.contains("was done: there is nothing to go on with"), "\(ended)")
      #expect(sittings > 3 && sittings < 60, "\(sittings)")
      #expect(Self.links(bench) == ["r2", "r2", "r2"])
      var findings = Findings(step)
      Self.checkRest(bench, &findings)
      #expect(findings.texts == [])
    }
  }
}
