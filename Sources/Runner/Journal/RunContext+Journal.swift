import Tasks

extension RunContext {
  /// Whether something new may be begun on a host: not when its intent cannot be written down, unless it cleans up.
  ///
  /// A run that was taken back without a word in its journal cannot be gone on with.
  func mayBegin(on state: HostState) -> Bool {
    guard let journal, let problem = journal.problem else { return true }
    if isCleaningUp {
      // What `finally` does is done once more in any case; what was taken back nobody would know.
      if hasCleanedUp { journal.abandon() }
      return true
    }
    state.fail(.failed, Failure(journalBroken: problem).message)
    return false
  }

  /// Notes how far a stage has got, where its steps alone do not tell.
  func reach(_ path: StagePath, _ mark: StageMark) {
    if mark == .cleaningUp { hasCleanedUp = true }
    journal?.append(.reached(path, mark))
    journal?.sync()
  }

  /// Remembers what a step has captured, here and in the journal; there nothing that holds a secret, and nothing that is huge.
  func keep(_ value: [UInt8], as captured: Captured, of step: PlannedStep, on state: HostState) {
    state.captures[captured.name] = value
    guard let journal else { return }
    let isKept = value.count <= 1 << 16 && !hasSecret(value)
    journal.append(
      .captured(host: state.key, plan: planNumber, step: step.number, name: captured.name, value: isKept ? value : nil))
  }

  /// Ends what a lost session of a host has left there, and notes what became of it, before anything else begins beside it; returns why it
  /// cannot.
  func settle(_ state: HostState, _ session: HostSession) async -> String? {
    guard let journal, !state.unsettled.isEmpty else { return nil }
    switch await session.notedSteps() {
    case .failure(let problem): return problem.reason
    case .success(let noted):
      var known = Known((try? Journal.entries(of: journal.folder)) ?? [])
      for entry in known.add(noted, from: state.key) { journal.append(entry) }
      if journal.problem == nil { state.unsettled = [] }
      return nil
    }
  }

  /// Hosts that an earlier sitting has worked on, and this one had nothing left to do on, drop what they have noted.
  ///
  /// Where that cannot be, a small file stays.
  func tidy(_ plans: [Plan]) async {
    guard let resumption, !interruption.isRequested else { return }
    let states = (plans.flatMap(\.hosts).map(state) + [controlMachine]).filter {
      resumption.hosts.contains($0.key) && !$0.wasConnected && $0.outcome != .unreachable
    }
    await fanOut(Array(Dictionary(states.map { ($0.key, $0) }) { first, _ in first }.values), limit: Planner.defaultFanOut) { state in
      guard let session = await self.session(for: state).session else { return }
      _ = await OwnCommand.run(":", on: session)
    }
  }

  /// A phase that was over before the run was cut off.
  func pass(_ phase: PlannedPhase) {
    for state in phase.batches.joined().map(state) {
      state.phasesLeft -= 1
      state.phases.done += 1
    }
  }

  /// Stages that had ended like this before the run was cut off, and what became of their hosts.
  func recall(_ stages: [PlannedStage], endedBy end: Execution.End) {
    guard let resumption else { return }
    for state in order where resumption.hasBegun(state.key, plan: planNumber) { state.isStarted = true }
    if end == .completed {
      for phase in PlannedStage.phases(of: stages, cleaningUp: false) { pass(phase) }
    } else {
      for failure in resumption.failures(in: stages, plan: planNumber, keyOf: \.key) where !failure.host.key.isEmpty {
        state(of: failure.host).fail(failure.outcome, failure.problem)
      }
    }
  }

  /// Takes over what is known of a plan's captures when a run goes on with one that was cut off.
  func restore(_ plan: Plan) {
    guard let resumption else { return }
    let steps = Dictionary(plan.steps.map { ($0.number, $0) }) { first, _ in first }
    for state in plan.hosts.map(state) + [controlMachine] {
      for (number, name, value) in resumption.captures(on: state.key, plan: planNumber) {
        state.captures[name] = value
        guard let application = steps[number]?.reportsVersionsOf else { continue }
        record(VersionChange(value), of: application, on: state.host)
      }
    }
  }
}
