import Tasks

/// Runs one phase, batch by batch, until too many hosts have failed.
@Engine struct PhaseRun {
  let context: RunContext
  let phase: PlannedPhase
  let pattern: String

  func run() async -> Execution.End {
    if let decision = phase.decision, !phase.isReport, let value = context.resumption?.decided(decision, plan: context.planNumber) {
      for state in phase.batches.joined().map(context.state) { state.captures[decision.captured.name] = value }
      context.pass(phase)
      return .completed
    }
    let name = title
    let started = Clock.now
    let states = phase.batches.joined().map(context.state)
    let untouched = states.filter { !$0.isStarted }
    let sizes = phase.batches.map { $0.map(context.state).count { !$0.isDropped } }
    context.report(Event(.phaseStarted, name: name, batches: sizes))
    var end = await batches()
    await context.forgetAhead(states)
    await context.closed(states)
    if let decision = phase.decision {
      if end == .completed { end = await DecisionRun(context: context, decision: decision).run(on: states) }
      if end == .completed, !context.isCleaningUp, states.contains(where: \.isDropped) { end = .failed }
      // Being asked is no work: a host that was only asked is one that was not started.
      if end == .failed, !phase.isReport { for state in untouched where !state.isDropped { state.forget() } }
    }
    context.saveChanges(of: context.plan)
    context.journal?.sync()
    context.report(
      Event(
        .phaseFinished, name: name, duration: (Clock.now - started).seconds,
        outcome: end == .completed ? .succeeded : end == .failed ? .failed : .cancelled))
    return end
  }

  private func batches() async -> Execution.End {
    let limit = context.hostsAtOnce(in: phase)
    let isQuestion = phase.decision != nil
    var failed = 0
    var hasWorked = false
    for (number, batch) in phase.batches.enumerated() {
      if context.interruption.isRequested { return .interrupted }
      // Batches that an earlier sitting has done are passed without a pause.
      if hasWorked, phase.pause > .zero {
        await context.interruption.sleep(for: phase.pause)
        if context.interruption.isRequested { return .interrupted }
      }
      let states = batch.map(context.state).filter { !$0.isDropped }
      hasWorked = hasWorked || batch.map(context.state).contains { !context.left(of: phase.steps, on: $0).isEmpty }
      context.connectAhead(ahead(of: number, limit: limit))
      let next = states.count > limit ? limit : number + 1 < phase.batches.count ? min(phase.batches[number + 1].count, limit) : 0
      await fanOut(states, limit: limit) { await run($0, fanOut: limit, next: next) }
      failed += states.count { $0.isDropped && $0.outcome != .cancelled }
      if states.contains(where: { $0.outcome == .cancelled }) { return .interrupted }
      // Cleaning up, and telling people what there is, goes on with the hosts that answer.
      let goesOn = isQuestion ? (context.isCleaningUp || phase.isReport) && !states.allSatisfy(\.isDropped) : context.isCleaningUp
      if failed > phase.tolerated, !goesOn { return .failed }
    }
    if context.interruption.isRequested { return .interrupted }
    return failed > phase.tolerated && !isQuestion ? .failed : .completed
  }

  /// The hosts of the next batch that will want a connection and may have one already now.
  private func ahead(of number: Int, limit: Int) -> [HostState] {
    guard number + 1 < phase.batches.count else { return [] }
    let next = phase.batches[number + 1].map(context.state).filter { !$0.isDropped && !context.left(of: phase.steps, on: $0).isEmpty }
    return limit > 1 && next.count <= limit && context.connections.hasRoom(for: next.count, fanOut: limit) ? next : []
  }

  private func run(_ state: HostState, fanOut: Int, next: Int) async {
    // Waiting for its turn, it was overtaken by an interruption: not started.
    guard !context.interruption.isRequested else { return }
    let started = Clock.now
    await HostRun(context: context, state: state).run(phase.steps)
    await context.release(state, fanOut: fanOut, next: next)
    let duration = Clock.now - started
    state.duration += duration
    if state.isDropped {
      context.journal?.append(.dropped(host: state.key, outcome: state.outcome, problem: state.problem.map(context.mask)), at: .now())
    }
    context.report(
      Event(
        .hostFinished, host: state.host.name, text: state.isDropped ? state.problem : nil, duration: duration.seconds,
        outcome: state.isDropped ? state.outcome : .succeeded))
  }

  private var title: String {
    let hosts = phase.batches.joined().map(\.name)
    if let decision = phase.decision { return "hosts \(pattern), asked: \(decision.name): \(folded(hosts))" }
    let how =
      phase.isParallel
      ? "in parallel" : "\(count(phase.batches.count, "batch", "batches"))"
    return "hosts \(pattern), \(how): \(folded(hosts))"
  }
}
