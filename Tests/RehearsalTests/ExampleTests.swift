import Foundation
import TestSupport
import Testing

/// `Examples/tested`: `run` takes its Deployfile, and the page shows what stands there; its tests run beside these, see Package.swift.
@Suite(.ownThreads) struct ExampleTests {
  private static let folder = "\(BuiltRun.root)/Examples/tested"

  private func text(of path: String) throws -> String { try String(contentsOfFile: "\(BuiltRun.root)/\(path)", encoding: .utf8) }

  @Test(.enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first")) func runPlansIt() throws {
    let run = try Started(
      [BuiltRun.path ?? "run", "--plan", "deploy:production", "--version", "1.4.2"], folder: Self.folder,
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]
    ).end()
    let snapshot = try text(of: "Examples/tested/Tests/DeploymentTests/Snapshots/deploy-production.txt")
    #expect(run == Ended(status: 0, output: snapshot, errors: ""))
  }

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
