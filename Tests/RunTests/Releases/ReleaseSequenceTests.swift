import Foundation
import TestSupport
import Testing

/// The life of releases as a state machine: whatever happens in whatever order, every host can be trusted.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReleaseSequenceTests {
  private static let tools = Scratch()
  private static let project = Result { try ReleaseFleet.project(tools: tools) }

  @Test("200 random sequences over three hosts", arguments: 0..<20) func sequences(part: UInt64) throws {
    let project = try Self.project.get()
    for seed in part * 10..<part * 10 + 10 {
      var sequence = ReleaseSequence(seed: seed, fleet: try ReleaseFleet(project, tools: Self.tools))
      try sequence.run(steps: 3)
      let problems = sequence.problems
      #expect(problems.isEmpty, "sequence \(seed):\n\(sequence.log.joined(separator: "\n"))\n\(problems.joined(separator: "\n"))")
    }
  }
}
