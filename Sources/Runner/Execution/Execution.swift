import Tasks

/// Runs a plan stage by stage.
@Engine package struct Execution {
  package enum End: Equatable {
    case completed
    case failed
    case interrupted
    /// A person said no: nothing has failed, and nothing is cleaned up.
    case declined
  }

  let context: RunContext

  package init(_ context: RunContext) { self.context = context }

  package func run(_ plan: Plan) async -> End {
    context.expect(plan)
    context.plan = plan
    for pattern in plan.emptied {
      context.report(Event(.notice, text: "hosts \(pattern): none of them is within --limit, skipped"))
    }
    return await run(plan.stages)
  }

  private func run(_ stages: [PlannedStage]) async -> End {
    for stage in stages {
      if context.interruption.isRequested { return .interrupted }
      let end = await run(stage)
      if end != .completed { return end }
    }
    return .completed
  }

  private func run(_ stage: PlannedStage) async -> End {
    switch stage {
    case .hosts(let pattern, _, let phases):
      for phase in phases {
        if context.interruption.isRequested { return .interrupted }
        let end = await PhaseRun(context: context, phase: phase, pattern: pattern).run()
        if end != .completed { return end }
      }
      return .completed
    case .local(let step):
      return await local(step)
    case .confirm(let question):
      let isYes = await context.confirm(question.plain.template)
      return context.interruption.isRequested ? .interrupted : isYes ? .completed : .declined
    case .versions(let package):
      return await VersionsRun(context: context, package: package).run()
    case .invoke(_, let stages), .atTheEnd(let stages):
      return await run(stages)
    case .attempt(let stages, let others):
      let end = await run(stages)
      if end == .failed {
        let done = context.order.map(\.phases.done)
        _ = await cleaningUp(after: end) { await run(others) }
        for (state, done) in zip(context.order, done) { state.phases.done = done }
      }
      return end
    case .always(let stages, let others):
      let end = await run(stages)
      context.interruption.shield()
      let last = await cleaningUp(after: end) { await run(others) }
      return end == .completed ? last : end
    case .notify(let notification):
      _ = await NotificationRun(notification, context.moment(), context).run()
      return context.interruption.isRequested ? .interrupted : .completed
    case .notifying(let notifications, let stages):
      return await run(telling: notifications) { await run(stages) }
    case .locked:
      return .completed
    }
  }

  private func local(_ step: PlannedStep) async -> End {
    let state = context.controlMachine
    context.report(Event(.phaseStarted, name: "on this machine"))
    await HostRun(context: context, state: state).run([step])
    context.report(Event(.phaseFinished, name: "on this machine", outcome: state.isDropped ? state.outcome : .succeeded))
    await context.close(state)
    defer { state.isDropped = false }
    return !state.isDropped ? .completed : state.outcome == .cancelled ? .interrupted : .failed
  }

  /// Cleaning up concerns the hosts that failed, too; afterwards they are left alone as before.
  ///
  /// Where nothing else was begun, it does not make a success of work that was never done.
  private func cleaningUp(after end: End, _ body: () async -> End) async -> End {
    let dropped = context.order.filter(\.isDropped)
    let untouched = end == .completed ? [] : context.order.filter { !$0.isStarted }
    for state in dropped { state.isDropped = false }
    let wasCleaningUp = context.isCleaningUp
    context.isCleaningUp = end != .completed
    let last = await body()
    context.isCleaningUp = wasCleaningUp
    for state in dropped { state.isDropped = true }
    for state in untouched where state.outcome == .succeeded { state.forget() }
    return last
  }
}
