import Foundation
import TestSupport
import Testing

/// What every example would do to its hosts of production, whole, as `Tests/Examples` has it.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ExamplePlanTests {
  static let rows: [(name: String, words: [String])] = [
    ("canary", ["deploy:production", "--release", "1.4.2"]),
    ("load-balancer", ["deploy:production", "--release", "2026-11-26"]),
    ("maintenance", ["upgrade:production", "--until", "14:30 UTC"]),
    ("migration", ["deploy:production", "--release", "1.4.2"]),
    ("monorepo", ["deploy:production", "--release", "7", "--part", "web", "--part", "api"]),
    ("python-app", ["deploy:production", "--version", "1.4.2"]),
    ("regions", ["deploy:production", "--release", "2026-11-26", "--region", "us", "--region", "ap"]),
    ("secrets", ["configure:production"]),
  ]

  /// `ci` is planned by PipelineTests, and needs a Chef server for its production; `shop` by bin/demo, `tested` by its own tests.
  @Test func noneIsMissing() { #expect(Page.examples == (Self.rows.map(\.name) + ["ci", "shop", "tested"]).sorted()) }

  @Test(arguments: rows.indices) func isWhatItAlwaysWas(row: Int) throws {
    let (name, words) = Self.rows[row]
    let ended = try Example(name).run(["--plan"] + words, environment: ["API_TOKEN": "made-up"])
    #expect(ended.errors == "")
    #expect(try ended.output == Expected.text("Tests/Examples/\(name).txt", recording: ended.output))
  }

  @Test(arguments: rows.indices) func everyTaskWithoutParametersCanBePlanned(row: Int) throws {
    let name = Self.rows[row].name
    let ended = try Example(name).run(["--check"], environment: ["API_TOKEN": "made-up"])
    #expect(ended.status == 0, "\(name): \(ended)")
  }
}
