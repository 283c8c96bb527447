import Foundation
import TestSupport
import Testing

/// `Examples/tested`: the page shows what stands there.
@Suite(.ownThreads) struct ExampleTests {
  private func text(of path: String) throws -> String { try String(contentsOfFile: "\(BuiltRun.root)/\(path)", encoding: .utf8) }

  @Test func thePageShowsTheExample() throws {
    let blocks = try text(of: "docs/testing.md").components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    let tests = try text(of: "Examples/tested/Tests/DeploymentTests/DeploymentTests.swift")
    func lines(_ text: String) -> [String] { text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } }
    let known = Set(lines(tests))
    #expect(blocks.count == 3)
    for line in blocks.filter({ $0.contains("@Test") }).flatMap(lines) { #expect(known.contains(line), "\(line)") }
  }
}
