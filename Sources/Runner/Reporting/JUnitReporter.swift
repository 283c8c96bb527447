import Tasks

/// Gathers what became of every step on every host, and writes it as JUnit's XML at the end.
@Engine package final class JUnitReporter: Reporter {
  private struct Key: Hashable {
    var plan: Int
    var step: Int
    var host: String
  }

  private struct Planned {
    var title: String
    var plan: Int
    /// Stages that clean up are told of only when they were needed.
    var isOptional: Bool
    var cases: [(key: Key, name: String, isOptional: Bool)] = []
  }

  private let file: OutputFile
  private let mask: (String) -> String
  private let complain: (SystemError) -> Void
  private var planned: [Planned] = []
  private var plans = 0
  /// Steps that may fail, for any host.
  private var ignored: Set<Key> = []
  private var finished: [Key: JUnitText.Case] = [:]
  private var begun: [Key: Timestamp] = [:]
  private var tails: [Key: [String]] = [:]
  private static let tailLength = 50

  /// `complain` is told when the file cannot be written in the end; the run has its own outcome.
  package init(file: OutputFile, mask: @escaping (String) -> String, complain: @escaping (SystemError) -> Void) {
    self.file = file
    self.mask = mask
    self.complain = complain
  }

  package func begin(_ plan: Plan) {
    plans += 1
    add(plan.stages, prefix: "\(plan.task)\(plan.environment.map { ":\($0)" } ?? "")", isOptional: false)
  }

  package func receive(_ event: Event) {
    guard let step = event.step, let host = event.host else { return }
    let key = Key(plan: plans, step: step, host: host)
    switch event.kind {
    case .stepStarted: if begun[key] == nil { begun[key] = event.time }
    case .stepOutput:
      tails[key, default: []].append((event.text ?? "").beginning(1000))
      if tails[key, default: []].count > Self.tailLength { tails[key]?.removeFirst() }
    case .stepFinished:
      finished[key] = JUnitText.Case(
        name: "[\(step)] \((event.name ?? "").firstLine)", host: host, result: result(event, tails[key] ?? []),
        duration: event.duration ?? 0)
      tails[key] = nil
    default: break
    }
  }

  package func finish(_ summary: Summary) {
    var problems = Dictionary(summary.rows.filter(\.outcome.isFailure).map { ($0.host, $0) }) { first, _ in first }
    // A host whose step has failed has said so.
    for key in planned.flatMap(\.cases).map(\.key) {
      if let result = finished[key]?.result, result.isFailure || result.isError { problems[key.host] = nil }
    }
    let suites = planned.compactMap { suite(of: $0, &problems) }
    do throws(SystemError) {
      try file.complete(JUnitText.text(name: summary.title, duration: summary.duration, suites: suites))
    } catch {
      complain(error)
    }
  }

  private func result(_ event: Event, _ tail: [String]) -> JUnitText.Result {
    let message = event.text ?? event.outcome?.words ?? ""
    if let step = event.step, ignored.contains(Key(plan: plans, step: step, host: "")) { return .passed }
    switch event.outcome {
    case .failed: return .failed(message, lines: tail)
    case .unreachable, .unknown: return .error(message, lines: tail)
    case .cancelled: return .skipped("cancelled")
    case .skipped: return .skipped(message)
    case .succeeded, nil: return .passed
    }
  }

  // MARK: What was planned

  private func add(_ stages: [PlannedStage], prefix: String, isOptional: Bool) {
    for stage in stages {
      switch stage {
      case .hosts(let pattern, _, let phases):
        for (index, phase) in phases.enumerated() {
          let number = phases.count > 1 ? ", phase \(index + 1)" : ""
          add(phase.steps, on: phase.batches.flatMap { $0 }, title: "\(prefix): hosts \(pattern)\(number)", isOptional: isOptional)
        }
      case .local(let step): add([step], on: [Planner.controlMachine], title: "\(prefix): on this machine", isOptional: isOptional)
      case .attempt(let stages, let others):
        add(stages, prefix: prefix, isOptional: isOptional)
        add(others, prefix: prefix, isOptional: true)
      default: for stages in stage.children { add(stages, prefix: prefix, isOptional: isOptional) }
      }
    }
  }

  private func add(_ steps: [PlannedStep], on hosts: [Host], title: String, isOptional: Bool) {
    var suite = Planned(title: mask(title), plan: plans, isOptional: isOptional)
    for host in hosts { add(PlannedStep.selected(steps, for: host), on: host, to: &suite, isOptional: false) }
    planned.append(suite)
  }

  /// Nobody knows before which branch of a condition a host takes.
  private func add(_ steps: [PlannedStep], on host: Host, to suite: inout Planned, isOptional: Bool) {
    for step in steps {
      if step.ignoresFailure { ignored.insert(Key(plan: plans, step: step.number, host: "")) }
      let name = mask("[\(step.number)] \(step.title(on: host).firstLine)")
      suite.cases.append((Key(plan: plans, step: step.number, host: host.name), name, isOptional))
      guard case .when(_, let then, let otherwise) = step.action else { continue }
      for branch in [then, otherwise] { add(branch, on: host, to: &suite, isOptional: true) }
    }
  }

  /// Nothing for a phase that was not needed; a host that could not be reached fails in its first case.
  private func suite(of planned: Planned, _ problems: inout [String: Summary.Row]) -> JUnitText.Suite? {
    let keys = planned.cases.map(\.key)
    if planned.isOptional, !keys.contains(where: { finished[$0] != nil || begun[$0] != nil }) { return nil }
    var cases: [JUnitText.Case] = []
    for (key, name, isOptional) in planned.cases {
      if let test = finished[key] {
        cases.append(test)
      } else if !isOptional {
        let result: JUnitText.Result
        if let row = problems.removeValue(forKey: key.host) {
          result = .error(row.problem ?? row.outcome.words, lines: row.lastLines)
        } else {
          result = .skipped(begun[key] == nil ? "not started" : "cancelled")
        }
        cases.append(JUnitText.Case(name: name, host: key.host, result: result))
      }
    }
    let started = keys.compactMap { begun[$0] }.min() ?? .now()
    return cases.isEmpty ? nil : JUnitText.Suite(name: planned.title, timestamp: started, cases: cases)
  }
}
