import Tasks

/// Turns a task's stages into a plan: hosts resolved, batches cut, steps numbered, everything checked.
package struct Planner {
  package let deployfile: Deployfile
  /// Nothing when no environment is declared: then only local stages can be planned.
  package let inventory: Inventory?
  package let environment: String?
  package let limit: Pattern?
  /// `--jobs`: the fan-out of every phase, in place of its own limit.
  package let jobs: Int?
  /// The Deployfile's folder, which local paths are relative to.
  package let root: String

  /// What words such as `latest` have turned out to mean.
  package var answers: [VersionQuestion: Version] = [:]

  private var nextNumber = 1
  private var captured: Set<String> = []
  private var emptied: [String] = []
  private var selectedAny = false
  private var invoked: [String] = []
  private var limited: Set<String>?
  /// What is sent on occasions of the task that is being planned.
  private var notifications: [Notification] = []
  /// What the stages so far leave for the end.
  private var deferred: [PlannedStage] = []
  private var wanted: [WantedVersion] = []

  package static let defaultFanOut = 32
  package static let connectTimeout = Duration.seconds(10)

  package init(
    deployfile: Deployfile, inventory: Inventory?, environment: String?, limit: Pattern? = nil, jobs: Int? = nil, root: String
  ) {
    self.deployfile = deployfile
    self.inventory = inventory
    self.environment = environment
    self.limit = limit
    self.jobs = jobs
    self.root = root
  }

  /// The plan of one task with the words given to its parameters.
  package mutating func plan(_ task: TaskDefinition, words: [String: [String]]) throws(PlanError) -> Plan {
    if let limit, let inventory {
      do { limited = Set(try inventory.hosts(matching: limit).map(\.name)) } catch { throw .limit(error) }
    }
    let words = try resolved(words, of: task)
    let stages = try telling { planner throws(PlanError) in
      try planner.withDeferred { planner throws(PlanError) in
        try planner.planned(planner.stages(of: task, words: words), invokedBy: task.name)
      }
    }
    if !emptied.isEmpty && !selectedAny { throw .noHosts(limit: limit?.description ?? "") }
    return Plan(
      task: task.name, environment: environment, parameters: shown(task.parameters, words: words), stages: stages,
      fanOut: jobs ?? Self.defaultFanOut, connectTimeout: Self.connectTimeout, version: version(of: task.parameters, words: words),
      emptied: emptied, wanted: wanted)
  }

  private mutating func stages(of task: TaskDefinition, words: [String: [String]]) throws(PlanError) -> [Stage] {
    let known = task.parameters.map(\.name)
    if let unknown = words.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownParameter(unknown, task: task.name, known: known)
    }
    let words = try resolved(words, of: task)
    wanted += WantedVersion.named(by: words, of: task)
    do { return try task.stages(words) } catch { throw .parameter(error, task: task.name) }
  }

  private func shown(_ parameters: [ParameterDefinition], words: [String: [String]]) -> [(name: String, value: String)] {
    parameters.compactMap { parameter in
      let given = words[parameter.name].map { parameter.isList ? $0.joined(separator: " ") : $0.last ?? "" }
      return (given ?? parameter.defaultText).map { (parameter.name, $0) }
    }
  }

  private func version(of parameters: [ParameterDefinition], words: [String: [String]]) -> String? {
    guard let parameter = parameters.first(where: \.isVersion) else { return nil }
    return (words[parameter.name]?.last ?? parameter.defaultText).flatMap { Version($0)?.description }
  }

  private mutating func planned(_ stages: [Stage], invokedBy task: String) throws(PlanError) -> [PlannedStage] {
    invoked.append(task)
    defer { invoked.removeLast() }
    return try sub(stages, in: task)
  }

  /// Nothing for what is sent on an occasion: it belongs to the task, not to its place.
  private mutating func plannedStage(_ stage: Stage, in task: String) throws(PlanError) -> PlannedStage? {
    switch stage.kind {
    case .hosts(let pattern, let phases):
      return try hostsStage(pattern, phases, at: stage.location)
    case .local(let command, let name):
      for fragment in command.fragments {
        switch fragment {
        case .captured(let name): throw .capturedInLocal(name.name, at: stage.location)
        case .decided(let decision): throw .capturedInLocal(decision.name, at: stage.location)
        default: break
        }
      }
      let step = Step(.run(command), name: name, at: stage.location)
      var none: [Step] = []
      return .local(
        try stepPlanner(deferring: &none) { planner throws(PlanError) in try planner.planned(step, on: [Planner.controlMachine], inside: [])
        })
    case .notify(let channel, let message, let occasion):
      let notification = Notification(channel: channel, message: message, occasion: occasion)
      try notification.check(at: stage.location)
      guard occasion != nil else { return .notify(notification) }
      notifications.append(notification)
      return nil
    case .confirm(let question):
      return .confirm(question)
    case .versions(let package):
      return .versions(package)
    case .invoke(let name, let values):
      guard let other = deployfile.tasks.first(where: { $0.name == name }) else {
        throw .invokesUnknown(name, known: deployfile.tasks.map(\.name), at: stage.location)
      }
      if invoked.contains(name) { throw .invokesItself(invoked + [name], at: stage.location) }
      let stages = try telling { planner throws(PlanError) in
        try planner.planned(planner.stages(of: other, words: values.mapValues { [$0] }), invokedBy: name)
      }
      return .invoke(name, stages)
    case .locked(let name, let stages):
      return .locked(name, try sub(stages, in: task))
    case .attempt(let stages, let others):
      return .attempt(
        try sub(stages, in: task), onFailure: try withDeferred { planner throws(PlanError) in try planner.sub(others, in: task) })
    case .always(let stages, let others):
      return .always(
        try sub(stages, in: task), finally: try withDeferred { planner throws(PlanError) in try planner.sub(others, in: task) })
    }
  }

  /// The stages, and what they leave for the end.
  private mutating func withDeferred(
    _ body: (inout Planner) throws(PlanError) -> [PlannedStage]
  ) throws(PlanError) -> [PlannedStage] {
    let outer = deferred
    deferred = []
    defer { deferred = outer }
    let stages = try body(&self)
    return deferred.isEmpty ? stages : stages + [.atTheEnd(deferred)]
  }

  /// A task's stages, between what they have to tell on its occasions.
  private mutating func telling(
    _ body: (inout Planner) throws(PlanError) -> [PlannedStage]
  ) throws(PlanError) -> [PlannedStage] {
    let outer = notifications
    notifications = []
    defer { notifications = outer }
    let stages = try body(&self)
    return notifications.isEmpty ? stages : [.notifying(notifications, stages)]
  }

  private mutating func sub(_ stages: [Stage], in task: String) throws(PlanError) -> [PlannedStage] {
    var planned: [PlannedStage] = []
    for stage in stages {
      if let stage = try plannedStage(stage, in: task) { planned.append(stage) }
    }
    return planned
  }

  private mutating func hostsStage(_ pattern: Pattern, _ phases: [Phase], at location: SourceLocation) throws(PlanError) -> PlannedStage {
    guard let inventory else { throw .noInventory(at: location) }
    let selected = try select(pattern, in: inventory, at: location)
    let hosts = limited.map { limited in selected.filter { limited.contains($0.name) } } ?? selected
    if hosts.isEmpty {
      emptied.append(pattern.description)
      return .hosts(pattern: pattern.description, hosts: [], phases: [])
    }
    selectedAny = true
    var planned = try decisionPhases(of: phases, on: hosts, at: location)
    var later: [Step] = []
    for phase in phases {
      if let decision = phase.decision {
        planned.append(try decisionPhase(decision, inside: [], on: hosts, at: phase.location ?? location))
      } else if !phase.steps.isEmpty {
        let phase = try plannedPhase(phase, on: hosts, deferring: &later, at: phase.location ?? location)
        if !phase.steps.isEmpty { planned.append(phase) }
      }
    }
    if !later.isEmpty {
      let phase = Phase(strategy: .parallel(limit: nil), steps: later)
      var none: [Step] = []
      let phases = [try plannedPhase(phase, on: hosts, deferring: &none, at: location)]
      deferred.append(.hosts(pattern: pattern.description, hosts: hosts, phases: phases))
    }
    return .hosts(pattern: pattern.description, hosts: hosts, phases: planned)
  }

  /// What must be decided before anything else is done in the block, each decision once.
  private mutating func decisionPhases(
    of phases: [Phase], on hosts: [Host], at location: SourceLocation
  ) throws(PlanError) -> [PlannedPhase] {
    var found: [(decision: Decision, scopes: [Scope])] = []
    for next in phases.flatMap(\.decisions) where !found.contains(where: { $0.decision == next.decision }) { found.append(next) }
    var planned: [PlannedPhase] = []
    for (decision, scopes) in found { planned.append(try decisionPhase(decision, inside: scopes, on: hosts, at: location)) }
    return planned
  }

  private mutating func decisionPhase(
    _ decision: Decision, inside scopes: [Scope], on hosts: [Host], at location: SourceLocation
  ) throws(PlanError) -> PlannedPhase {
    var none: [Step] = []
    let question = Step(.capture(decision.question, decision.captured), name: decision.name, at: location)
    let phase = Phase(strategy: .parallel(limit: nil), steps: [question.inside(scopes)])
    var planned = try plannedPhase(phase, on: hosts, deferring: &none, at: location)
    for index in planned.steps.indices {
      planned.steps[index].kind = "ask"
      planned.steps[index].isQuiet = true
      planned.steps[index].description = decision.description
    }
    planned.decision = decision
    return planned
  }

  private mutating func plannedPhase(
    _ phase: Phase, on hosts: [Host], deferring later: inout [Step], at location: SourceLocation
  ) throws(PlanError) -> PlannedPhase {
    let steps = try stepPlanner(deferring: &later) { planner throws(PlanError) in try planner.planned(phase.steps, on: hosts) }
    switch phase.strategy {
    case .parallel(let limit):
      if let limit, limit < 1 { throw .outOfRange("parallel(limit:)", "\(limit)", allowed: "1 or more", at: location) }
      return PlannedPhase(
        isParallel: true, batches: [hosts], fanOut: jobs ?? limit ?? Self.defaultFanOut, pause: .zero, tolerated: 0, steps: steps)
    case .serially(let batches, let pause, let tolerance):
      try check(batches, pause: pause, tolerance: tolerance, at: location)
      let tolerated =
        switch tolerance {
        case .count(let count): count
        case .percent(let percent): hosts.count * percent / 100
        }
      return PlannedPhase(
        isParallel: false, batches: batched(hosts, by: batches), fanOut: jobs ?? Self.defaultFanOut, pause: pause, tolerated: tolerated,
        steps: steps)
    }
  }

  private func check(_ batches: Batches, pause: Duration, tolerance: Tolerance, at location: SourceLocation) throws(PlanError) {
    if batches.shares.isEmpty { throw .emptyBatches(at: location) }
    for share in batches.shares {
      switch share {
      case .count(let count) where count < 1: throw .outOfRange("serially(by: .count)", "\(count)", allowed: "1 or more", at: location)
      case .percent(let percent) where !(1...100).contains(percent):
        throw .outOfRange("serially(by: .percent)", "\(percent)", allowed: "1 to 100", at: location)
      default: break
      }
    }
    if pause < .zero { throw .outOfRange("serially(pause:)", pause.text, allowed: "0 or more", at: location) }
    switch tolerance {
    case .count(let count) where count < 0:
      throw .outOfRange("serially(tolerating: .count)", "\(count)", allowed: "0 or more", at: location)
    case .percent(let percent) where !(0...100).contains(percent):
      throw .outOfRange("serially(tolerating: .percent)", "\(percent)", allowed: "0 to 100", at: location)
    default: break
    }
  }

  private func select(_ pattern: Pattern, in inventory: Inventory, at location: SourceLocation) throws(PlanError) -> [Host] {
    do { return try inventory.hosts(matching: pattern) } catch { throw .pattern(error, at: location) }
  }

  /// Numbers and captures run on through all phases of a plan.
  private mutating func stepPlanner<Result>(
    deferring later: inout [Step], _ body: (inout StepPlanner) throws(PlanError) -> Result
  ) throws(PlanError) -> Result {
    var planner = StepPlanner(root: root, nextNumber: nextNumber, captured: captured)
    let result = try body(&planner)
    nextNumber = planner.nextNumber
    captured = planner.captured
    later += planner.deferred
    return result
  }

  /// What `local` commands run on; ad-hoc name for outcomes and events.
  package static let controlMachine = Host("localhost", variables: ["ansible_connection": "local"])
}
