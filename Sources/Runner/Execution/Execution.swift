import Tasks

/// Runs a plan stage by stage.
@Engine package struct Execution {
  package enum End: Equatable {
    case completed
    case failed
    case interrupted
    /// A person said no: nothing has failed, and nothing is cleaned up.
    case declined
    /// Another run holds the lock, or it could not be taken: nothing inside of it was done, and nothing is cleaned up.
    case refused(isHeld: Bool)
    /// The run could not even be gone on with: it is as it was.
    case unresumable(ExitStatus)
  }

  let context: RunContext

  package init(_ context: RunContext) { self.context = context }

  /// Runs one of the plans of a run.
  package func run(_ plan: Plan, number: Int = 0) async -> End {
    context.expect(plan)
    context.plan = plan
    context.planNumber = number
    context.restore(plan)
    for pattern in plan.emptied {
      context.report(Event(.notice, text: "hosts \(pattern): none of them is within --limit, skipped"))
    }
    let end = await run(plan.stages, in: StagePath(plan: number))
    await giveBackKeptLocks()
    return end
  }

  private func run(_ stages: [PlannedStage], in path: StagePath) async -> End {
    for (number, stage) in stages.enumerated() {
      if context.interruption.isRequested { return .interrupted }
      let end = await run(stage, at: path.stage(number))
      if end != .completed { return end }
    }
    return .completed
  }

  private func run(_ stage: PlannedStage, at path: StagePath) async -> End {
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
      if context.isDone(path) { return .completed }
      let isYes = await context.confirm(question.plain.template)
      if isYes { context.reach(path, .done) }
      return context.interruption.isRequested ? .interrupted : isYes ? .completed : .declined
    case .versions(let package):
      return await VersionsRun(context: context, package: package).run()
    case .invoke(_, let stages):
      return await run(stages, in: path)
    case .atTheEnd(let stages):
      let end = await run(stages, in: path)
      let isInterrupted = context.interruption.isRequested
      await giveBackKeptLocks()
      return end == .completed && isInterrupted ? .interrupted : end
    case .attempt(let stages, let others):
      let end: End
      if context.resumption?.mark(at: path) == .cleaningUp {
        end = await recall(stages, endedBy: .failed)
      } else {
        end = await run(stages, in: path)
      }
      if end == .failed {
        context.reach(path, .cleaningUp)
        let done = context.order.map(\.phases.done)
        _ = await cleaningUp(after: end, others, in: path)
        for (state, done) in zip(context.order, done) { state.phases.done = done }
      }
      return end
    case .always(let stages, let others):
      let end: End
      if case .finally(let before)? = context.resumption?.mark(at: path) {
        end = await recall(stages, endedBy: End(word: before))
      } else {
        end = await run(stages, in: path)
      }
      context.reach(path, .finally(after: end.word))
      context.interruption.shield()
      let last = await cleaningUp(after: end, others, in: path)
      return end == .completed ? last : end
    case .notify(let notification):
      if context.isDone(path) { return .completed }
      _ = await NotificationRun(notification, context.moment(), context).run()
      context.reach(path, .done)
      return context.interruption.isRequested ? .interrupted : .completed
    case .notifying(let notifications, let stages):
      return await run(telling: notifications, at: path) { await run(stages, in: path) }
    case .locked(let lock, let stages):
      return await run(stages, in: path, holding: lock)
    }
  }

  /// Whatever happens inside, the lock is given back; steps that are left for the end keep it until they are done.
  private func run(_ stages: [PlannedStage], in path: StagePath, holding lock: PlannedLock) async -> End {
    let holding = LockRun(context: context, lock: lock)
    switch await holding.take() {
    case .refused(let isHeld): return .refused(isHeld: isHeld)
    case .interrupted: return .interrupted
    case .taken: break
    }
    let end = await run(stages, in: path)
    if end == .completed, lock.isHeldToTheEnd {
      context.keptLocks.append(holding)
      return end
    }
    // To give it back takes no notice of interruptions; what comes after it must.
    let isInterrupted = context.interruption.isRequested
    await holding.release()
    return end == .completed && isInterrupted ? .interrupted : end
  }

  /// Stages that had ended like this before the run was cut off: what was done in them is not done again, but the locks that they have kept are
  /// taken again.
  private func recall(_ stages: [PlannedStage], endedBy end: End) async -> End {
    context.recall(stages, endedBy: end)
    guard end == .completed else { return end }
    for lock in PlannedStage.locks(of: stages) where lock.isHeldToTheEnd {
      let holding = LockRun(context: context, lock: lock)
      switch await holding.take() {
      case .refused(let isHeld): return .refused(isHeld: isHeld)
      case .interrupted: return .interrupted
      case .taken: context.keptLocks.append(holding)
      }
    }
    return end
  }

  /// Gives back what an earlier sitting has taken and this one has had no need of.
  package func giveBackOwedLocks(_ plans: [Plan]) async {
    let hosts = Dictionary(plans.flatMap(\.hosts).map { ($0.key, $0) }) { first, _ in first }
    for (name, keys) in context.resumption?.owedLocks.sorted(by: { $0.key < $1.key }) ?? [] where !context.locks.had.contains(name) {
      let hosts = keys.compactMap { $0.isEmpty ? Planner.controlMachine : hosts[$0] }
      let lock = LockRun(context: context, lock: PlannedLock(name: name, wait: .zero, hosts: hosts, isHeldToTheEnd: false))
      lock.adopt()
      await lock.release()
    }
  }

  private func giveBackKeptLocks() async {
    let locks = context.keptLocks
    context.keptLocks = []
    for lock in locks.reversed() { await lock.release() }
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
  private func cleaningUp(after end: End, _ others: [PlannedStage], in path: StagePath) async -> End {
    let dropped = context.order.filter(\.isDropped)
    let untouched = end == .completed ? [] : context.order.filter { !$0.isStarted }
    for state in dropped { state.isDropped = false }
    let wasCleaningUp = context.isCleaningUp
    context.isCleaningUp = end != .completed
    // Locks that are kept for steps at the end of the task are none of theirs.
    let kept = context.keptLocks
    context.keptLocks = []
    let last = await run(others, in: path.others)
    await giveBackKeptLocks()
    context.keptLocks = kept
    context.isCleaningUp = wasCleaningUp
    for state in dropped { state.isDropped = true }
    for state in untouched where state.outcome == .succeeded { state.forget() }
    return last
  }
}

extension Execution.End {
  /// As a journal names it.
  var word: String {
    switch self {
    case .completed: "completed"
    case .failed: "failed"
    case .interrupted: "interrupted"
    case .declined: "declined"
    case .refused(let isHeld): isHeld ? "locked" : "refused"
    case .unresumable: "failed"
    }
  }

  init(word: String) {
    switch word {
    case "completed": self = .completed
    case "interrupted": self = .interrupted
    case "declined": self = .declined
    case "locked": self = .refused(isHeld: true)
    case "refused": self = .refused(isHeld: false)
    default: self = .failed
    }
  }
}

extension RunContext {
  /// Whether a stage was done before the run was cut off.
  fileprivate func isDone(_ path: StagePath) -> Bool { resumption?.mark(at: path) == .done }
}
