import TestSupport
import Testing

/// Folders arrive where other steps would look for them.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct SyncHomeTests {
  static let deployfile = #"""
    let home = task("home", "Below the home of the user") { hosts("web") { within("~/it's here") { sync("tree", to: "copy") } } }
    let other = task("other", "Below the home of another user") { hosts("web") { sudo { sync("tree", to: "~/copy").named("copy") } } }
    """#

  private func bench() throws -> Bench {
    let bench = try Bench(Self.deployfile)
    try bench.project.folder.write("tree/file", "1\n")
    return bench
  }

  @Test func belowTheHome() throws {
    let bench = try bench()
    try bench.home.write("it's here/mark", "")
    let ended = try bench.run("home")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.home.read("it's here/copy/file") == "1\n")
    #expect(!bench.project.folder.exists("~"))
  }

  @Test func belowWhichHomeMustBeSaid() throws {
    let ended = try bench().run("other")
    #expect(ended.status == 1)
    #expect(
      ended.rows == [
        "other: failed in _",
        "  a  failed  _  [1] copy: a path of sync cannot begin with ~ inside of sudo: write out which folder of root is meant",
      ], "\(ended)")
  }
}
