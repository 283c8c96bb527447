import Runner
import Tasks

/// A plan whose steps only play what they would do: the same numbers, titles, batches and conditions, and no effect.
struct PlayedPlan {
  private let casting: Casting
  private let number: Int
  /// By step, the timeout that is too short for it.
  private(set) var timeouts: [Int: Duration] = [:]

  /// The shortest timeout that a step can have.
  static let shortTimeout = Duration.seconds(1)

  init(_ casting: Casting, number: Int) {
    self.casting = casting
    self.number = number
  }

  mutating func played(_ plan: Runner.Plan) -> Runner.Plan {
    var plan = plan
    plan.stages = plan.stages.map { played($0) }
    plan.sudoPassword = nil
    return plan
  }

  private mutating func played(_ stages: [PlannedStage]) -> [PlannedStage] { stages.map { played($0) } }

  private mutating func played(_ stage: PlannedStage) -> PlannedStage {
    switch stage {
    case .hosts(let pattern, let hosts, let phases):
      return .hosts(pattern: pattern, hosts: hosts.map(played), phases: phases.map { played($0) })
    case .local(let step): return .local(played(step, on: [Planner.controlMachine]))
    case .notify(let notification): return .notify(played(notification))
    case .notifying(let notifications, let stages): return .notifying(notifications.map(played), played(stages))
    case .confirm, .versions: return stage
    case .invoke(let task, let stages): return .invoke(task, played(stages))
    case .locked(var lock, let stages):
      lock.hosts = lock.hosts.map(played)
      // Whoever has it in a rehearsal does not give it back.
      lock.wait = .zero
      return .locked(lock, played(stages))
    case .attempt(let stages, let others): return .attempt(played(stages), onFailure: played(others))
    case .always(let stages, let others): return .always(played(stages), finally: played(others))
    case .atTheEnd(let stages): return .atTheEnd(played(stages))
    }
  }

  private mutating func played(_ phase: PlannedPhase) -> PlannedPhase {
    var phase = phase
    phase.batches = phase.batches.map { $0.map(played) }
    phase.pause = .zero
    let hosts = Array(phase.batches.joined())
    phase.steps = played(phase.steps, on: hosts)
    return phase
  }

  /// Locks are kept in the home that a host has in the rehearsal.
  private func played(_ host: Host) -> Host {
    var host = host
    host.variables["pushbutton_lock_folder"] = nil
    return host
  }

  /// Nobody is told: the message goes nowhere.
  private func played(_ notification: Runner.Notification) -> Runner.Notification {
    var notification = notification
    notification.channel.kind = .command("exec cat >/dev/null")
    return notification
  }

  // MARK: Steps

  /// A step that is not the same on all hosts becomes one for each host.
  private mutating func played(_ steps: [PlannedStep], on hosts: [Host]) -> [PlannedStep] {
    var result: [PlannedStep] = []
    for step in steps {
      let own = step.onlyHost.map { only in hosts.filter { $0.name == only } } ?? hosts
      if isUniform(step, on: own) {
        result.append(played(step, on: own))
      } else {
        for host in own {
          var one = played(step, on: [host])
          one.onlyHost = host.name
          result.append(one)
        }
      }
    }
    return result
  }

  private func isUniform(_ step: PlannedStep, on hosts: [Host]) -> Bool {
    guard let first = hosts.first else { return true }
    return PlannedStep.flattened([step]).allSatisfy { step in
      let performance = performance(of: step, on: first)
      return hosts.dropFirst().allSatisfy { self.performance(of: step, on: $0) == performance }
    }
  }

  private func performance(of step: PlannedStep, on host: Host) -> Performance {
    casting.performance(of: step.number, plan: number, on: host.name)
  }

  private mutating func played(_ step: PlannedStep, on hosts: [Host]) -> PlannedStep {
    let performance = hosts.first.map { self.performance(of: step, on: $0) } ?? Performance()
    let isLate = step.timeout.map { performance.duration >= $0 } ?? false
    let script = performance.script(step: step.number, waiting: isLate ? Performance.forever : performance.duration * pace)
    var result = step
    // What people read stays as it is, whatever stands in place of the step.
    result.description = "\(raw: step.verb)\(raw: step.shown)"
    result.attributes.folders = []
    result.attributes.variables = []
    result.attributes.user = nil
    result.pause = .zero
    result.timeout = isLate ? Self.shortTimeout : nil
    if isLate { timeouts[step.number] = step.timeout }
    switch step.action {
    case .when(_, let then, let otherwise):
      result.action = .when(script, then: played(then, on: hosts), otherwise: played(otherwise, on: hosts))
    case .command(_, _, let captured): result.action = .command(script, shown: nil, captured: captured)
    case .upload, .download, .sync, .perform: result.action = .command(script, shown: nil, captured: nil)
    }
    return result
  }

  /// The longest wait of a rehearsal is a second.
  private var pace: Double { 1 / max(1, casting.longest.seconds) }
}
