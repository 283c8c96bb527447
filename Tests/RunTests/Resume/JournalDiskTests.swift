import Foundation
import TestSupport
import Testing

/// A journal that cannot be begun, or breaks in the middle (row 50): nothing is done of which nobody would know.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct JournalDiskTests {
  static let deployfile = #"""
    let much = Captured("much")
    let deploy = task("deploy", "Fills the disk of the journal") {
      always { locked("shop") { hosts("web") {
          parallel { run("echo x >>first") }
          serially { run("[ -e $D/filled ] || { : >$D/filled; cat /dev/zero >$STATE/fill 2>/dev/null; :; }").named("fill")
            capture("head -c 6000 /dev/zero | tr '\\0' x | fold", as: much)
            run("echo x >>last").named("last") } } }
      } finally: { local("echo x >>$D/finally") } }
    let undoes = task("undoes", "Takes back what it has done") {
      attempt { hosts("web") { run("echo x >>first"); run("[ -e $D/filled ] || { : >$D/filled; cat /dev/zero >$STATE/fill 2>/dev/null; :; }").named("fill")
          capture("head -c 6000 /dev/zero | tr '\\0' x | fold", as: much) }
        hosts("web") { upload("inventory.ini", to: "last") }
      } onFailure: { hosts("web") { run("echo x >>undone").named("undo") } } }
    """#

  static let canMount: Bool = {
    guard getuid() == 0, let started = try? Started(["/usr/bin/unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]) else {
      return false
    }
    return started.end().status == 0
  }()

  private func bench() throws -> Bench { try Bench(Self.deployfile, hosts: ["a", "b"], ssh: Bench.homes) }

  /// Runs shell text where the state is on a small disk of its own, which is gone afterwards.
  private func onSmallDisk(_ bench: Bench, _ text: String) throws -> Ended {
    let state = "\(bench.home.path)/state"
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    try #require(try bench.run("--list").status == 0)
    let script = "mount -t tmpfs -o size=400k none '\(state)' && { \(text); }"
    return try bench.shell("unshare -m sh -c \"$SCRIPT\"", environment: ["SCRIPT": script, "STATE": state]).end()
  }

  @Test("row 50: the disk of the journal is full in the middle", .enabled(if: canMount, "needs root, and leave to mount"))
  func nothingNewBegins() throws {
    let bench = try bench()
    let ended = try onSmallDisk(
      bench, #""$run" deploy; echo "status $?"; rm "$STATE/fill"; "$run" --history; "$run" --resume; echo "status $?""#)
    let parts = ended.output.components(separatedBy: "status 1\n")
    try #require(parts.count == 2, "\(ended)")
    #expect(parts[0].contains("the journal cannot be written any more (\(bench.home.path)/state/"), "\(ended)")
    #expect(parts[0].contains("journal.jsonl: No space left on device): nothing new is begun"))
    // What was sent before it broke is done; on the other host nothing is.
    #expect(parts[0].contains("\n  a  succeeded") && parts[0].contains("\n  b  failed"), "\(ended)")
    // The lock is free, `finally` has run, and there is a way to go on.
    #expect(bench.leftOnHosts.filter { $0.contains("/locks/") } == [])
    #expect(parts[1].contains("resumable"), "\(ended)")
    #expect(parts[1].hasSuffix("status 0\n"), "\(ended)")
    #expect(["a", "b"].flatMap { host in ["first", "last"].map { bench.count("\(host)/\($0)") } } == [1, 1, 1, 1])
    #expect(bench.leftOnHosts == [])
  }

  @Test("row 50: what cleans up runs on a full disk", .enabled(if: canMount, "needs root, and leave to mount"))
  func whatCleansUpRunsAndThenNobodyGoesOn() throws {
    let bench = try bench()
    let ended = try onSmallDisk(
      bench, #""$run" undoes; echo "status $?"; rm "$STATE/fill"; "$run" --history; "$run" --resume; echo "status $?""#)
    #expect(ended.output.contains("nothing new is begun"), "\(ended)")
    #expect(["a", "b"].map { bench.count("\($0)/undone") } == [1, 1])
    #expect(["a", "b"].allSatisfy { !bench.marks.exists("\($0)/last") })
    #expect(ended.output.hasSuffix("status 2\n"), "\(ended)")
    #expect(ended.errors.contains("did more than its journal tells: it could not be written to the end\n"), "\(ended)")
  }

  @Test("row 50: a full disk is known before anything", .enabled(if: canMount, "needs root, and leave to mount"))
  func aFullDiskIsKnownBeforeAnything() throws {
    let bench = try bench()
    let ended = try onSmallDisk(bench, #"cat /dev/zero >"$STATE/fill" 2>/dev/null; "$run" deploy"#)
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.hasPrefix("error: cannot write the journal of the run, \(bench.home.path)/state/"), "\(ended.errors)")
    #expect(
      ended.errors.hasSuffix("No space left on device\n  Make room there, or set XDG_STATE_HOME to another folder. Nothing was touched.\n"))
    #expect(bench.ssh?.calls == [])
  }

  @Test("row 50: where nothing can be kept the run goes on", .enabled(if: canMount, "needs root, and leave to mount"))
  func whereNothingCanBeKeptTheRunGoesOn() throws {
    let bench = try bench()
    try bench.marks.write("filled", "")
    let ended = try onSmallDisk(bench, #"mount -o remount,ro "$STATE"; "$run" deploy; echo "status $?"; "$run" --history"#)
    #expect(ended.output.contains("no journal is kept (\(bench.home.path)/state/pushbutton: Read-only file system): "), "\(ended)")
    #expect(ended.output.contains("if this run is cut off, it cannot be resumed\n"))
    #expect(ended.output.contains("status 0\nno runs of this Deployfile from this machine\n"))
    #expect(["a", "b"].map { bench.count("\($0)/last") } == [1, 1])
    #expect(bench.leftOnHosts == [])
  }

  @Test func withoutAHome() throws {
    let bench = try bench()
    try bench.marks.write("filled", "")
    try #require(try bench.run("--list").status == 0)
    let ended = try bench.shell(#"unset HOME XDG_STATE_HOME; exec "$run" deploy"#).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.output.contains("no journal is kept (neither HOME nor XDG_STATE_HOME is set): if this run is cut off, it cannot be resumed\n"))
    #expect(bench.leftOnHosts == [])
  }
}
