import Tasks

/// The words that could stand where the cursor is.
package struct Completion {
  /// Where hosts and earlier runs come from, which is asked only when they are wanted.
  package struct Sources {
    /// The inventories of these environments, or the one that is named in their place.
    var inventories: ([EnvironmentDefinition], Invocation) -> [Inventory]
    var runs: () -> [PastRun]

    package init(
      inventories: @escaping ([EnvironmentDefinition], Invocation) -> [Inventory] = { _, _ in [] }, runs: @escaping () -> [PastRun] = { [] }
    ) {
      self.inventories = inventories
      self.runs = runs
    }
  }

  private let deployfile: Deployfile
  private let place: CompletionPlace
  private let current: String
  private let sources: Sources

  package static func answer(_ request: CompletionRequest, _ deployfile: Deployfile, _ sources: Sources) -> CompletionAnswer {
    if request.isRedirected { return .files }
    let place = CompletionPlace(request, deployfile)
    let current = String(request.current.dropFirst(place.head.count))
    return Completion(deployfile: deployfile, place: place, current: current, sources: sources).answer
  }

  private var answer: CompletionAnswer {
    switch place.kind {
    case .command: return .words([])
    case .word: return .words(current.hasPrefix("-") ? options : behindTask + tasks(withEnvironments: true))
    case .parameter(let parameter) where parameter.type.hasSuffix(String.parameterType) && parameter.choices.isEmpty: return .files
    case .parameter(let parameter): return words(values(of: parameter))
    case .argument(let option): return argument(option)
    }
  }

  private func words(_ candidates: [Candidate]) -> CompletionAnswer {
    .words(candidates.map { Candidate(place.head + $0.text, $0.help) })
  }

  // MARK: Options and parameters

  private var options: [Candidate] {
    let names = place.task?.parameters.map(\.name) ?? []
    let absent = Option.absent(from: .current)
    let ours = Option.all.filter { option in
      !absent.contains(option.name) && !names.contains(option.name.rawValue)
        && (option.name == .output || !place.options.contains(option.name))
    }
    // Letters are for those who know them; before anything else is typed they are shown.
    let letters = current == "-" ? ours.compactMap { option in option.short.map { Candidate("-\($0)", option.help) } } : []
    return (place.task.map(parameters) ?? []) + ours.map { Candidate($0.long, $0.help) } + letters
  }

  /// What the task in front takes and has not been given yet.
  private func parameters(of task: TaskDefinition) -> [Candidate] {
    task.parameters.filter { $0.isList || !place.parameters.contains($0.name) }.flatMap { parameter in
      [Candidate("--\(parameter.name)", parameter.help)]
        + (parameter.isFlag ? [Candidate("--no-\(parameter.name)", parameter.help)] : [])
    }
  }

  private var behindTask: [Candidate] { current.isEmpty ? place.task.map(parameters) ?? [] : [] }

  private func values(of parameter: ParameterDefinition) -> [Candidate] {
    if parameter.isFlag { return ["true", "false"].map { Candidate($0) } }
    if parameter.isVersion { return [Candidate("latest", "the newest one in the index")] }
    return parameter.choices.map { Candidate($0) }
  }

  // MARK: Arguments of our options

  private func argument(_ option: Option) -> CompletionAnswer {
    switch option.argument.name {
    case "PATH", "FILE": return .files
    case "ENV": return words(environments.map { Candidate($0.name, $0.isProtected ? "protected" : "") })
    case "PATTERN": return words(CompletionHosts(inventories).terms(behind: current))
    case "HOST": return words(CompletionHosts(inventories).hosts)
    case "TOOL": return words(Invocation.OtherTool.allCases.map { Candidate($0.rawValue) })
    case "TASK": return words(tasks(withEnvironments: false))
    case "RUN": return words(runs(resumable: option.name == .resume))
    case "FORMAT": return words(Invocation.Format.allCases.map { Candidate($0.rawValue) })
    case "SHELL": return words(CompletionShell.allCases.map { Candidate($0.rawValue) })
    case "WORD": return words(Invocation.UnknownSteps.allCases.map { Candidate($0.rawValue) })
    default: return .words([])
    }
  }

  private func runs(resumable: Bool) -> [Candidate] {
    sources.runs().filter { !resumable || $0.isResumable }.map { Candidate($0.id, "\($0.record.title): \($0.outcome)") }
  }

  /// Of the environment that is named, or else of all of them.
  private var inventories: [Inventory] {
    let named = environments.filter { $0.name == place.invocation.environment }
    return sources.inventories(named.isEmpty ? environments : named, place.invocation)
  }

  // MARK: Tasks

  private var environments: [EnvironmentDefinition] { deployfile.environments }

  private func tasks(withEnvironments: Bool) -> [Candidate] {
    let isOpen = withEnvironments && environments.count > 1 && !place.options.contains(.environment) && place.invocation.inventory == nil
    let tasks = deployfile.tasks.map { Candidate($0.name, $0.summary) }
    let named = withEnvironments ? tasks.filter { current.hasPrefix("\($0.text):") } : []
    return tasks.map { task in isOpen && !named.contains(task) ? Candidate("\(task.text):", task.help) : task }
      + named.flatMap { task in environments.map { Candidate("\(task.text):\($0.name)", task.help) } }
  }
}

extension Option.Argument {
  /// What stands for it in the usage text.
  fileprivate var name: String? {
    switch self {
    case .none: nil
    case .required(let name), .optional(let name): name
    }
  }
}
