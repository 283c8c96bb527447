import Tasks

/// Reads the words after `run`: our options stand anywhere before `--`, a task's options follow the task.
package struct CommandLineParser {
  private let tasks: [TaskDefinition]
  private let environments: [String]
  private let isBuilt: Bool
  private var rest: ArraySlice<String>
  private var invocation = Invocation()
  private var action: (Option, String?)?

  /// - Parameter isBuilt: whether the Deployfile is built into the program, so that there is no other one to be named.
  package init(deployfile: Deployfile, words: [String], isBuilt: Bool = false) {
    self.isBuilt = isBuilt
    tasks = deployfile.tasks
    environments = deployfile.environments.map(\.name)
    rest = words[...]
  }

  package mutating func parse() throws(UsageError) -> Invocation {
    var command: [String]?
    while let word = rest.popFirst() {
      if word == "--" {
        command = Array(rest)
        break
      }
      if word.hasPrefix("--") {
        try readLong(word)
      } else if word.hasPrefix("-") && word != "-" {
        try readShort(word)
      } else {
        invocation.calls.append(try call(word))
      }
    }
    try settle(command)
    return invocation
  }

  // MARK: Options

  private mutating func readLong(_ word: String) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0].dropFirst(2))
    let value = parts.count == 2 ? String(parts[1]) : nil
    if let task = currentTask, try readParameter(of: task, name, value) { return }
    guard let option = Option.long("--\(name)") else {
      let known = (currentTask?.parameters.map { "--\($0.name)" } ?? []) + Option.all.map(\.long)
      throw .unknownOption("--\(name)", task: currentTask?.name, known: known)
    }
    try read(option, spelled: "--\(name)", value)
  }

  private mutating func readShort(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = Option.short(letter) else {
        throw .unknownOption("-\(letter)", task: nil, known: Option.all.compactMap { $0.short.map { "-\($0)" } })
      }
      // The launcher, which looks for it first, takes it as a word of its own.
      if option.name == .file, word != "-f" { throw .unknownOption(word, task: nil, known: ["-f", "--file"]) }
      if case .required = option.argument, !letters.isEmpty {
        try read(option, spelled: "-\(letter)", String(letters.first == "=" ? letters.dropFirst() : letters))
        return
      }
      try read(option, spelled: "-\(letter)", nil)
    }
  }

  private mutating func read(_ option: Option, spelled: String, _ inline: String?) throws(UsageError) {
    var value = inline
    switch option.argument {
    case .none: if let inline { throw .unexpectedArgument(option: spelled, argument: inline) }
    case .required(let argument):
      if value == nil { value = nextValue() }
      if value == nil { throw .missingArgument(option: spelled, argument: argument) }
    case .optional:
      if value == nil { value = nextValue() }
    }
    try apply(option, spelled: spelled, value ?? "", given: value)
  }

  private mutating func apply(_ option: Option, spelled: String, _ value: String, given: String?) throws(UsageError) {
    switch option.name {
    case .plan, .list, .hosts, .check, .on, .help, .version, .history, .report, .resume, .unlock, .doctor, .begin, .build, .edit, .shell,
      .completion:
      if let (other, _) = action, other != option { throw .twoActions(other.long, option.long) }
      action = (option, given)
    case .environment: invocation.environment = value
    case .limit: invocation.limit = value
    case .jobs:
      guard let jobs = Int(value), jobs > 0 else { throw .notANumber(option: spelled, text: value) }
      invocation.jobs = jobs
    case .yes: invocation.answersYes = true
    case .unknown:
      guard let word = Invocation.UnknownSteps(rawValue: value) else { throw .unknownSteps(value) }
      invocation.unknownSteps = word
    case .askSudoPassword: invocation.asksSudoPassword = true
    case .from:
      guard let origin = Invocation.OtherTool(rawValue: value) else { throw .unknownOrigin(value) }
      invocation.origins.append(origin)
    case .file: if isBuilt { throw .onlyOfLauncher(spelled) }
    case .inventory: invocation.inventory = value
    case .trustFiles: invocation.trustsFiles = true
    case .format:
      guard let format = Invocation.Format(rawValue: value) else { throw .unknownFormat(value) }
      invocation.format = format
    case .output:
      guard let output = Invocation.Output(value) else {
        guard action?.0.name == .build else { throw .unknownOutput(value) }
        throw isBuilt ? .onlyOfLauncher("--build") : .tasksBeside(option: "--build")
      }
      invocation.outputs.append(output)
    case .acceptNewHostKeys: invocation.acceptsNewHostKeys = true
    case .json: invocation.wantsJSON = true
    case .diff: invocation.wantsDifference = true
    case .open: invocation.opensReport = true
    case .verbose: invocation.detail = .verbose
    case .quiet: invocation.detail = .quiet
    }
  }

  /// The next word, unless it is an option.
  private mutating func nextValue() -> String? {
    guard let word = rest.first, !word.hasPrefix("-") || word == "-" else { return nil }
    rest.removeFirst()
    return word
  }

  // MARK: Tasks

  private var currentTask: TaskDefinition? { invocation.calls.last.flatMap { call in tasks.first { $0.name == call.task } } }

  private mutating func readParameter(of task: TaskDefinition, _ name: String, _ inline: String?) throws(UsageError) -> Bool {
    let negated = name.hasPrefix("no-") ? String(name.dropFirst(3)) : nil
    if let parameter = task.parameters.first(where: { $0.name == name }) {
      try record(parameter, parameter.isFlag ? flag(name, inline) : inline ?? parameterValue(), spelled: "--\(name)")
    } else if let negated, let parameter = task.parameters.first(where: { $0.name == negated && $0.isFlag }) {
      if let inline { throw .unexpectedArgument(option: "--\(name)", argument: inline) }
      try record(parameter, "false", spelled: "--\(name)")
    } else {
      return false
    }
    return true
  }

  private func flag(_ name: String, _ inline: String?) throws(UsageError) -> String {
    guard let inline else { return "true" }
    guard ["true", "false"].contains(inline) else { throw .flagValue(option: "--\(name)", text: inline) }
    return inline
  }

  /// The word after a parameter's name; it may begin with one `-`, as a negative number does.
  private mutating func parameterValue() -> String? {
    guard let word = rest.first, !word.hasPrefix("--"), Option.all.allSatisfy({ option in option.short.map { "-\($0)" } != word }) else {
      return nil
    }
    rest.removeFirst()
    return word
  }

  private mutating func record(_ parameter: ParameterDefinition, _ value: String?, spelled: String) throws(UsageError) {
    guard let value else { throw .missingArgument(option: spelled, argument: parameter.type) }
    let last = invocation.calls.count - 1
    if !parameter.isList, invocation.calls[last].words[parameter.name] != nil { throw .repeated(option: "--\(parameter.name)") }
    invocation.calls[last].words[parameter.name, default: []].append(value)
  }

  /// `TASK`, or `TASK:ENVIRONMENT` split at the last colon unless the whole word names a task.
  private func call(_ word: String) throws(UsageError) -> TaskCall {
    if tasks.contains(where: { $0.name == word }) { return TaskCall(task: word) }
    guard let colon = word.lastIndex(of: ":") else { throw .unknownTask(word, known: tasks.map(\.name)) }
    let task = String(word[..<colon]), environment = String(word[word.index(after: colon)...])
    guard tasks.contains(where: { $0.name == task }) else {
      let known = tasks.map(\.name)
      throw .unknownTask(environments.contains(environment) || !didSuggest(word, known) ? task : word, known: known)
    }
    guard environments.contains(environment) else { throw .unknownEnvironment(environment, known: environments) }
    return TaskCall(task: task, environment: environment)
  }

  private func didSuggest(_ word: String, _ known: [String]) -> Bool { !suggestions(for: word, among: known).isEmpty }

  // MARK: The whole

  private mutating func settle(_ command: [String]?) throws(UsageError) {
    if let environment = invocation.environment, !environments.contains(environment) {
      throw .unknownEnvironment(environment, known: environments)
    }
    if let name = action?.0.name, name == .resume || name == .report {
      let given: [(Option.Name, Bool)] = [
        (.environment, invocation.environment != nil), (.limit, invocation.limit != nil), (.jobs, invocation.jobs != nil),
        (.inventory, invocation.inventory != nil),
      ]
      if let option = given.first(where: \.1)?.0 { throw .besideOldRun("--\(name.rawValue)", option: "--\(option.rawValue)") }
    }
    if invocation.unknownSteps != nil, action?.0.name != .resume { throw .unknownWithout }
    if invocation.wantsDifference, action?.0.name != .plan || invocation.wantsJSON { throw .differenceWithout }
    if invocation.opensReport, action?.0.name != .report { throw .openWithout }
    if !invocation.origins.isEmpty, action?.0.name != .begin { throw .originWithout }
    guard let (option, argument) = action else {
      if command != nil { throw .commandWithoutOn }
      invocation.action = invocation.calls.isEmpty ? .list : .run
      if invocation.wantsJSON, invocation.action == .run { throw .jsonWithout }
      if !invocation.outputs.isEmpty, invocation.action == .list { throw .besideLauncherAction("--list", option: "--output") }
      return
    }
    switch option.name {
    case .plan:
      if invocation.calls.isEmpty { throw .nothingToPlan }
      invocation.action = .plan
    case .on:
      guard let command, !command.isEmpty else { throw .missingCommand }
      invocation.action = .on(argument ?? "", command: command)
    case .hosts: invocation.action = .hosts(argument)
    case .help: invocation.action = .help(argument ?? invocation.calls.first?.task)
    case .check: invocation.action = .check
    case .version: invocation.action = .version
    case .history: invocation.action = .history
    case .report:
      invocation.action = .report(argument)
      if let output = invocation.outputs.first(where: { ![.html, .md].contains($0.kind) }) { throw .outputOfReport(output.path) }
    case .resume: invocation.action = .resume(argument)
    case .unlock: invocation.action = .unlock(argument ?? "")
    case .doctor: invocation.action = .doctor(argument)
    case .begin: invocation.action = .begin
    case .shell: invocation.action = .shell(argument ?? "")
    case .completion:
      guard let shell = CompletionShell(rawValue: argument ?? "") else { throw .unknownShell(argument ?? "") }
      invocation.action = .completion(shell)
    default: invocation.action = .list
    }
    if command != nil, option.name != .on { throw .commandWithoutOn }
    if !invocation.calls.isEmpty, ![.plan, .help, .version].contains(option.name) {
      throw .tasksBeside(option: option.long)
    }
    if Option.launchers.contains(option.name) || (isBuilt && option.name == .begin) { throw .onlyOfLauncher(option.long) }
    if !invocation.outputs.isEmpty, ![.on, .resume, .report].contains(option.name) {
      throw .besideLauncherAction(option.long, option: "--output")
    }
    if invocation.wantsJSON, ![.plan, .hosts, .list, .history, .doctor].contains(option.name) { throw .jsonWithout }
  }
}
