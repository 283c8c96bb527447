import Runner

/// What became of a run on hosts that were only played.
///
///     let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2")
///     #expect(run.exitStatus == 0, "\(run)")
///     #expect(try run.began("migrate", before: "restart shop"))
public struct RehearsedRun: Sendable, CustomStringConvertible {
  /// What became of a host or of a step, as `run` calls it.
  public enum Outcome: String, Sendable {
    /// Everything was done.
    case succeeded
    /// A step failed.
    case failed
    /// There was no connection.
    case unreachable
    /// The connection was lost in the middle of a step.
    case unknown
    /// The run ended before it had done everything.
    case cancelled
    /// The host's turn did not come.
    case notStarted

    /// Whether it counts as a failed host.
    public var isFailure: Bool { [.failed, .unreachable, .unknown].contains(self) }
  }

  /// What became of one host.
  public struct Host: Sendable, Equatable {
    /// Its name in the inventory.
    public let name: String
    /// What became of it.
    public let outcome: Outcome
    /// The first thing that went wrong, as the table at the end of a run says it.
    public let problem: String?
  }

  /// A step that was begun on a host.
  public struct Step: Sendable, Equatable {
    let plan: Int
    /// Its place in the plan.
    public let number: Int
    /// What the output of a run calls it on this host.
    public let title: String
    /// The host; `localhost` for this machine.
    public let host: String
    /// How often it was begun.
    public internal(set) var attempts = 1
    /// The lines that it printed on standard output.
    public internal(set) var output: [String] = []
    /// The lines that it printed on standard error.
    public internal(set) var errorOutput: [String] = []
    /// How it ended, if it did.
    public internal(set) var outcome: Outcome?
    /// The exit status of its last attempt.
    public internal(set) var status: Int?
    /// What is wrong, in words.
    public internal(set) var problem: String?
  }

  /// The exit status of `run`: 0 done, 1 failed, 3 done except for tolerated hosts, 4 a host could not be reached, 5 locked.
  public let exitStatus: Int
  /// What became of every host, in the order of the plan.
  public let hosts: [Host]
  /// The steps in the order in which they began, across all hosts.
  public let steps: [Step]
  /// What was sent by `notify`, each behind its channel: `slack: shop is live`.
  public let messages: [String]
  /// The plans that were run.
  public let plans: [RehearsedPlan]
  private let lines: [String]

  @Engine init(plans: [RehearsedPlan], status: ExitStatus, rows: [Summary.Row], _ recorder: Recorder) {
    self.plans = plans
    exitStatus = Int(status.rawValue)
    hosts = rows.map { Host(name: $0.host, outcome: Outcome($0.outcome), problem: $0.problem) }
    steps = recorder.steps
    messages = recorder.messages
    lines = recorder.lines
  }

  /// What happened, line by line, and a table of the hosts: for the comment of an expectation.
  public var description: String {
    let table = hosts.map { host in "  \(host.name)  \(host.outcome.rawValue)\(host.problem.map { "  \($0)" } ?? "")" }
    return (lines + ["exit status \(exitStatus)"] + table).joined(separator: "\n")
  }
}

extension RehearsedRun.Outcome {
  init(_ outcome: Runner.Outcome) {
    switch outcome {
    case .succeeded: self = .succeeded
    case .failed: self = .failed
    case .unreachable: self = .unreachable
    case .unknown: self = .unknown
    case .cancelled: self = .cancelled
    case .skipped: self = .notStarted
    }
  }
}
