import Foundation
import TestSupport
import Testing

/// `--plan --diff`: what is different from the last run of the same.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct PlanDifferenceTests {
  static let deployfile = #"""
    let deploy = task("deploy", "Deploy") { hosts("web") { run("a"); run("true"); run("true"); run("true"); run("echo \(run: .id)") } }
    let other = task("other", "Never run") { hosts("web") { run("true") } }
    """#

  @Test func tellsWhatHasChanged() throws {
    let bench = try Bench(Self.deployfile.replacing(#"run("a")"#, with: #"run("echo a")"#))
    #expect(try bench.run("deploy").status == 0)
    let same = try bench.run("--plan", "--diff", "deploy")
    #expect(same.status == 0)
    #expect(same.output.wholeMatch(of: #/compared with run \S+, \S+ \S+ UTC, done: nothing has changed\n/#) != nil, "\(same)")

    let path = bench.project.folder.path + "/Deployfile.swift"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing(#"run("echo a")"#, with: #"run("echo b")"#).write(toFile: path, atomically: true, encoding: .utf8)
    let changed = try bench.run("--plan", "--diff", "deploy")
    #expect(changed.status == 0)
    let lines = changed.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasPrefix("-") || $0.hasPrefix("+") } == ["-       [1] echo a", "+       [1] echo b"], "\(changed)")
    #expect(lines.last == "  (2 lines the same)", "\(changed)")
    #expect(bench.count("mark") == 0)
  }

  @Test func aTaskThatWasNeverRunIsShownWhole() throws {
    let bench = try Bench(Self.deployfile)
    let plan = try bench.run("--plan", "--diff", "other")
    #expect(plan.output.hasPrefix("other has not been run from this machine: all of it is new\n\nplan of other:test\n"), "\(plan)")
  }

  @Test(arguments: [["--diff", "deploy"], ["--plan", "--diff", "--json", "deploy"], ["--list", "--diff"]]) func goesWithPlan(
    words: [String]
  ) throws {
    let bench = try Bench(Self.deployfile)
    let ended = try bench.project.start(words, environment: bench.environment).end()
    #expect(ended.status == 2)
    #expect(
      ended.errors == "error: --diff goes with --plan, without --json\n  For example: run --plan --diff deploy:production\n", "\(ended)")
  }
}
