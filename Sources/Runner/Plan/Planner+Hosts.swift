import Tasks

/// The stages that work on hosts: patterns resolved, batches cut, decisions put first.
extension Planner {
  mutating func hostsStage(_ pattern: Pattern, _ phases: [Phase], at location: SourceLocation) throws(PlanError) -> PlannedStage {
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
    if !later.isEmpty { deferred.append(DeferredSteps(pattern: pattern, hosts: hosts, steps: later, location: location)) }
    return .hosts(pattern: pattern.description, hosts: hosts, phases: planned)
  }

  /// What must be decided before anything else is done in the block, each decision once.
  mutating func decisionPhases(
    of phases: [Phase], on hosts: [Host], at location: SourceLocation
  ) throws(PlanError) -> [PlannedPhase] {
    var found: [(decision: Decision, scopes: [Scope])] = []
    for next in phases.flatMap(\.decisions) where !found.contains(where: { $0.decision == next.decision }) { found.append(next) }
    var planned: [PlannedPhase] = []
    for (decision, scopes) in found { planned.append(try decisionPhase(decision, inside: scopes, on: hosts, at: location)) }
    return planned
  }

  mutating func decisionPhase(
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

  mutating func plannedPhase(
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

  func check(_ batches: Batches, pause: Duration, tolerance: Tolerance, at location: SourceLocation) throws(PlanError) {
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

  func select(_ pattern: Pattern, in inventory: Inventory, at location: SourceLocation) throws(PlanError) -> [Host] {
    do { return try inventory.hosts(matching: pattern) } catch { throw .pattern(error, at: location) }
  }
}

/// Steps of a `hosts` block that are done when everything else has succeeded.
struct DeferredSteps {
  let pattern: Pattern
  let hosts: [Host]
  let steps: [Step]
  let location: SourceLocation
}
