import Tasks

extension RunContext {
  /// Whether something new may be begun on a host: not when its intent cannot be written down, unless it cleans up.
  func mayBegin(on state: HostState) -> Bool {
    guard let problem = journal?.problem, !isCleaningUp else { return true }
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
