import Tasks

/// What tasks need of this machine and of each host, as far as their plans tell.
package struct Needs: Sendable, Equatable {
  /// By program of this machine: who needs it, for people.
  package var here: [String: [String]] = [:]
  /// By host, then by tool: the tasks that need it there.
  ///
  /// `sha256` stands for any program that makes such a digest.
  package var tools: [String: [String: [String]]] = [:]
  /// By host, then by user: the tasks that become that user there.
  package var users: [String: [String: [String]]] = [:]
  /// Tasks that could not be planned without the values of their parameters: they may need anything.
  package var unknown: [String] = []

  package init() {}

  package mutating func add(_ source: InventorySource) {
    switch source.kind {
    case .ansible: add("ansible-inventory", "the inventory")
    case .chef: for program in ["curl", "openssl"] { add(program, "the inventory") }
    case .path, .hosts: break
    }
  }

  package mutating func add(_ plan: Plan) {
    let task = plan.task
    if plan.steps.contains(where: \.isSync) { add("rsync", task) }
    let isTelling = PlannedStage.notifications(of: plan.stages).contains { if case .command = $0.channel.kind { false } else { true } }
    if isTelling || !PlannedStage.packages(of: plan.stages).isEmpty { add("curl", task) }
    for phase in PlannedStage.phases(of: plan.stages) {
      for host in phase.batches.joined() {
        for step in PlannedStep.flattened(PlannedStep.selected(phase.steps, for: host)) { add(step, of: task, on: host.name) }
      }
    }
  }

  private mutating func add(_ step: PlannedStep, of task: String, on host: String) {
    if let user = step.attributes.user { Self.append(task, to: &users[host, default: [:]][user, default: []]) }
    switch step.action {
    case .sync: Self.append(task, to: &tools[host, default: [:]]["rsync", default: []])
    case .upload, .download: Self.append(task, to: &tools[host, default: [:]]["sha256", default: []])
    case .command, .perform, .when: break
    }
  }

  private mutating func add(_ program: String, _ user: String) { Self.append(user, to: &here[program, default: []]) }

  private static func append(_ name: String, to names: inout [String]) { if !names.contains(name) { names.append(name) } }
}

extension Planning {
  /// What the tasks need in an environment; nothing is asked of package indexes.
  func needs(in environment: EnvironmentDefinition?, _ inventory: Inventory?) -> Needs {
    var needs = Needs()
    if invocation.inventory == nil, let environment { needs.add(environment.inventory) }
    for task in deployfile.tasks {
      var planner = Planner(
        deployfile: deployfile, inventory: inventory, environment: environment?.name, limit: invocation.limit.map { Pattern($0) },
        jobs: invocation.jobs, root: place.root)
      guard !task.parameters.contains(where: \.isRequired), let plan = try? planner.plan(task, words: [:]) else {
        needs.unknown.append(task.name)
        continue
      }
      needs.add(plan)
    }
    return needs
  }
}
