import TestSupport
import Testing

/// What the pages for people from other tools show beside the other tool's file can be planned as it stands there.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ComparisonTests {
  static let rows: [(tool: String, words: [String])] = [
    ("ansible", ["deploy", "--version", "1.4.2"]), ("capistrano", ["deploy:production"]), ("deployer", ["deploy:production"]),
    ("fabric", ["deploy", "--version", "1.4.2"]),
  ]

  private func project(_ tool: String) throws -> Project {
    let page = try Page("docs/from-\(tool).md")
    let deployfile = try #require(page.blocks(of: "swift").first { $0.file == "Deployfile.swift" })
    let project = try Project(deployfile.text)
    for block in page.blocks(of: "ini") { try project.folder.write("inventory.ini", block.text) }
    return project
  }

  @Test(arguments: rows.indices) func isPlannedAsItAlwaysWas(row: Int) throws {
    let (tool, words) = Self.rows[row]
    let project = try project(tool)
    let ended = try project.start(["--plan"] + words).end()
    #expect(ended.errors == "")
    #expect(try ended.output == Expected.text("Tests/Examples/from-\(tool).txt", recording: ended.output))
  }

  @Test(arguments: rows.indices) func everyTaskWithoutParametersCanBePlanned(row: Int) throws {
    let project = try project(Self.rows[row].tool)
    let ended = try project.run("--check")
    #expect(ended.status == 0, "\(ended)")
  }
}
