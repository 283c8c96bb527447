import Tasks

/// What a resumed run need not do again, and what nobody knows.
package struct Resumption: Sendable {
  private var known: Known
  /// What a person has said to be done, for the journal: nobody is asked twice.
  package private(set) var said: [JournalEntry] = []

  package init(_ known: Known, plans: [Plan]) {
    var known = known
    // The run came to an end then, and `finally` has run; what it does must be done once more when the rest is.
    if known.isOrderly {
      for (number, plan) in plans.enumerated() { Self.forgetFinally(of: plan.stages, StagePath(plan: number), number, &known) }
    }
    self.known = known
  }

  private static func forgetFinally(of stages: [PlannedStage], _ path: StagePath, _ plan: Int, _ known: inout Known) {
    for (number, stage) in stages.enumerated() {
      let path = path.stage(number)
      if case .always(_, let others) = stage {
        known.marks = known.marks.filter { $0.key != path && !path.others.holds($0.key) }
        let numbers = Set(PlannedStage.steps(of: others).map(\.number))
        known.steps = known.steps.filter { $0.key.plan != plan || !numbers.contains($0.key.step) }
        for decision in PlannedStage.phases(of: others).compactMap(\.decision) {
          known.decisions[Known.Decided(plan: plan, name: decision.captured.name)] = nil
        }
      }
      for (index, inner) in stage.children.enumerated() { forgetFinally(of: inner, index == 0 ? path : path.others, plan, &known) }
    }
  }

  /// Locks that an earlier sitting has taken and has not given back, by name: the keys of their hosts.
  package var owedLocks: [String: [String]] { known.locks }

  /// The keys of hosts that may have noted something of the run.
  package var hosts: Set<String> { known.hosts }

  /// How far a stage got that is more than its steps.
  package func mark(at path: StagePath) -> StageMark? { known.marks[path] }

  /// What was decided for all hosts.
  package func decided(_ decision: Decision, plan: Int) -> [UInt8]? {
    known.decisions[Known.Decided(plan: plan, name: decision.captured.name)]
  }

  /// The steps that are left for a host; of a condition that was answered, the branch that applied.
  package func left(of steps: [PlannedStep], on host: String, plan: Int) -> [PlannedStep] {
    steps.flatMap { step -> [PlannedStep] in
      // A question changes nothing, and where its answers still matter nothing was decided.
      if step.kind == "ask" { return [step] }
      let key = Known.StepKey(host: host, plan: plan, step: step.number)
      guard case .ended(let outcome, let status)? = known.steps[key] else { return [step] }
      if case .when(_, let then, let otherwise) = step.action {
        guard let status, status < 126 else { return [step] }
        return left(of: status == 0 ? then : otherwise, on: host, plan: plan)
      }
      let isDone = outcome == .succeeded || outcome == .failed && step.ignoresFailure
      return isDone && !isMissing(step, on: host, plan: plan) ? [] : [step]
    }
  }

  /// A step that has succeeded and whose captured output was not kept: what needs the value needs the step again.
  private func isMissing(_ step: PlannedStep, on host: String, plan: Int) -> Bool {
    guard case .command(_, _, .some) = step.action else { return false }
    return known.captures[Known.StepKey(host: host, plan: plan, step: step.number)] == nil
  }

  /// What was captured on a host, and the steps that captured it.
  package func captures(on host: String, plan: Int) -> [(step: Int, name: String, value: [UInt8])] {
    known.captures.filter { $0.key.host == host && $0.key.plan == plan }.map { ($0.key.step, $0.value.name, $0.value.value) }
      .sorted { $0.step < $1.step }
  }

  /// Steps of which nobody knows whether they were done, and that must not be done twice.
  package func open(in plans: [Plan], keyOf: (Host) -> String) -> [OpenStep] {
    var found: [OpenStep] = []
    for (number, plan) in plans.enumerated() {
      for (hosts, steps) in PlannedStage.work(of: plan.stages) {
        for step in PlannedStep.flattened(steps) where !step.isIdempotent {
          for host in hosts {
            let key = Known.StepKey(host: keyOf(host), plan: number, step: step.number)
            if known.steps[key] == .unknown { found.append(OpenStep(key: key, title: step.title(on: host), host: host)) }
          }
        }
      }
    }
    return found
  }

  /// The same with a person's word for a step that is open: done, or to be done again.
  package func settling(_ step: OpenStep, as answer: Invocation.UnknownSteps) -> Resumption {
    var settled = self
    switch answer {
    case .done:
      settled.known.steps[step.key] = .ended(.succeeded, status: nil)
      settled.said.append(.ended(host: step.key.host, plan: step.key.plan, step: step.key.step, outcome: .succeeded, status: nil))
    case .again: settled.known.steps[step.key] = nil
    }
    return settled
  }

  /// Whether any step of a plan was begun on a host.
  package func hasBegun(_ host: String, plan: Int) -> Bool { known.steps.keys.contains { $0.host == host && $0.plan == plan } }

  /// What had gone wrong in stages, for the summary.
  package func failures(
    in stages: [PlannedStage], plan: Int, keyOf: (Host) -> String
  ) -> [(host: Host, outcome: Outcome, problem: String)] {
    PlannedStage.work(of: stages).flatMap { hosts, steps in
      PlannedStep.flattened(steps).flatMap { step in
        hosts.compactMap { host -> (host: Host, outcome: Outcome, problem: String)? in
          let title = "[\(step.number)] \(step.title(on: host).firstLine)"
          switch known.steps[Known.StepKey(host: keyOf(host), plan: plan, step: step.number)] {
          case .ended(.failed, let status)? where !step.ignoresFailure && !step.isQuestion:
            return (host, .failed, "\(title): \(status.map { problem(status: $0, timedOut: nil) } ?? Outcome.failed.words)")
          case .unknown?: return (host, .unknown, "\(title): \(Outcome.unknown.words)")
          default: return nil
          }
        }
      }
    }
  }

  package struct OpenStep: Sendable, Equatable {
    package var key: Known.StepKey
    package var title: String
    package var host: Host
  }
}

extension PlannedStage {
  /// The steps of all phases with their hosts, and those of this machine.
  static func work(of stages: [PlannedStage]) -> [(hosts: [Host], steps: [PlannedStep])] {
    stages.flatMap { stage -> [(hosts: [Host], steps: [PlannedStep])] in
      switch stage {
      case .hosts(_, _, let phases): phases.map { (Array($0.batches.joined()), $0.steps) }
      case .local(let step): [([Planner.controlMachine], [step])]
      default: stage.children.flatMap(work)
      }
    }
  }
}
