import Runner
import Tasks

/// Keeps what a rehearsed run tells.
@Engine final class Recorder: Reporter {
  private(set) var steps: [RehearsedRun.Step] = []
  private(set) var messages: [String] = []
  private(set) var lines: [String] = []
  private var plan = -1
  /// The step that a host is at, by its place in `steps`.
  private var current: [String: Int] = [:]
  private let timeouts: [[Int: Duration]]

  init(timeouts: [[Int: Duration]]) { self.timeouts = timeouts }

  func begin(_ plan: Runner.Plan) { self.plan += 1 }

  func receive(_ event: Event) {
    switch event.kind {
    case .stepStarted: begin(event)
    case .stepFinished: end(event)
    case .phaseStarted:
      let name = event.name ?? ""
      lines.append("- \(name)")
      if name.hasPrefix("notify ") { messages.append(String(name.dropFirst("notify ".count))) }
    case .notice: lines.append(event.text ?? "")
    case .decisionMade: lines += (event.text ?? "").split(separator: "\n").map(String.init)
    case .runStarted, .hostConnected, .hostLog, .stepOutput, .hostFinished, .phaseFinished, .runFinished: break
    }
  }

  func receive(_ output: OutputLines) {
    guard let place = current[output.host] else { return }
    let texts = output.lines.map(\.text)
    switch output.stream {
    case .output: steps[place].output += texts
    case .error: steps[place].errorOutput += texts
    }
    lines += texts.map { "\(output.host) \(output.stream == .output ? "|" : "!") \($0)" }
  }

  func finish(_ summary: Summary) {}

  private func begin(_ event: Event) {
    guard let host = event.host, let number = event.step else { return }
    lines.append("\(host) > \(event.name ?? "")\(event.attempt.map { $0 > 1 ? " (attempt \($0))" : "" } ?? "")")
    if let attempt = event.attempt, attempt > 1, let place = current[host] {
      steps[place].attempts = attempt
      return
    }
    current[host] = steps.count
    steps.append(RehearsedRun.Step(plan: plan, number: number, title: event.name ?? "", host: host))
  }

  private func end(_ event: Event) {
    guard let host = event.host, let place = current[host] else { return }
    steps[place].outcome = event.outcome.map(RehearsedRun.Outcome.init)
    steps[place].status = event.status
    steps[place].problem = event.text.map { truthful($0, step: steps[place].number, plan: steps[place].plan) }
    guard let outcome = event.outcome, outcome != .succeeded else { return }
    lines.append("\(host) x \(outcome.words): \(steps[place].problem ?? "") (\(event.name ?? ""))")
  }

  /// What the plan says of a timeout, in place of the one that was played.
  private func truthful(_ text: String, step: Int, plan: Int) -> String {
    guard timeouts.indices.contains(plan), let limit = timeouts[plan][step] else { return text }
    return text.replacing(problem(status: 0, timedOut: PlayedPlan.shortTimeout), with: problem(status: 0, timedOut: limit))
  }

  /// The same for the problem of a host, which begins with its step: `[4] ...`.
  func truthful(_ row: Summary.Row) -> String? {
    guard let text = row.problem, let step = steps.last(where: { $0.host == row.host && $0.outcome?.isFailure == true }) else {
      return row.problem
    }
    return truthful(text, step: step.number, plan: step.plan)
  }
}
