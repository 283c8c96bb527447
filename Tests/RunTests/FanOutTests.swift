import TestSupport
import Testing

/// Never more hosts at once than allowed, and always as many as there may be.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct FanOutTests {
  static let deployfile = #"""
    let usual = task("usual", "As many as usual") { hosts("web") { run("echo x >>$D/mark") } }
    let three = task("three", "Three at once") { hosts("web") { parallel(limit: 3) { run("echo x >>$D/mark") } } }
    let slow = task("slow", "One host takes long") { hosts("web") { parallel(limit: 2) {
      run("echo x >>$D/mark; test \(host: .name) != web1 || while [ $(wc -l <$D/mark) -lt 8 ]; do sleep 0.05; done") } } }
    let batches = task("batches", "Batches of five, two at once") { hosts("web") { serially(by: .count(5)) { run("echo x >>$D/mark") } } }
    """#

  /// Each connection notes how many there are while it lives; marks of the living are files in a folder.
  private static let counting = #"""
    mkdir -p "$D/live"
    : >"$D/live/$$"
    ls "$D/live" | wc -l >>"$D/levels"
    sleep 0.05
    /bin/sh -c "$command"
    status=$?
    rm "$D/live/$$"
    exit $status
    """#

  private func highest(_ bench: Bench) -> Int {
    bench.marks.read("levels").split(separator: "\n").compactMap { Int($0.filter { $0 != " " }) }.max() ?? 0
  }

  @Test(arguments: [
    (["three"], 3), (["usual", "-j", "4"], 4), (["three", "-j", "5"], 5), (["batches", "-j", "2"], 2), (["usual", "-j", "1"], 1),
  ])
  func neverMoreThanAllowed(words: [String], limit: Int) throws {
    let bench = try Bench(Self.deployfile, hosts: (1...15).map { "web\($0)" }, ssh: Self.counting)
    let ended = try bench.project.start(words, environment: bench.environment).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 15)
    #expect(bench.ssh?.calls.count == 15)
    #expect(highest(bench) <= limit)
    #expect(highest(bench) >= min(limit, 2))
  }

  @Test func usuallyAtMost32() throws {
    let bench = try Bench(Self.deployfile, hosts: (1...70).map { "web\($0)" }, ssh: Self.counting)
    let ended = try bench.run("usual", "-q")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 70)
    #expect(highest(bench) <= 32)
  }

  /// web1 ends only when all others are through: with two places, the other one is filled again and again.
  @Test func aPlaceThatBecomesFreeIsFilledAtOnce() throws {
    let bench = try Bench(Self.deployfile, hosts: (1...8).map { "web\($0)" }, ssh: Self.counting)
    let ended = try bench.run("slow")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 8)
    #expect(highest(bench) == 2)
  }
}
