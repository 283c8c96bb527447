import Runner
import Tasks

/// Everything that a task would do, on which hosts, in which order.
///
///     let plan = try await Rehearsal(deployfile).plan("deploy:production", "--version", "1.4.2")
///     #expect(plan.hosts == ["db1", "web1", "web2"])
///     #expect(try plan.step("migrate").once == "db1")
public struct RehearsedPlan: Sendable, Equatable, CustomStringConvertible {
  /// One thing that the task does, seen from this machine.
  public struct Stage: Sendable, Equatable {
    /// `hosts`, `local`, `notify`, `confirm`, `versions`, `invoke`, `locked`, `attempt`, `always` or `atTheEnd`, as in `--plan --json`.
    public let kind: String
    /// What it is about: the pattern, the message, the question, the package, the task or the lock.
    public let name: String
    /// The hosts that it touches or locks itself.
    public let hosts: [String]
    /// Of `hosts`.
    public let phases: [Phase]
    /// Of `local`.
    public let steps: [Step]
    /// The stages inside.
    public let stages: [Stage]
    /// What stands behind `onFailure` or `finally`.
    public let otherwise: [Stage]
  }

  /// Steps that are done on all hosts of a block before anything else is.
  public struct Phase: Sendable, Equatable {
    /// Whether it is one batch.
    public let isParallel: Bool
    /// The hosts that are done together.
    public let batches: [[String]]
    /// How many hosts are worked on at once.
    public let fanOut: Int
    /// What is waited between batches.
    public let pause: Duration
    /// How many hosts may fail.
    public let tolerated: Int
    /// The steps of each host.
    public let steps: [Step]
  }

  /// One thing done on one host, or on this machine.
  public struct Step: Sendable, Equatable {
    /// Its place in the plan, from 1.
    public let number: Int
    /// `run`, `upload`, `restart` and so on, as in `--plan --json`.
    public let kind: String
    /// What it is called with `.named`.
    public let name: String?
    /// What it does, as plans show it; what differs from host to host by name.
    public let command: String
    /// The same on each host, filled in.
    public let commands: [String: String]
    /// The only host that does it.
    public let once: String?
    /// The steps of a condition that holds, and of one that does not.
    public let then: [Step]
    /// The steps of a condition that does not hold.
    public let otherwise: [Step]

    /// What the output of a run calls it.
    public var title: String { name ?? command }
  }

  /// The task that a person would type.
  public let task: String
  /// The environment, if there is one.
  public let environment: String?
  /// The hosts that take part, in the order of their first stage.
  public let hosts: [String]
  /// What it does.
  public let stages: [Stage]
  /// What `run --plan` prints.
  public let text: String

  /// What `run --plan` prints.
  public var description: String { text }

  /// Every step, in the order of the plan; both branches of conditions, and what cleans up.
  public var steps: [Step] { stages.flatMap(\.allSteps) }

  /// Every phase, in the order of the plan.
  public var phases: [Phase] { stages.flatMap(\.allPhases) }

  /// Every stage, those inside others behind them.
  public var allStages: [Stage] { stages.flatMap(\.all) }

  /// The steps with this name, or else those that have the text in their name or command.
  ///
  /// - Throws: when there is none, so that a test does not go on with a word that means nothing.
  public func steps(_ text: String) throws(RehearsalError) -> [Step] {
    do throws(Failure) { return try find(text, at: nil) } catch { throw RehearsalError(error) }
  }

  /// The first of these steps.
  public func step(_ text: String) throws(RehearsalError) -> Step {
    guard let step = try steps(text).first else { throw RehearsalError(.noStep(text, among: steps.map(\.title))) }
    return step
  }

  /// The batches of the first phase that has such a step.
  public func batches(of text: String) throws(RehearsalError) -> [[String]] { try phase(of: text)?.batches ?? [] }

  /// The first phase that has such a step; nothing for a step of this machine.
  public func phase(of text: String) throws(RehearsalError) -> Phase? {
    let numbers = Set(try steps(text).map(\.number))
    return phases.first { phase in phase.steps.flatMap(\.all).contains { numbers.contains($0.number) } }
  }

  func find(_ text: String, at place: String?) throws(Failure) -> [Step] {
    let steps = steps
    let exact = steps.filter { $0.name == text || $0.command == text }
    if !exact.isEmpty { return exact }
    let found = steps.filter { step in
      ([step.name ?? "", step.command] + step.commands.values).contains { $0.contains(text) }
    }
    if text.isEmpty || found.isEmpty { throw .noStep(text, among: steps.map(\.title), at: place) }
    return found
  }
}

extension RehearsedPlan.Stage {
  var all: [RehearsedPlan.Stage] { [self] + (stages + otherwise).flatMap(\.all) }
  var allPhases: [RehearsedPlan.Phase] { all.flatMap(\.phases) }
  var allSteps: [RehearsedPlan.Step] { all.flatMap { $0.steps + $0.phases.flatMap(\.steps) }.flatMap(\.all) }
}

extension RehearsedPlan.Step {
  var all: [RehearsedPlan.Step] { [self] + (then + otherwise).flatMap(\.all) }
}
