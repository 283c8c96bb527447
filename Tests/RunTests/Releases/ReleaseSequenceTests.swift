import Foundation
import Synchronization
import TestSupport
import Testing

/// The life of releases as a state machine: whatever happens in whatever order, every host can be trusted.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReleaseSequenceTests {
  static let sequences = 200

  @Test("200 random sequences over three hosts") func sequences() throws {
    let tools = Scratch()
    let project = try ReleaseFleet.project(tools: tools)
    _ = try project.run("--list")
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: Self.sequences) { index in
      do {
        var sequence = ReleaseSequence(seed: UInt64(index), fleet: try ReleaseFleet(project, tools: tools))
        try sequence.run(steps: 3)
        let problems = sequence.problems
        guard !problems.isEmpty else { return }
        let text = "sequence \(index):\n\(sequence.log.joined(separator: "\n"))\n\(problems.joined(separator: "\n"))"
        failures.withLock { $0.append(text) }
      } catch {
        failures.withLock { $0.append("sequence \(index): \(error)") }
      }
    }
    let all = failures.withLock { $0 }
    #expect(all.isEmpty, "\(all.count) of \(Self.sequences) failed; the first two: \(all.prefix(2).joined(separator: "\n"))")
  }
}
