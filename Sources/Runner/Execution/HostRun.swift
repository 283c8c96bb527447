import Tasks

/// Runs the steps of one phase on one host: adjacent static steps as one script, the others one by one.
@Engine struct HostRun {
  let context: RunContext
  let state: HostState

  /// Runs steps until one fails; what became of the host stands in its state.
  func run(_ steps: [PlannedStep]) async {
    state.isStarted = true
    if await runAll(context.left(of: steps, on: state)) { state.succeed() }
  }

  private func runAll(_ steps: [PlannedStep]) async -> Bool {
    var rest = steps[...]
    while let next = rest.first {
      if context.interruption.isRequested {
        state.cancel()
        return false
      }
      let script = Array(rest.prefix(while: \.isStatic))
      rest = rest.dropFirst(max(1, script.count))
      let goesOn = script.isEmpty ? await runDynamic(next) : await ScriptRun(context: context, state: state, steps: script).run()
      if !goesOn { return false }
    }
    return true
  }

  private func runDynamic(_ step: PlannedStep) async -> Bool {
    guard case .when(let test, let then, let otherwise) = step.action else {
      return await SingleRun(context: context, state: state, step: step).run()
    }
    // The branches hold steps that need more than a script: ask first, then run the branch that applies.
    var question = step
    question.action = .when(test, then: [], otherwise: [])
    let asking = ScriptRun(context: context, state: state, steps: [question])
    guard await asking.run() else { return false }
    return await runAll(asking.status(of: step.number) == 0 ? then : otherwise)
  }
}

extension PlannedStep {
  /// Whether the step is shell text that can share a script with its neighbours.
  var isStatic: Bool {
    switch action {
    case .command: true
    case .when(_, let then, let otherwise): then.allSatisfy(\.isStatic) && otherwise.allSatisfy(\.isStatic)
    default: false
    }
  }

  /// The steps that a host runs: without those that only another one does.
  static func selected(_ steps: [PlannedStep], for host: Host) -> [PlannedStep] {
    steps.compactMap { step in
      guard step.onlyHost == nil || step.onlyHost == host.name else { return nil }
      guard case .when(let test, let then, let otherwise) = step.action else { return step }
      var step = step
      step.action = .when(test, then: selected(then, for: host), otherwise: selected(otherwise, for: host))
      return step
    }
  }

  /// What people call the step on this host.
  func title(on host: Host) -> String { name ?? verb + ((try? shown.rendered(for: host).shown) ?? shown.template) }
}
