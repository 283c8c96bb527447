import Tasks

/// Everything one task will do, on which hosts, in which order: complete and checked before any host is touched.
package struct Plan: Sendable {
  package var task: String
  package var environment: String?
  /// Name and value, as they would be typed, in the task's order.
  package var parameters: [(name: String, value: String)]
  /// The words that were given, with versions in place of `latest` and specifiers.
  package var words: [String: [String]] = [:]
  package var stages: [PlannedStage]
  /// How many hosts are worked on at once where a phase says nothing else.
  package var fanOut: Int
  package var connectTimeout: Duration
  /// The version that was asked for, if the task has a parameter of that type.
  package var version: String?
  /// What sudo gets when it asks for a password.
  package var sudoPassword: Secret?
  /// Patterns that `--limit` left without a host, whose stages are skipped.
  package var emptied: [String] = []
  /// What is live, as far as this machine knows, by application.
  package var live: [String: LiveMemory] = [:]
  /// Versions that parameters name of packages that are known: an index must have them.
  package var wanted: [WantedVersion] = []

  /// The hosts that take part, in the order of their first stage.
  package var hosts: [Host] {
    var seen: Set<String> = []
    return PlannedStage.phases(of: stages).flatMap { $0.batches.joined() }.filter { seen.insert($0.name).inserted }
  }

  package var needsSSH: Bool { hosts.contains { !$0.isLocal } }

  /// Every step, depth first; both branches of conditions.
  package var steps: [PlannedStep] { PlannedStage.steps(of: stages) }
}

/// A stage whose hosts are known.
package indirect enum PlannedStage: Sendable {
  case hosts(pattern: String, hosts: [Host], phases: [PlannedPhase])
  case local(PlannedStep)
  case notify(Notification)
  /// A task's stages, with what is sent when it starts and when it has ended.
  case notifying([Notification], [PlannedStage])
  case confirm(Text)
  /// What an index offers of a package, shown.
  case versions(Package)
  case invoke(String, [PlannedStage])
  case locked(PlannedLock, [PlannedStage])
  case attempt([PlannedStage], onFailure: [PlannedStage])
  case always([PlannedStage], finally: [PlannedStage])
  /// What is left for when everything else has succeeded.
  case atTheEnd([PlannedStage])

  /// The stages inside, in the order in which they are written.
  package var children: [[PlannedStage]] {
    switch self {
    case .hosts, .local, .notify, .confirm, .versions: []
    case .invoke(_, let stages), .locked(_, let stages), .notifying(_, let stages), .atTheEnd(let stages): [stages]
    case .attempt(let stages, let others), .always(let stages, let others): [stages, others]
    }
  }

  /// All phases, depth first; those behind `onFailure` only when cleaning up counts.
  package static func phases(of stages: [PlannedStage], cleaningUp: Bool = true) -> [PlannedPhase] {
    stages.flatMap { stage -> [PlannedPhase] in
      switch stage {
      case .hosts(_, _, let phases): phases
      case .attempt(let stages, _) where !cleaningUp: phases(of: stages, cleaningUp: false)
      default: stage.children.flatMap { phases(of: $0, cleaningUp: cleaningUp) }
      }
    }
  }

  /// The locks of all blocks, depth first; those behind `onFailure` and `finally` are given back there.
  package static func locks(of stages: [PlannedStage]) -> [PlannedLock] {
    stages.flatMap { stage -> [PlannedLock] in
      switch stage {
      case .locked(let lock, let stages): [lock] + locks(of: stages)
      default: stage.children.first.map(locks) ?? []
      }
    }
  }

  package static func steps(of stages: [PlannedStage]) -> [PlannedStep] {
    stages.flatMap { stage in
      switch stage {
      case .hosts(_, _, let phases): phases.flatMap { PlannedStep.flattened($0.steps) }
      case .local(let step): [step]
      default: stage.children.flatMap(steps)
      }
    }
  }

  /// The packages whose versions are shown or installed.
  package static func packages(of stages: [PlannedStage]) -> [Package] {
    stages.flatMap { stage -> [Package] in
      if case .versions(let package) = stage { return [package] }
      return stage.children.flatMap(packages)
    } + steps(of: stages).compactMap(\.installs?.package)
  }
}

/// A phase cut into batches.
package struct PlannedPhase: Sendable {
  package var isParallel: Bool
  /// Hosts done together; a parallel phase is one batch.
  package var batches: [[Host]]
  /// How many hosts at once within a batch.
  package var fanOut: Int
  package var pause: Duration
  /// How many hosts may fail before the rest is not started.
  package var tolerated: Int
  package var steps: [PlannedStep]
  /// What is made of what the hosts answer to the only step.
  package var decision: Decision?
  /// A decision that only tells people something: the hosts that answer are enough for it.
  package var isReport = false
}
