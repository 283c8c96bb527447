import Tasks

extension Failure {
  package init(_ error: PlanError) {
    switch error {
    case .parameter(let error, let task): self.init(error, task: task)
    case .unresolved(let question, let parameter, let task):
      self.init(
        "--\(parameter) of the task \"\(task)\" is \(question.word), which only the index \(question.package.shownIndex) can say",
        help: "Write the version out.")
    case .noPackage(let parameter, let word, let task):
      self.init(
        "--\(parameter) of the task \"\(task)\" is \(word), but nothing says of which package",
        help:
          "Give the parameter its package, Parameter<Version>(\"\(parameter)\", of: ...), or the step that installs it .installs(version, of: ...); or write the version out."
      )
    case .unknownParameter(let name, let task, let known):
      let help = known.isEmpty ? "It takes none." : "It takes \(known.joined(separator: ", "))."
      self.init("the task \"\(task)\" has no parameter \"\(name)\"", help: didYouMean(name, among: known) ?? help)
    case .invokesUnknown(let name, let known, let place):
      self.init(
        "invoke(\"\(name)\"): there is no such task", at: "\(place)",
        help: didYouMean(name, among: known) ?? "List the task in Deployfile { }.")
    case .invokesItself(let names, let place):
      self.init(
        "tasks invoke each other in a circle: \(names.joined(separator: " -> "))", at: "\(place)",
        help: "Take one invoke out of the circle.")
    case .noInventory(let place):
      self.init(noInventory: ())
      self.place = "\(place)"
    case .noHosts(let limit):
      self.init(
        "--limit \(limit) leaves the run without any host", help: "run --hosts PATTERN shows what a pattern selects.")
    case .pattern(let error, let place):
      self = Failure(error)
      self.place = self.place ?? "\(place)"
    case .limit(let error):
      self = Failure(error)
      self.place = "--limit"
    case .rendering(let error, let place): self.init(error, at: place)
    case .outOfRange(let what, let value, let allowed, let place):
      self.init("\(what) is \(value)", at: "\(place)", help: "It must be \(allowed).")
    case .emptyBatches(let place):
      self.init("serially(by: []) has no batch size", at: "\(place)", help: "For example serially(by: [.count(1), .percent(25)]).")
    case .unreadable(let path, let reason, let place):
      self.init("cannot read \(path): \(reason)", at: "\(place)", help: "Paths are relative to the folder of the Deployfile.")
    case .isFolder(let path, let place):
      self.init("\(path) is a folder", at: "\(place)", help: "Copy a folder with sync(\"...\", to: \"...\").")
    case .notFolder(let path, let place):
      self.init("\(path) is not a folder", at: "\(place)", help: "Copy a file with upload(\"...\", to: \"...\").")
    case .secretInString(let place):
      self.init(
        "a secret went through an ordinary String on its way here, where it is \"[secret]\" and nothing else", at: "\(place)",
        help: "Interpolate it where it is used: run(\"... \\(token)\"), or make what holds it a Text or a Command.")
    case .secretInPath(let place):
      self.init(
        "a local path cannot hold a secret, captured output or \\(run: ...), which are unknown before the run", at: "\(place)",
        help: "Use fixed text or \\(host: ...) in it.")
    case .secretInDestination(let place):
      self.init(
        "the place of an upload cannot hold a secret: every user of the host could read it", at: "\(place)",
        help: "Upload to a fixed name, and rename it there with run(\"...\").")
    case .sameDownload(let path, let hosts, let place):
      self.init(
        "\(hosts.joined(separator: " and ")) would both write \(path)", at: "\(place)",
        help: "Tell the files apart, for example with \\(host: .name) in the path.")
    case .malformedTemplate(let path, let line):
      self.init("a place is not written as {{ name }}", at: "\(path):\(line)", help: "A name has letters, digits, \".\", \"_\" and \"-\".")
    case .missingTemplateValue(let name, let path, let line, let host):
      self.init(
        "{{ \(name) }} has no value on \(host)", at: "\(path):\(line)",
        help: "Give it in render(..., values: [\"\(name)\": \"...\"]), or as a variable of the host.")
    case .badName(let kind, let name, let place):
      self.init("\"\(name)\" cannot be \(kind.phrase)", at: "\(place)", help: kind.help)
    case .capturedLater(let name, let place):
      self.init(
        "\\(\(name)) is used, but nothing was captured under that name before", at: "\(place)",
        help: "Put capture(\"...\", as: \(name)) in front of it, in the same task.")
    case .capturedInLocal(let name, let place):
      self.init(
        "local runs on this machine: it cannot hold \\(\(name)), which is known on hosts only", at: "\(place)",
        help: "Use it in a step inside hosts(...).")
    case .decisionInQuestion(let name, let place):
      self.init(
        "the question of a decision holds another one, \(name), which nobody has decided yet", at: "\(place)",
        help: "Ask for both in one question.")
    case .knownLater(let field, let place):
      self.init(
        "\\(run: .\(field.rawValue)) is known at the end of a run only", at: "\(place)", help: "It can stand in the message of a notify.")
    case .hostInMessage(let place):
      self.init(
        "a notification is sent once, not for each host: it cannot hold \\(host: ...)", at: "\(place)",
        help: "Use fixed text or \\(run: ...) in it.")
    case .capturedInMessage(let name, let place):
      self.init(
        "a notification is sent from this machine: it cannot hold \\(\(name)), which was captured on a host", at: "\(place)",
        help: "Use fixed text or \\(run: ...) in it.")
    case .outcomeBeforeEnd(let place):
      self.init(
        "\\(run: .outcome) is known when the task has ended, and this notification is sent before", at: "\(place)",
        help: "Add an occasion behind the message: on: .always, .success or .failure.")
    case .invalid(let reason, let place): self.init(reason, at: "\(place)")
    case .cannotStartBySignal(let place):
      self.init(
        "a signal cannot start a service", at: "\(place)", help: "Use start(.unit(\"...\")) or start(.command(\"...\")).")
    case .controlCharacter(let place):
      self.init("a command holds a NUL byte, which no shell takes", at: "\(place)", help: "Take it out of the interpolated value.")
    }
  }

