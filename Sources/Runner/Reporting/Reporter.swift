/// Shows a run as it happens.
@Engine package protocol Reporter: AnyObject {
  /// A plan is about to be run; what follows belongs to it.
  func begin(_ plan: Plan)
  func receive(_ event: Event)
  /// What hosts print, which comes more often than all else.
  func receive(_ output: OutputLines)
  /// The run is over: what became of every host.
  func finish(_ summary: Summary)
  /// A person is about to be asked, and shall have read everything before.
  func flush()
}

extension Reporter {
  package func begin(_ plan: Plan) {}
  package func flush() {}

  package func receive(_ output: OutputLines) {
    for event in output.events { receive(event) }
  }
}

/// What became of a run.
package struct Summary: Sendable {
  package struct Row: Sendable, Equatable {
    package var host: String
    package var outcome: Outcome
    package var isStarted: Bool
    /// Seconds.
    package var duration: Double
    /// The first thing that went wrong.
    package var problem: String?
    /// The last lines that the failing step printed.
    package var lastLines: [String]
  }

  package var title: String
  package var status: ExitStatus
  /// Seconds.
  package var duration: Double
  package var rows: [Row]
  /// What a person can do next, a line each.
  package var next: [String] = []
  /// What has become live on which hosts.
  package var changes: [RunStory.Change] = []
  /// The folder in which everything stands that the hosts have printed.
  package var logs: String?
}
