import Tasks

/// A plan as reports need it: phases, their batches and steps, in order; read from what `--plan --json` prints, which is kept with every run.
package struct StoryPlan: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    package var number: Int
    package var kind: String
    package var title: String
    /// How many conditions it stands behind.
    package var depth = 0
    /// The only host that does it.
    package var onlyHost: String?
    package var ignoresFailure = false
  }

  package struct Phase: Sendable, Equatable {
    /// Where, for example `hosts web` or `on this machine`.
    package var title: String
    /// In which order, for example `in parallel` or `5 batches`.
    package var how = ""
    /// Behind `onFailure`: it is needed only when something has gone wrong.
    package var isCleaningUp = false
    /// Names of hosts; empty for this machine.
    package var batches: [[String]]
    package var steps: [Step]
  }

  package var task = ""
  package var environment: String?
  package var phases: [Phase] = []

  /// Nothing for what is no plan.
  package init?(_ value: Value) {
    guard let plan = EntryReader(value), let task = plan.text("task") else { return nil }
    self.task = task
    environment = plan.text("environment")
    add(plan.array("stages"), isCleaningUp: false)
  }

  /// The plans that a run has kept: one, or an array of them.
  package static func all(_ value: Value) -> [StoryPlan] {
    if case .array(let plans) = value { return plans.compactMap(StoryPlan.init) }
    return StoryPlan(value).map { [$0] } ?? []
  }

  /// Names as they are shown: nothing in them that is to be hidden.
  package func masked(_ mask: (String) -> String) -> StoryPlan {
    var plan = self
    for phase in plan.phases.indices {
      plan.phases[phase].title = mask(plan.phases[phase].title)
      for step in plan.phases[phase].steps.indices { plan.phases[phase].steps[step].title = mask(plan.phases[phase].steps[step].title) }
    }
    return plan
  }

  private mutating func add(_ stages: [Value], isCleaningUp: Bool) {
    for stage in stages.compactMap(EntryReader.init) {
      switch stage.text("kind") {
      case "hosts":
        for phase in stage.array("phases").compactMap(EntryReader.init) {
          add(phase, "hosts \(stage.text("pattern") ?? "")", isCleaningUp: isCleaningUp)
        }
      case "local":
        let steps = stage.array("steps").flatMap { Self.steps($0, depth: 0) }
        phases.append(Phase(title: "on this machine", isCleaningUp: isCleaningUp, batches: [[""]], steps: steps))
      default:
        add(stage.array("stages"), isCleaningUp: isCleaningUp)
        add(stage.array("onFailure"), isCleaningUp: true)
        add(stage.array("finally"), isCleaningUp: isCleaningUp)
      }
    }
  }

  private mutating func add(_ phase: EntryReader, _ title: String, isCleaningUp: Bool) {
    let batches = phase.array("batches").map { batch -> [String] in
      guard case .array(let names) = batch else { return [] }
      return names.compactMap { if case .string(let name) = $0 { name } else { nil } }
    }
    let how =
      switch phase.text("strategy") {
      case "parallel": "in parallel"
      case "decide": "asked first"
      default: count(batches.count, "batch", "batches")
      }
    phases.append(
      Phase(
        title: title, how: how, isCleaningUp: isCleaningUp, batches: batches,
        steps: phase.array("steps").flatMap { Self.steps($0, depth: 0) }))
  }

  private static func steps(_ value: Value, depth: Int) -> [Step] {
    guard let step = EntryReader(value), let number = step.number("number") else { return [] }
    let own = Step(
      number: number, kind: step.text("kind") ?? "", title: step.text("name") ?? "", depth: depth, onlyHost: step.text("once"),
      ignoresFailure: step.flag("ignoresFailure") ?? false)
    return [own] + (step.array("then") + step.array("else")).flatMap { steps($0, depth: depth + 1) }
  }
}
