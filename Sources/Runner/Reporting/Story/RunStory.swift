import Tasks

/// Everything that a report tells of a run: gathered from its events while it goes on, or read from what it has left behind.
package struct RunStory: Sendable {
  /// One step on one host; this machine's key is empty.
  package struct Place: Sendable, Hashable {
    package var plan: Int
    package var step: Int
    package var host: String

    package init(plan: Int, step: Int, host: String) {
      self.plan = plan
      self.step = step
      self.host = host
    }
  }

  package struct Cell: Sendable {
    package var begun: Timestamp?
    package var ended: Timestamp?
    package var outcome: Outcome?
    package var status: Int?
    /// What was wrong, in words.
    package var problem: String?
    package var attempts = 1
    package var output = StepOutput()
  }

  /// A host that was given up.
  package struct Loss: Sendable, Equatable {
    package var outcome: Outcome
    package var problem: String?
    package var time: Timestamp?
  }

  /// What an application's version has become on a host.
  package struct Change: Sendable, Equatable {
    package var application: String
    package var host: String
    package var previous: String
    package var live: String
  }

  package var facts: RunFacts
  /// What was typed.
  package var title: String
  package var plans: [StoryPlan] = []
  /// As `--plan` shows them.
  package var planText = ""
  package var cells: [Place: Cell] = [:]
  package var losses: [String: Loss] = [:]
  package var changes: [Change] = []
  package var notices: [String] = []
  /// When the run went on after it had been cut off or had failed, and when it had last been heard of before that.
  package var pauses: [(from: Timestamp, to: Timestamp)] = []
  package var finished: Timestamp?
  /// Nothing for a run that goes on, or was cut off.
  package var status: ExitStatus?
  package var isAlive = false
  /// Seconds, of the last sitting.
  package var duration: Double?
  package var rows: [Summary.Row] = []
  /// What a person can do next, a line each.
  package var next: [String] = []
  /// The folder in which everything stands that the hosts have printed.
  package var logs: String?

  package init(facts: RunFacts, title: String) {
    self.facts = facts
    self.title = title
  }

  /// What is planned, as it may be shown.
  package mutating func plan(_ plans: [Plan], mask: (String) -> String) {
    self.plans = plans.compactMap { StoryPlan(PlanJSON.value(of: $0))?.masked(mask) }
    planText = mask(plans.map { PlanText.text(of: $0) }.joined(separator: "\n"))
  }

  /// How it ended, in a word or two.
  package var outcome: String { status?.words ?? (isAlive ? "running" : "cut off") }

  /// All hosts in the order of the plans, with this machine, where it has a part, in front.
  package var hosts: [String] {
    var seen: Set<String> = []
    let all = plans.flatMap(\.phases).flatMap { $0.batches.joined() }.filter { seen.insert($0).inserted }
    return all.filter(\.isEmpty) + all.filter { !$0.isEmpty }
  }

  package static let thisMachine = "this machine"

  /// The last one that has become live, by application and host.
  package mutating func add(_ change: Change) {
    if let place = changes.firstIndex(where: { $0.application == change.application && $0.host == change.host }) {
      // The first change tells what was live before the run.
      changes[place].live = change.live
    } else {
      changes.append(change)
    }
  }

  /// The versions that are live now: the same change on many hosts is one line.
  package var versions: [(application: String, previous: String, live: String, hosts: [String])] {
    changes.reduce(into: []) { lines, change in
      if let line = lines.firstIndex(where: {
        $0.application == change.application && $0.previous == change.previous && $0.live == change.live
      }) {
        lines[line].hosts.append(change.host)
      } else {
        lines.append((change.application, change.previous, change.live, [change.host]))
      }
    }
  }
}
