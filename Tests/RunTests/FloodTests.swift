import Foundation
import TestSupport
import Testing

/// Our memory does not depend on how much a host prints.
@Suite(
  .ownThreads,
  .enabled(if: BuiltRun.isAvailable && FileManager.default.fileExists(atPath: "/proc/self/status"), "needs a built run, and Linux"))
struct FloodTests {
  static let deployfile = #"""
    let token = Secret.environment("TOKEN")
    let peak = local("p=$(awk '/^PPid/ { print $2 }' /proc/$PPID/status); grep VmHWM /proc/$p/status >$D/peak")
    let bytes = task("bytes", "Many bytes, in lines") {
      hosts("web") { run(": \(token); yes $(printf %0999d 0) | head -c $SIZE") }
      peak
    }
    let line = task("line", "One line") {
      hosts("web") { run(": \(token); head -c $SIZE /dev/zero | tr '\\0' x") }
      peak
    }
    let lines = task("lines", "Many lines") {
      hosts("web") { run(": \(token); yes | head -c $SIZE") }
      peak
    }
    let marks = task("marks", "What could begin a mark of ours") {
      hosts("web") { run(": \(token); head -c $SIZE /dev/zero | tr '\\0' '\\036'") }
      peak
    }
    let escapes = task("escapes", "Control sequences, and no text") {
      hosts("web") { run(": \(token); yes $(printf '\\033[1m\\377\\302') | head -c $SIZE") }
      peak
    }
    let failing = task("failing", "Long last lines of many steps that fail") {
      hosts("web") { for number in 1...20 { run(": \(number); yes $(printf %09999d 0) | head -c $SIZE; exit 1").ignoringFailure() } }
      peak
    }
    """#

  /// What the steps print, for comparing it with the log that the run keeps.
  static let printed = [
    "bytes": "yes $(printf %0999d 0) | head -c $SIZE", "line": "head -c $SIZE /dev/zero | tr '\\0' x", "lines": "yes | head -c $SIZE",
    "marks": "head -c $SIZE /dev/zero | tr '\\0' '\\036'", "escapes": "yes $(printf '\\033[1m\\377\\302') | head -c $SIZE",
  ]

  /// The whole sizes are for the built program; a debug build is some thirty times slower.
  static let share = BuiltRun.isRelease ? 1 : 32

  static let rows: [(task: String, size: Int)] = [
    ("bytes", 1 << 30), ("line", 100 << 20), ("lines", 2_000_000), ("marks", 10 << 20), ("escapes", 10 << 20), ("failing", 1 << 20),
  ]

  @Test(arguments: rows, ["plain", "json"]) func memoryStays(row: (task: String, size: Int), format: String) throws {
    let bench = try Bench(Self.deployfile, ssh: #"exec /bin/sh -c "$command""#)
    // Compiled before, so that no other test's compilation is waited for below.
    #expect(try bench.run("--list").status == 0)
    let size = row.size / Self.share
    let command = """
      { "$run" \(row.task) --format \(format) --output $D/report.xml; echo $? >$D/status; } |
        LC_ALL=C tr -dc '\(row.task == "lines" ? "y" : row.task == "line" ? "x" : "0")' | wc -c >$D/count
      """
    let ended = try bench.shell(command, environment: ["TOKEN": "t0k3n", "SIZE": "\(size)"]).end()
    #expect(ended.errors == "")
    #expect(bench.marks.read("status") == "0\n")
    let peak = bench.marks.read("peak").split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }.first
    #expect(try #require(peak) < 64 << 10, "\(bench.marks.read("peak"))")
    // Nothing of it is lost on the way.
    let count = try #require(Int(bench.marks.read("count").trimmingCharacters(in: .whitespacesAndNewlines)))
    switch row.task {
    case "bytes": #expect(count >= size / 1000 * 999)
    case "line": #expect(count >= size)
    case "lines": #expect(count >= size / 2)
    default: break
    }
    if let printed = Self.printed[row.task] {
      let sums = try bench.shell(
        "cat \"$XDG_STATE_HOME\"/pushbutton/runs/*/*/hosts/a.log | sha256sum; { \(printed); } | sha256sum", environment: ["SIZE": "\(size)"]
      ).end().output.split(separator: "\n")
      #expect(sums.count == 2 && sums.first == sums.last, "the log is not what was printed: \(sums)")
    }
    if let size = try? FileManager.default.attributesOfItem(atPath: "\(bench.marks.path)/report.xml")[.size] as? Int {
      #expect(size < 4 << 20)
    }
  }
}
