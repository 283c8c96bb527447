import Runner

/// What the launcher does itself, in place of becoming the program.
enum Errand: Equatable {
  /// `--build -o FILE`: makes one program of the Deployfile, to be carried to machines without Swift.
  case build(to: String)
  /// `--edit`: tells language servers how the Deployfile is compiled.
  case edit(answersYes: Bool)

  static func find(in words: Words) throws(LauncherError) -> Errand? {
    do throws(UsageError) { return try find(in: words.all) } catch { throw .usage(error) }
  }

  /// Nothing when the words are for the program: behind a task, these options may be parameters of its own.
  private static func find(in words: [String]) throws(UsageError) -> Errand? {
    let options = LeadingOptions(words)
    guard let asked = options.given.first(where: { Option.launchers.contains($0.option.name) })?.option else { return nil }
    if let problem = options.problem ?? options.bare.map({ _ in UsageError.tasksBeside(option: asked.long) }) { throw problem }
    if words.contains("--") { throw .commandWithoutOn }
    for (option, spelled, _) in options.given where !allowed(beside: asked.name).contains(option.name) {
      throw actions.contains(option.name) ? .twoActions(asked.long, option.long) : .besideLauncherAction(asked.long, option: spelled)
    }
    if asked.name == .edit { return .edit(answersYes: options.given.contains { $0.option.name == .yes }) }
    let files = options.given.filter { $0.option.name == .output }
    guard let file = files.first?.value, !file.isEmpty else { throw .buildWithoutOutput }
    if files.count > 1 { throw .repeated(option: files[1].spelled) }
    return .build(to: file)
  }

  private static let actions: Set<Option.Name> = [
    .list, .hosts, .help, .version, .plan, .check, .on, .history, .report, .resume, .unlock, .doctor, .begin, .build, .edit,
    .shell, .completion,
  ]

  private static func allowed(beside action: Option.Name) -> Set<Option.Name> {
    [action, action == .build ? .output : .yes, .file, .trustFiles]
  }
}

/// The options before the first task, read as the program would read them.
private struct LeadingOptions {
  private(set) var given: [(option: Option, spelled: String, value: String?)] = []
  /// Why the words behind `given` were not read.
  private(set) var problem: UsageError?
  /// The first word that is neither an option nor the value of one.
  private(set) var bare: String?

  private var rest: ArraySlice<String>

  init(_ words: [String]) {
    rest = words.prefix { $0 != "--" }
    do throws(UsageError) {
      while bare == nil, let word = rest.popFirst() { try read(word) }
    } catch {
      problem = error
    }
  }

  private mutating func read(_ word: String) throws(UsageError) {
    if word.hasPrefix("--") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = Option.long(parts[0]) else {
        throw .unknownOption(parts[0], task: nil, known: Option.all.map(\.long))
      }
      try add(option, parts[0], parts.count == 2 ? parts[1] : nil)
    } else if word.hasPrefix("-"), word != "-" {
      try readShort(word.dropFirst())
    } else {
      bare = word
    }
  }

  private mutating func readShort(_ word: Substring) throws(UsageError) {
    var letters = word
    while let letter = letters.popFirst() {
      guard let option = Option.short(letter) else {
        throw .unknownOption("-\(letter)", task: nil, known: Option.all.compactMap { $0.short.map { "-\($0)" } })
      }
      if option.name == .file, word != "f" { throw .unknownOption("-\(word)", task: nil, known: ["-f", "--file"]) }
      if case .required = option.argument, !letters.isEmpty {
        return try add(option, "-\(letter)", String(letters.first == "=" ? letters.dropFirst() : letters))
      }
      try add(option, "-\(letter)", nil)
    }
  }

  private mutating func add(_ option: Option, _ spelled: String, _ inline: String?) throws(UsageError) {
    var value = inline
    switch option.argument {
    case .none:
      guard let inline else { break }
      // What is asked for is known all the same.
      given.append((option, spelled, nil))
      throw .unexpectedArgument(option: spelled, argument: inline)
    case .optional: value = value ?? next()
    case .required(let argument):
      value = value ?? next()
      if value == nil { throw .missingArgument(option: spelled, argument: argument) }
    }
    given.append((option, spelled, value))
  }

  /// The next word, unless it is an option.
  private mutating func next() -> String? {
    guard let word = rest.first, !word.hasPrefix("-") || word == "-" else { return nil }
    rest.removeFirst()
    return word
  }
}
