import Runner
import Tasks

extension RehearsedPlan {
  /// The runner's plan as a value of the kit.
  init(_ plan: Runner.Plan) {
    task = plan.task
    environment = plan.environment
    hosts = plan.hosts.map(\.name)
    stages = plan.stages.flatMap(Stage.made)
    text = PlanText.text(of: plan)
  }
}

extension RehearsedPlan.Stage {
  /// What a task sends on occasions stands beside its stages, in the order in which it happens.
  fileprivate static func made(of stage: PlannedStage) -> [RehearsedPlan.Stage] {
    guard case .notifying(let notifications, let stages) = stage else { return [RehearsedPlan.Stage(stage)] }
    return notifications.filter { $0.occasion == .start }.map(RehearsedPlan.Stage.init) + stages.flatMap(made)
      + notifications.filter { $0.occasion != .start }.map(RehearsedPlan.Stage.init)
  }

  private init(_ notification: Runner.Notification) {
    self.init("notify", "\(notification.channel.name): \(notification.message.plain.template)")
  }

  private init(
    _ kind: String, _ name: String = "", hosts: [Host] = [], phases: [PlannedPhase] = [], steps: [PlannedStep] = [],
    stages: [PlannedStage] = [], otherwise: [PlannedStage] = []
  ) {
    self.init(
      kind: kind, name: name, hosts: hosts.map(\.name), phases: phases.map(RehearsedPlan.Phase.init),
      steps: steps.map { RehearsedPlan.Step($0, on: [Planner.controlMachine]) }, stages: stages.flatMap(Self.made),
      otherwise: otherwise.flatMap(Self.made))
  }

  private init(_ stage: PlannedStage) {
    switch stage {
    case .hosts(let pattern, let hosts, let phases): self.init("hosts", pattern, hosts: hosts, phases: phases)
    case .local(let step): self.init("local", step.name ?? step.shown.template, steps: [step])
    case .notify(let notification): self.init(notification)
    case .notifying(_, let stages): self.init("invoke", stages: stages)
    case .confirm(let question): self.init("confirm", question.plain.template)
    case .versions(let package): self.init("versions", package.name)
    case .invoke(let task, let stages): self.init("invoke", task, stages: stages)
    case .locked(let lock, let stages): self.init("locked", lock.name, hosts: lock.hosts, stages: stages)
    case .attempt(let stages, let others): self.init("attempt", stages: stages, otherwise: others)
    case .always(let stages, let others): self.init("always", stages: stages, otherwise: others)
    case .atTheEnd(let stages): self.init("atTheEnd", stages: stages)
    }
  }
}

extension RehearsedPlan.Phase {
  fileprivate init(_ phase: PlannedPhase) {
    let hosts = Array(phase.batches.joined())
    self.init(
      isParallel: phase.isParallel, batches: phase.batches.map { $0.map(\.name) }, fanOut: phase.fanOut, pause: phase.pause,
      tolerated: phase.tolerated, steps: phase.steps.map { RehearsedPlan.Step($0, on: hosts) })
  }
}

extension RehearsedPlan.Step {
  fileprivate init(_ step: PlannedStep, on hosts: [Host]) {
    let hosts = step.onlyHost.map { only in hosts.filter { $0.name == only } } ?? hosts
    let shown = step.shown
    func nested(_ steps: [PlannedStep]) -> [RehearsedPlan.Step] { steps.map { RehearsedPlan.Step($0, on: hosts) } }
    var branches: (then: [PlannedStep], otherwise: [PlannedStep]) = ([], [])
    if case .when(_, let then, let otherwise) = step.action { branches = (then, otherwise) }
    self.init(
      number: step.number, kind: step.kind, name: step.name, command: step.verb + shown.template,
      commands: Dictionary(
        hosts.map { ($0.name, step.verb + ((try? shown.rendered(for: $0).shown) ?? shown.template)) }
      ) { first, _ in first },
      once: step.onlyHost, then: nested(branches.then), otherwise: nested(branches.otherwise))
  }
}
