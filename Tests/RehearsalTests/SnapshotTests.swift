import Tasks
import TestSupport
import Testing

@testable import Rehearsal

/// Snapshots of plans beside the test.
@Suite struct SnapshotTests {
  private let folder = Scratch()
  private var file: String { "\(folder.path)/Test.swift" }
  private var path: String { "\(folder.path)/Snapshots/p.txt" }

  private func plan(_ command: Command) async throws -> RehearsedPlan { try await Shop.rehearsal { local(command) }.plan("t") }

  @Test func equalOnesPass() async throws {
    let plan = try await plan("make")
    try folder.write("Snapshots/p.txt", plan.text)
    try plan.check(against: "p.txt", file: file)
  }

  @Test func whatDiffersIsShown() async throws {
    try folder.write("Snapshots/p.txt", try await plan("make").text)
    let plan = try await plan("make dist")
    #expect(
      throws: RehearsalError(
        """
        error: the plan is not the one of \(path)
        -   [1] on this machine: make
        +   [1] on this machine: make dist
          If that is what you want, run the test once with PUSHBUTTON_WRITE_SNAPSHOTS=1, which writes it.

        """)
    ) { try plan.check(against: "p.txt", file: file) }
  }

  @Test func missingOnesAreNotWrittenUnasked() async throws {
    let plan = try await plan("make")
    #expect(
      throws: RehearsalError(
        """
        error: there is no snapshot \(path)
          Run the test once with PUSHBUTTON_WRITE_SNAPSHOTS=1 to write it, and read what it has written.

        """)
    ) { try plan.check(against: "p.txt", file: file) }
    #expect(!folder.exists("Snapshots/p.txt"))
  }

  @Test func theyAreWrittenOnDemand() async throws {
    let plan = try await plan("make")
    try plan.check(against: path, writing: true)
    #expect(folder.read("Snapshots/p.txt") == plan.text)
  }
}
