import Foundation
import TestSupport
import Testing

/// Going back: to what, and what is refused before any host is touched.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct RollbackTests {
  private func deploy(_ bench: ReleaseBench, _ label: String, limit: String = "all") throws {
    let ended = try bench.run("deploy", "--release", label, "--limit", limit)
    #expect(ended.status == 0, "\(ended)")
  }

  /// A run that is refused touches nothing.
  private func refused(
    _ bench: ReleaseBench, _ words: [String], says: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let before = bench.hosts.map(bench.snapshot)
    let ended = try bench.run(words: words)
    #expect(ended.status == 1, sourceLocation: sourceLocation)
    #expect((ended.output + ended.errors).contains(says), "\(ended)", sourceLocation: sourceLocation)
    #expect(bench.hosts.map(bench.snapshot) == before, sourceLocation: sourceLocation)
  }

  @Test func toAVersionThatWasGood() throws {
    let bench = try FolderBench.bench()
    for label in ["1.0", "1.1", "1.2"] { try deploy(bench, label) }
    #expect(try bench.run("rollback", "--to", "1.0").status == 0)
    #expect(bench.lives == ["1.0", "1.0"])
    // What was left is bad; who names a version that was good once gets it all the same.
    try refused(bench, ["rollback"], says: "no host has a good release that is older than 1.0")
    #expect(try bench.run("rollback", "--to", "1.2").status == 0)
    #expect(bench.lives == ["1.2", "1.2"])
    #expect(try bench.run("rollback", "--to", "1.1.0").status == 0)
    #expect(bench.lives == ["1.1", "1.1"])
  }

  @Test func whatWasNeverGoodIsRefused() throws {
    let bench = try FolderBench.bench()
    for label in ["1.0", "1.10", "1.9"] { try deploy(bench, label) }
    // Complete on one host, and then the run failed.
    try bench.folder.write("b/sick", "")
    #expect(try bench.run("inside", "--release", "2.0", "--source", "source").status == 1)
    #expect(try bench.run("releases").output.contains("2.0 (never good)"))
    for version in ["2.0", "3"] {
      try refused(
        bench, ["rollback", "--to", version], says: "no host has a good release of version \(version); there are 1.10, 1.9, 1.0")
    }
  }

  @Test func nothingToGoBackFrom() throws {
    let bench = try FolderBench.bench()
    try refused(bench, ["rollback"], says: "nothing of site is live, so there is nothing to go back from")
    #expect(bench.names("a") == [])
    try deploy(bench, "1")
    try refused(bench, ["rollback"], says: "no host has a good release that is older than 1")
  }

  @Test func aHostThatLacksItIsNamed() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1", limit: "a")
    try deploy(bench, "2")
    let says = "is not there, or not good, on b; deploy version 1 instead, or leave those hosts out with --limit"
    try refused(bench, ["rollback"], says: says)
    try refused(bench, ["rollback", "--to", "1"], says: says)
    #expect(try bench.run("rollback", "--limit", "a").status == 0)
    #expect(bench.lives == ["1", "2"])
  }

  @Test func differentHistoriesMeetInWhatAllHave() throws {
    let bench = try FolderBench.bench(hosts: ["a", "b", "c"])
    try deploy(bench, "1")
    try deploy(bench, "2", limit: "a")
    try deploy(bench, "3", limit: "b,c")
    let ended = try bench.run("rollback")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.lives == ["1", "1", "1"])
    #expect(ended.output.contains("  a: from 2, live since"))
    #expect(ended.output.contains("  b, c: from 3, live since"))
  }

  @Test func aHostThatIsBehindGoesBackOnlyAsFar() throws {
    let bench = try FolderBench.bench()
    try deploy(bench, "1")
    try deploy(bench, "2", limit: "a")
    let ended = try bench.run("rollback")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.lives == ["1", "1"])
    #expect(ended.output.contains("  b: is on it"), "\(ended)")
    #expect(!(try bench.run("releases").output.contains("1 (bad)")))
  }

  @Test func aHostThatWasAddedLater() throws {
    let bench = try FolderBench.bench(hosts: ["a", "b", "new"])
    try bench.join(["a", "b"])
    for label in ["1", "2"] { try deploy(bench, label) }
    try bench.join(["a", "b", "new"])
    try refused(bench, ["rollback"], says: "is not there, or not good, on new;")
    #expect(bench.names("new") == [])
    try deploy(bench, "3")
    try refused(bench, ["rollback"], says: "is not there, or not good, on new;")
    try deploy(bench, "4")
    #expect(try bench.run("rollback").status == 0)
    #expect(bench.lives == ["3", "3", "3"])
  }

  @Test func whatIsNotOursIsRefused() throws {
    let bench = try FolderBench.bench()
    for label in ["1", "2"] { try deploy(bench, label) }
    try bench.shell("ln -sfn ../elsewhere b/current")
    try refused(bench, ["rollback"], says: "b: current points to ../elsewhere, which is no release of site")
  }

  @Test func aReleaseWhoseFolderIsGoneIsNoTarget() throws {
    let bench = try FolderBench.bench()
    for label in ["1", "2", "3"] { try deploy(bench, label) }
    try bench.shell("rm -r b/releases/*-2")
    #expect(try bench.run("rollback").status == 0)
    #expect(bench.lives == ["1", "1"])
  }
}
