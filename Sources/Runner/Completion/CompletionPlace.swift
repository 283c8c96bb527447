import Tasks

/// What belongs where the cursor is, as far as the words in front of it tell.
package struct CompletionPlace {
  package enum Kind: Equatable {
    /// A task, an option of ours, or a parameter of the task in front.
    case word
    /// What an option of ours takes.
    case argument(Option)
    /// A value of a parameter.
    case parameter(ParameterDefinition)
    /// Behind `--`: a command of the hosts, of which nothing is known here.
    case command
  }

  package private(set) var kind = Kind.word
  /// What stands in the same word in front of the value: `--limit=`, `-l`.
  package private(set) var head = ""
  package private(set) var task: TaskDefinition?
  /// The environment and the inventory that are named, and whether files are trusted.
  package private(set) var invocation = Invocation()
  /// Options of ours that were given, and parameters that were given to the task in front.
  package private(set) var options: Set<Option.Name> = []
  package private(set) var parameters: Set<String> = []

  private let tasks: [TaskDefinition]

  package init(_ request: CompletionRequest, _ deployfile: Deployfile) {
    tasks = deployfile.tasks
    for word in request.before { read(word) }
    if kind != .command { look(at: request.current) }
  }

  // MARK: Words in front of the cursor

  private mutating func read(_ word: String) {
    switch kind {
    case .command: return
    case .argument(let option) where !word.hasPrefix("-") || word == "-":
      kind = .word
      return note(option, word)
    case .parameter where !word.hasPrefix("--"):
      kind = .word
      return
    default: kind = .word
    }
    if word == "--" {
      kind = .command
    } else if word.hasPrefix("--") {
      let (name, value) = Self.parts(word)
      expect(name, value)
    } else if word.hasPrefix("-"), word != "-" {
      if let (option, _, value) = Self.letters(word) { expect(option, value) }
    } else {
      call(word)
    }
  }

  private mutating func expect(_ name: String, _ value: String?) {
    let plain = name.hasPrefix("no-") ? String(name.dropFirst(3)) : name
    if let parameter = task?.parameters.first(where: { $0.name == name || $0.isFlag && $0.name == plain }) {
      parameters.insert(parameter.name)
      if value == nil, !parameter.isFlag { kind = .parameter(parameter) }
    } else if let option = Option.long("--\(name)") {
      expect(option, value)
    }
  }

  private mutating func expect(_ option: Option, _ value: String?) {
    options.insert(option.name)
    if let value { note(option, value) } else if option.argument == .none { note(option, "") } else { kind = .argument(option) }
  }

  private mutating func note(_ option: Option, _ value: String) {
    switch option.name {
    case .environment: invocation.environment = value
    case .inventory: invocation.inventory = value
    case .trustFiles: invocation.trustsFiles = true
    default: break
    }
  }

  private mutating func call(_ word: String) {
    parameters = []
    task = tasks.first { $0.name == word }
    guard task == nil, let colon = word.lastIndex(of: ":") else { return }
    task = tasks.first { $0.name == word[..<colon] }
    invocation.environment = String(word[word.index(after: colon)...])
  }

  // MARK: The word at the cursor

  private mutating func look(at current: String) {
    let isOption = current.hasPrefix("-")
    if case .parameter = kind, !current.hasPrefix("--") { return }
    if case .argument = kind, !isOption { return }
    kind = .word
    if current.hasPrefix("--") {
      let (name, value) = Self.parts(current)
      guard value != nil else { return }
      if let parameter = task?.parameters.first(where: { $0.name == name }) {
        kind = .parameter(parameter)
      } else if let option = Option.long("--\(name)"), option.argument != .none {
        kind = .argument(option)
      }
      head = "--\(name)="
    } else if isOption, let (option, place, value) = Self.letters(current), value != nil {
      kind = .argument(option)
      head = place
    }
  }

  /// `--name=value` in its parts.
  private static func parts(_ word: String) -> (name: String, value: String?) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts.first ?? ""), parts.count == 2 ? String(parts[1]) : nil)
  }

  /// The last option of `-vl` or `-vlweb`, what stands in front of its value, and the value.
  private static func letters(_ word: String) -> (option: Option, head: String, value: String?)? {
    var head = "-", last: Option?
    for letter in word.dropFirst() {
      guard let option = Option.short(letter) else { return nil }
      head.append(letter)
      last = option
      guard case .required = option.argument, head.count < word.count else { continue }
      if word.dropFirst(head.count).first == "=" { head.append("=") }
      return (option, head, String(word.dropFirst(head.count)))
    }
    return last.map { ($0, head, nil) }
  }
}
