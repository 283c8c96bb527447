import Foundation
import TestSupport
import Testing

/// Two runs of one deploy that start together: one has the lock, the other changes nothing.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct RaceTests {
  static let deployfile = #"""
    let deploy = task("deploy", "Leaves its name") {
      attempt {
        locked("shop") { hosts("web") { run("echo $WHO >>$D/done-\(host: .name); while [ ! -e $D/go ]; do sleep 0.02; done") } }
      } onFailure: { hosts("web") { run("echo $WHO >>$D/cleaned") } } }
    """#

  @Test("row 64: two at once, a hundred times") func aHundredTimes() throws {
    let bench = try Bench(Self.deployfile, hosts: ["a", "b"], ssh: Bench.homes)
    try #require(try bench.run("--list").status == 0)
    for round in 1...100 {
      let runs = try ["one", "two"].map { try bench.start("deploy", environment: ["WHO": $0]) }
      // Whoever is refused ends while the other one still works.
      let isRefused = runs[0].wait { _ in !runs[0].isRunning || !runs[1].isRunning }
      try bench.marks.write("go", "")
      let ends = runs.map { $0.end() }
      #expect(isRefused, "\(round): \(ends)")
      #expect(ends.map(\.status).sorted() == [0, 5], "\(round): \(ends)")
      let winner = ends[0].status == 0 ? "one\n" : "two\n"
      #expect(["done-a", "done-b"].map(bench.marks.read) == [winner, winner], "\(round): \(ends)")
      #expect(!bench.marks.exists("cleaned"), "\(round)")
      #expect(bench.leftOnHosts == [], "\(round)")
      for name in ["done-a", "done-b", "go"] { try? FileManager.default.removeItem(atPath: "\(bench.marks.path)/\(name)") }
    }
    #expect(bench.settles(), "\(bench.processes)")
  }
}
