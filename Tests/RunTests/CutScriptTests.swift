import TestSupport
import Testing

/// A script that is cut off on its way, wherever that happens, runs nothing at all.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct CutScriptTests {
  static let deployfile = #"""
    let two = task("two", "Two steps") { hosts("web") {
      run("echo x >>$D/first")
      run("echo x >>$D/second") } }
    let limited = task("limited", "A step with a limit, which needs more of a host") { hosts("web") {
      run("echo x >>$D/first").timeout(.seconds(60)) } }
    """#

  /// The bytes that the connection carries before it breaks; the whole script has some thousands.
  @Test(arguments: [1, 30, 100, 1000, 2000, 3000])
  func runsNothing(bytes: Int) throws { try runsNothing("two", bytes) }

  @Test(arguments: [3500, 5000, 7000]) func runsNothingWithALimit(bytes: Int) throws { try runsNothing("limited", bytes) }

  private func runsNothing(_ task: String, _ bytes: Int) throws {
    let bench = try Bench(Self.deployfile, ssh: "head -c \(bytes) | /bin/sh -c \"$command\"")
    let ended = try bench.run(task)
    #expect(bench.count("first") == 0)
    #expect(bench.count("second") == 0)
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasPrefix("  a  outcome unknown  _  the connection was lost: ") == true, "\(ended)")
    #expect(bench.ssh?.calls.count == 1)
  }

  /// The last newline is what makes a script count.
  @Test func runsNothingWithoutItsLastByte() throws {
    let whole = try Bench(Self.deployfile, ssh: #"tee "$D/script" | /bin/sh -c "$command""#)
    #expect(try whole.run("two").status == 0)
    // Behind it comes what has the host forget its notes: the mark on a line of its own, and a script.
    let script = whole.marks.read("script")
    let last = script.split(separator: "\n").suffix(2)
    #expect(last.last == "pr_bye; pb_m z")
    let length = script.utf8.count - last.map { $0.utf8.count + 1 }.reduce(0, +)
    #expect(length > 3000)
    let cut = try Bench(Self.deployfile, ssh: "head -c \(length - 1) | /bin/sh -c \"$command\"")
    #expect(try cut.run("two").status == 1)
    #expect(cut.count("first") == 0)
    #expect(cut.count("second") == 0)
  }
}
