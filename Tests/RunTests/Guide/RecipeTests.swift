import Foundation
import TestSupport
import Testing

/// The recipes show what the examples do, letter for letter.
@Suite struct RecipeTests {
  /// The lines of a text without what stands to the left of all of them.
  private func flush(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let margin = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { $0.dropFirst(margin) }.joined(separator: "\n")
  }

  @Test func everyBlockStandsInAnExample() throws {
    let deployfiles = try Page.examples.map {
      try String(contentsOfFile: "\(BuiltRun.root)/Examples/\($0)/Deployfile.swift", encoding: .utf8)
    }
    let blocks = try Page("docs/recipes.md").blocks(of: "swift")
    #expect(blocks.count > 10)
    for block in blocks {
      let count = block.text.split(separator: "\n").count
      let isThere = deployfiles.contains { deployfile in
        let lines = deployfile.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.dropLast(count - 1).contains { start in
          flush(lines[start..<start + count].joined(separator: "\n") + "\n") == block.text
        }
      }
      #expect(isThere, "docs/recipes.md:\(block.line)")
    }
  }

  @Test func everyExampleHasItsPageAndItsRecipe() throws {
    let recipes = try String(contentsOfFile: "\(BuiltRun.root)/docs/recipes.md", encoding: .utf8)
    for example in Page.examples where example != "ci" {
      #expect(recipes.contains("(../Examples/\(example))"), "\(example)")
      #expect(FileManager.default.fileExists(atPath: "\(BuiltRun.root)/Examples/\(example)/README.md"), "\(example)")
    }
  }
}
