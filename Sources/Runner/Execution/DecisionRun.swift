import Tasks

/// Makes one decision of what the hosts have answered, and gives it to all of them.
@Engine struct DecisionRun {
  let context: RunContext
  let decision: Decision

  func run(on states: [HostState]) async -> Execution.End {
    let states = states.filter { !$0.isDropped }
    let captured = decision.captured.name
    let answers = states.map { Answers.Answer(host: $0.host, output: String(decoding: $0.captures[captured] ?? [], as: UTF8.self)) }
    let decide = decision.decide
    let all = Answers(answers, isCleaningUp: context.isCleaningUp)
    let verdict: Verdict
    do { verdict = try await Engine.elsewhere { try decide(all) } } catch {
      context.report(Event(.decisionMade, name: decision.name, text: "\(error)", outcome: .failed))
      return .failed
    }
    let value = verdict.value.utf8.filter { $0 != 0 }
    for state in states { state.captures[captured] = value }
    if !context.hasSecret(value) { context.journal?.append(.decided(plan: context.planNumber, name: captured, value: value)) }
    context.journal?.sync()
    context.report(Event(.decisionMade, name: decision.name, text: verdict.message, outcome: .succeeded))
    return .completed
  }
}
