import Tasks

/// From calls on the command line to plans: environments, their inventories, and the planner.
package struct Planning: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  let indexes: PackageIndexes

  package init(deployfile: Deployfile, invocation: Invocation, place: Program.Place, indexes: PackageIndexes? = nil) {
    self.deployfile = deployfile
    self.invocation = invocation
    self.place = place
    self.indexes = indexes ?? PackageIndexes(root: place.root, invocation.trust)
  }

  /// The plan of every task that the command line calls, all of them before any is run.
  package func plans() async throws(Failure) -> [Plan] {
    var inventories = Inventories(planning: self)
    var plans: [Plan] = []
    for (task, call) in try calls() {
      let environment = try environment(of: call)
      let inventory = try await inventories.inventory(of: environment)
      plans.append(try await plan(task, words: call.words, environment: environment, inventory: inventory))
    }
    return plans
  }

  /// The plan of one task on an inventory that is loaded; indexes are asked only what the words leave open.
  func plan(
    _ task: TaskDefinition, words: [String: [String]], environment: EnvironmentDefinition?, inventory: Inventory?
  ) async throws(Failure) -> Plan {
    var answers: [VersionQuestion: Version] = [:]
    while true {
      var planner = Planner(
        deployfile: deployfile, inventory: inventory, environment: environment?.name, limit: invocation.limit.map { Pattern($0) },
        jobs: invocation.jobs, root: place.root)
      planner.answers = answers
      do throws(PlanError) {
        var plan = try planner.plan(task, words: words)
        plan.sudoPassword = invocation.asksSudoPassword ? .askedForSudo : environment?.sudoPassword
        return plan
      } catch {
        guard case .unresolved(let question, let parameter, _) = error, answers[question] == nil else { throw Failure(error) }
        answers[question] = try await VersionCheck(indexes: indexes).answer(question, for: parameter)
      }
    }
  }

  /// The environment that a call names, or the only one there is.
  func environment(of call: TaskCall?) throws(Failure) -> EnvironmentDefinition? {
    if let name = call?.environment ?? invocation.environment { return deployfile.environments.first { $0.name == name } }
    if deployfile.environments.count > 1, invocation.inventory == nil {
      throw Failure(UsageError.noEnvironment(known: deployfile.environments.map(\.name)))
    }
    return deployfile.environments.count == 1 ? deployfile.environments.first : nil
  }

  /// The inventory of an environment, or the one that `-i` names.
  func inventory(of environment: EnvironmentDefinition?) async throws(Failure) -> Inventory? {
    let source: InventorySource
    if let path = invocation.inventory {
      source = InventorySource(stringLiteral: absolute(path, in: place.workingFolder))
    } else if let environment {
      source = environment.inventory
    } else {
      return nil
    }
    let loader = InventoryLoader(root: place.root, trust: invocation.trust, run: Self.start)
    do throws(InventoryError) { return try await loader.load(source) } catch {
      throw Failure(error).masked(
        Masker(await SecretValues.known(to: deployfile, calls: invocation.calls, root: place.root, invocation.trust)))
    }
  }

  private func calls() throws(Failure) -> [(TaskDefinition, TaskCall)] {
    if case .on(let pattern, let command) = invocation.action { return [(Self.adHoc(pattern, command), TaskCall(task: "--on"))] }
    return invocation.calls.compactMap { call in deployfile.tasks.first { $0.name == call.task }.map { ($0, call) } }
  }

  /// One word is shell text; several are a program and its arguments, as the person's own shell has split them.
  private static func adHoc(_ pattern: String, _ words: [String]) -> TaskDefinition {
    let command: Command = words.count == 1 ? "\(raw: words[0])" : "\(words)"
    return task("--on", "An ad-hoc command") { hosts(Pattern(pattern)) { Tasks.run(command) } }
  }

  private static let start: ProgramRunner = { argv, folder throws(SystemError) in
    let result: (exit: ChildExit, output: [UInt8], errorOutput: [UInt8])
    do throws(SpawnError) { result = try await runProgram(argv, folder: folder) } catch {
      throw SystemError("start", argv.first ?? "", code: error.code)
    }
    switch result.exit {
    case .exited(let status): return (status, result.output, result.errorOutput)
    case .signalled(let signal): return (128 + signal, result.output, result.errorOutput)
    }
  }

  /// Each inventory is loaded once, however many tasks use it.
  private struct Inventories {
    let planning: Planning
    private var loaded: [String?: Inventory] = [:]

    init(planning: Planning) { self.planning = planning }

    mutating func inventory(of environment: EnvironmentDefinition?) async throws(Failure) -> Inventory? {
      if let inventory = loaded[environment?.name] { return inventory }
      let inventory = try await planning.inventory(of: environment)
      loaded[environment?.name] = inventory
      return inventory
    }
  }
}
