extension Failure {
  /// What to tell about an inventory that cannot be used.
  package init(_ error: InventoryError) {
    switch error {
    case .file(let path, let problem): self.init(problem, path: path)
    case .untrusted(let problem): self.init(problem)
    case .text(let place, let problem): self.init(problem.message, at: place.text, help: problem.help)
    case .undefinedGroup(let place, let name, let use, let known):
      let message =
        switch use {
        case .variables: "[\(name):vars] sets variables of a group that is not declared"
        case .child(let parent): "[\(parent):children] holds \"\(name)\", which is not declared"
        }
      self.init(message, at: place.text, help: didYouMean(name, among: known) ?? "Declare it with a section [\(name)].")
    case .loop(let place, let child, let parent):
      self.init(
        "the group \"\(child)\" cannot be inside \"\(parent)\", because \"\(parent)\" is inside \"\(child)\"", at: place.text,
        help: "Take one of them out of the other.")
    case .ungroupedChild(let place, let parent):
      self.init(
        "\"ungrouped\" cannot be inside \"\(parent)\": its hosts would no longer be ungrouped, and Ansible drops them", at: place.text,
        help: "List the hosts in a group of their own, and that group under [\(parent):children].")
    case .host(let place, let name, let problem): self.init(problem.message(name), at: place?.text, help: problem.help)
    case .program(let argv, let problem): self.init(problem, argv: argv)
    case .chef(let server, let error): self.init(error, server: server)
    case .shape(let place, let path, let expected):
      let subject = path.isEmpty ? "the inventory" : Failure.visible(path.joined(separator: "."))
      self.init("\(subject) must be \(expected.words)", at: place.text, help: "Ansible's format is {\"web\": {\"hosts\": [\"web1\"]}}.")
    }
  }

  private init(_ problem: InventoryError.FileProblem, path: String) {
    switch problem {
    case .unreadable(let error):
      self.init("cannot read the inventory: \(error.reason)", at: path, help: "Check inventory: of the environment, or what -i names.")
    case .empty: self.init("the inventory is empty", at: path, help: "List a host a line, for example under a section [web].")
    case .unsupported(let format, let source):
      self.init(
        "the inventory is \(format.words), which only Ansible reads", at: path,
        help: "Write inventory: .ansible(\"\(source)\") to have ansible-inventory read it.")
    case .unsupportedVariables(let format, let name):
      self.init(
        "the variables of \"\(name)\" are \(format.words), which only Ansible reads", at: path,
        help: "Give the inventory as .ansible(\"...\") to have ansible-inventory read it, or write the file as JSON.")
    case .notExecutable:
      self.init("the inventory begins with #! but is not executable", at: path, help: "Run: chmod +x \(path)")
    case .emptyFolder:
      self.init(
        "the inventory folder has no inventory in it", at: path, help: "Put one into it; hidden files and endings such as .md do not count."
      )
    case .json(let error): self.init(error, path: path)
    case .tooManyHosts(let limit): self.init("the inventory has more than \(limit) hosts", at: path, help: "Check its ranges.")
    }
  }

  private init(_ problem: InventoryError.ProgramProblem, argv: [String]) {
    let command = argv.joined(separator: " ")
    switch problem {
    case .missing:
      let isAnsible = argv.first == "ansible-inventory"
      self.init("cannot find \(argv.first ?? "")", help: isAnsible ? "Install it, for example with: pip install ansible-core" : nil)
    case .notStarted(let error): self.init("cannot start \(command): \(error.reason)")
    case .status(let status, let errorOutput):
      let lines = errorOutput.split(whereSeparator: \.isNewline).suffix(5).map { Failure.visible(String($0)) }
      self.init("\(command) exited with status \(status)", help: lines.isEmpty ? nil : lines.joined(separator: "\n  "))
    case .json(let error):
      self.init("\(command) did not print JSON: line \(error.line), column \(error.column): \(error.problem.words)")
    }
  }

  /// What to tell about a text that should be JSON.
  package init(_ error: JSONError, path: String) {
    self.init("this is not JSON: \(error.problem.words)", at: "\(path):\(error.line):\(error.column)")
  }

  /// What to tell about a pattern that selects no hosts or cannot be read.
  package init(_ error: PatternError) {
    switch error {
    case .empty(let pattern):
      self.init("the pattern \"\(Failure.visible(pattern))\" names no host", help: "Write \"all\" for every host.")
    case .term(let term, let pattern, let problem):
      let term = Failure.visible(term), pattern = Failure.visible(pattern)
      self.init(problem.message(term) + (term == pattern ? "" : " (in the pattern \"\(pattern)\")"), help: problem.help(term))
    }
  }
}

extension Failure {
  /// Text from outside with its control characters made visible, so that a message cannot drive the terminal; of a long one the beginning.
  static func visible(_ text: String) -> String { visible(text, upTo: 300) }

  static func visible(_ text: String, upTo limit: Int) -> String {
    var result = ""
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex) ?? scalars.endIndex
    for scalar in scalars[..<end] {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return end == scalars.endIndex ? result : result + "..."
  }
}

extension Place {
  fileprivate var text: String { line.map { "\(file):\($0)" } ?? file }
}