  package init(_ error: ParameterError, task: String) {
    switch error {
    case .missing(let parameter):
      self.init(
        "the task \"\(task)\" needs \(parameter.isFlag ? "\(parameter.spelling)" : "--\(parameter.name) \(parameter.placeholder)")",
        help: parameter.help.isEmpty ? "run --help \(task) shows what it takes." : "--\(parameter.name): \(parameter.help).")
    case .malformed(let parameter, let text):
      let near = didYouMean(text, among: parameter.choices)
      let choices = parameter.choices.isEmpty ? nil : "It is one of \(parameter.choices.joined(separator: ", "))."
      if parameter.isVersion {
        self.init(malformedVersion: text, of: parameter, task: task)
        return
      }
      self.init(
        "--\(parameter.name) of the task \"\(task)\" is \"\(text)\", which is no \(parameter.type.replacing("list of ", with: ""))",
        help: near ?? choices ?? "run --help \(task) shows what it takes.")
    }
  }

  package init(_ error: RenderingError, at place: SourceLocation) {
    switch error {
    case .missingVariable(let name, let host, let known):
      self.init(
        "the host \(host) has no variable \"\(name)\"", at: "\(place)",
        help: didYouMean(name, among: known) ?? "Add it to the inventory; run --hosts \(host) --json shows what it has.")
    case .compositeVariable(let name, let host):
      self.init(
        "the variable \"\(name)\" of the host \(host) is a list or an object, which is no one word", at: "\(place)",
        help: "Use a variable that holds a text, a number or a truth value.")
    }
  }
}

extension PlanError.NameKind {
  fileprivate var phrase: String {
    switch self {
    case .environmentVariable: "the name of an environment variable"
    case .captured: "the name of a Captured"
    case .user: "the name of a user"
    case .lock: "the name of a lock"
    }
  }

  fileprivate var help: String {
    switch self {
    case .environmentVariable, .captured: "Use letters, digits and \"_\", not beginning with a digit."
    case .lock: "Use letters, digits, \".\", \"_\" and \"-\", beginning with a letter, a digit or \"_\"."
    case .user: "Use letters, digits, \".\", \"_\" and \"-\", beginning with a letter, a digit or \"_\"."
    }
  }
}
