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
  var emptied: [String] = []
  var selectedAny = false
  private var invoked: [String] = []
  var limited: Set<String>?
  /// What is sent on occasions of the task that is being planned.
  private var notifications: [Notification] = []
  /// What the stages so far leave for the end.
  var deferred: [DeferredSteps] = []
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
      task: task.name, environment: environment, parameters: shown(task.parameters, words: words), words: words, stages: stages,
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
    case .locked(let name, let wait, let stages):
      guard PlannedLock.isName(name) else { throw .badName(.lock, name, at: stage.location) }
      if wait < .zero { throw .outOfRange("locked(wait:)", wait.text, allowed: "0 or more", at: stage.location) }
      let before = deferred.count
      let planned = try sub(stages, in: task)
      let later = deferred[before...]
      return .locked(
        PlannedLock(
          name: name, wait: wait, hosts: PlannedLock.hosts(of: planned, later: later.flatMap(\.hosts)), isHeldToTheEnd: !later.isEmpty),
        planned)
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
    var last: [PlannedStage] = []
    for next in deferred {
      let phase = Phase(strategy: .parallel(limit: nil), steps: next.steps)
      var none: [Step] = []
      let phases = [try plannedPhase(phase, on: next.hosts, deferring: &none, at: next.location)]
      last.append(.hosts(pattern: next.pattern.description, hosts: next.hosts, phases: phases))
    }
    return last.isEmpty ? stages : stages + [.atTheEnd(last)]
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

  /// Numbers and captures run on through all phases of a plan.
  mutating func stepPlanner<Result>(
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
