/// What is known of a run that was cut off or has failed: the facts from which `--resume` goes on.
package struct Known: Sendable, Equatable {
  package struct StepKey: Sendable, Hashable {
    package var host: String
    package var plan: Int
    package var step: Int

    package init(host: String, plan: Int, step: Int) {
      self.host = host
      self.plan = plan
      self.step = step
    }
  }

  package enum State: Sendable, Equatable {
    /// Ended, with this outcome and status.
    case ended(Outcome, status: Int?)
    /// Begun, or it may have begun, and nobody knows how it ended.
    case unknown
  }

  package var steps: [StepKey: State] = [:]
  package var captures: [StepKey: Capture] = [:]
  package var decisions: [Decided: [UInt8]] = [:]
  package var marks: [StagePath: StageMark] = [:]
  /// Scripts that were sent and not settled, by host: what the host has noted of them may tell more.
  package var open: [String: [Sent]] = [:]
  /// Where something was sent to: these hosts may have noted something of the run.
  package var hosts: Set<String> = []
  /// Locks that were taken and, as far as is known, not given back: their hosts by name.
  package var locks: [String: [String]] = [:]
  /// Whether the run came to its end, be it success, failure or an interruption: it has cleaned up then.
  package var isOrderly = false
  package var wasCleanedUp: Bool { marks.values.contains(.cleaningUp) }

  package struct Capture: Sendable, Equatable {
    package var name: String
    package var value: [UInt8]
  }

  package struct Decided: Sendable, Hashable {
    package var plan: Int
    package var name: String
  }

  package struct Sent: Sendable, Equatable {
    package var plan: Int
    package var steps: [Int]
    package var session: String
  }

  package init() {}

  package init(_ entries: [JournalEntry]) {
    for entry in entries {
      switch entry {
      case .sent(let host, let plan, let steps, let session):
        hosts.insert(host)
        open[host, default: []].append(Sent(plan: plan, steps: steps, session: session))
        for step in steps { self.steps[StepKey(host: host, plan: plan, step: step)] = nil }
      case .begun(let host, let plan, let step, _): steps[StepKey(host: host, plan: plan, step: step)] = .unknown
      case .captured(let host, let plan, let step, let name, let value):
        captures[StepKey(host: host, plan: plan, step: step)] = value.map { Capture(name: name, value: $0) }
      case .ended(let host, let plan, let step, let outcome, let status):
        // What an interruption has ended is half done, like what was lost.
        let isOpen = outcome == .unknown || outcome == .cancelled
        steps[StepKey(host: host, plan: plan, step: step)] = isOpen ? .unknown : .ended(outcome, status: status)
      case .settled(let host, let session): settle(host, session)
      case .decided(let plan, let name, let value): decisions[Decided(plan: plan, name: name)] = value
      case .reached(let path, let mark): marks[path] = mark
      case .resumed: isOrderly = false
      case .finished: isOrderly = true
      case .locked(let name, let hosts): locks[name] = hosts
      case .unlocked(let name): locks[name] = nil
      case .dropped, .changed: break
      }
    }
  }

  private mutating func settle(_ host: String, _ session: String?) {
    let rest = open[host]?.filter { session != nil && $0.session != session } ?? []
    open[host] = rest.isEmpty ? nil : rest
  }

  /// Whether something may still be going on there.
  package func isBusy(_ host: String) -> Bool {
    open[host] != nil || steps.contains { $0.key.host == host && $0.value == .unknown }
  }

  /// Adds what a host has noted; of a script that was open on it and that it does not tell of, everything may have happened.
  ///
  /// It may know of steps that the journal does not: its last entries are lost when this machine's power fails.
  ///
  /// - Returns: what is newly known, for the journal.
  package mutating func add(_ noted: NotedSteps?, from host: String) -> [JournalEntry] {
    var news: [JournalEntry] = []
    for sent in open[host] ?? [] {
      let isTold = noted?.sessions.contains(sent.session) ?? false
      for step in sent.steps {
        let key = StepKey(host: host, plan: sent.plan, step: step)
        if case .ended? = steps[key] { continue }
        if isTold, let noted {
          switch noted.steps[NotedSteps.Key(plan: sent.plan, step: step)] {
          // Not begun, unless it has told us so itself: a host that lost its power has lost its last lines.
          case nil: break
          case .some(nil): steps[key] = .unknown
          case .some(.some(let status)):
            let outcome: Outcome = status == 0 ? .succeeded : .failed
            steps[key] = .ended(outcome, status: status)
            news.append(.ended(host: host, plan: sent.plan, step: step, outcome: outcome, status: status))
          }
        } else {
          steps[key] = .unknown
        }
        if steps[key] == .unknown { news.append(.ended(host: host, plan: sent.plan, step: step, outcome: .unknown, status: nil)) }
      }
    }
    for (noted, status) in (noted?.steps ?? [:]).sorted(by: { ($0.key.plan, $0.key.step) < ($1.key.plan, $1.key.step) }) {
      let key = StepKey(host: host, plan: noted.plan, step: noted.step)
      guard steps[key] == nil else { continue }
      let outcome: Outcome = status.map { $0 == 0 ? .succeeded : .failed } ?? .unknown
      steps[key] = outcome == .unknown ? .unknown : .ended(outcome, status: status)
      news.append(.ended(host: host, plan: noted.plan, step: noted.step, outcome: outcome, status: status))
    }
    open[host] = nil
    news.append(.settled(host: host, session: nil))
    return news
  }
}
