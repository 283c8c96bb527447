import Tasks

extension Failure {
  package init(_ error: UsageError) {
    switch error {
    case .unknownTask(let name, let known):
      self.init("there is no task \"\(name)\"", help: didYouMean(name, among: known) ?? Self.list(known, "tasks", "run --list"))
    case .unknownEnvironment(let name, let known):
      let help = known.isEmpty ? "The Deployfile declares no environment." : Self.list(known, "environments", "run --list")
      self.init("there is no environment \"\(name)\"", help: didYouMean(name, among: known) ?? help)
    case .unknownOption(let name, let task, let known):
      let what =
        task.map { "neither the task \"\($0)\" nor run takes the option \(name)" } ?? "\(Origin.current.command) takes no option \(name)"
      let help = task.map { "run --help \($0) shows what it takes." } ?? "run --help shows them all."
      self.init(what, help: didYouMean(name, among: known) ?? help)
    case .missingArgument(let option, let argument):
      self.init("\(option) needs a value: \(argument)", help: "Write \(option) VALUE; \(option)=VALUE if the value begins with -.")
    case .unexpectedArgument(let option, let argument):
      self.init("\(option) takes no value, but \"\(argument)\" was given", help: "Write \(option) alone.")
    case .notANumber(let option, let text):
      self.init("\(option) takes a whole number of 1 or more, not \"\(text)\"", help: "For example \(option) 10.")
    case .unknownFormat(let text):
      self.init(
        "there is no format \"\(text)\"",
        help: didYouMean(text, among: Invocation.Format.allCases.map(\.rawValue)) ?? "Formats are live, plain and json.")
    case .unknownOutput(let path):
      self.init(
        "--output \(path): what it is to hold is told by the end of its name",
        help: "It is one of .html (a page), .md (Markdown), .xml (JUnit) and .jsonl (the events of --format json).")
    case .outputOfReport(let path):
      self.init(
        "--report cannot make \(path) of a run that is over",
        help: "It makes .html and .md; the others are written while a run goes on.")
    case .openWithout:
      self.init("--open goes with --report", help: "For example: run --report --open")
    case .unknownSteps(let text):
      self.init(
        "--unknown takes done or again, not \"\(text)\"",
        help: "done: the steps of which nobody knows are done; again: they are done once more.")
    case .unknownShell(let text):
      let shells = CompletionShell.allCases.map(\.rawValue)
      self.init(
        "there is no completion for the shell \"\(text)\"", help: didYouMean(text, among: shells) ?? "Shells are bash, zsh and fish.")
    case .unknownWithout:
      self.init("--unknown goes with --resume", help: "For example: run --resume --unknown done")
    case .unknownOrigin(let text):
      let known = Invocation.OtherTool.allCases.map(\.rawValue)
      self.init("--from does not know \"\(text)\"", help: didYouMean(text, among: known) ?? "It takes \(known.joined(separator: ", ")).")
    case .originWithout:
      self.init("--from goes with --init", help: "For example: run --init --from capistrano")
    case .besideOldRun(let action, let option):
      self.init("\(action) takes no \(option)", help: "That run has its own environment, hosts and number of jobs.")
    case .flagValue(let option, let text):
      self.init(
        "\(option) is a flag: its value is true or false, not \"\(text)\"", help: "Write \(option), or --no-\(option.dropFirst(2)).")
    case .repeated(let option):
      self.init("\(option) is given more than once", help: "It takes one value.")
    case .twoActions(let one, let other):
      self.init("\(one) and \(other) exclude each other", help: "Choose one.")
    case .jsonWithout:
      self.init(
        "--json goes with --list, --hosts, --plan, --history and --doctor",
        help: "For the events of a run as JSON lines, write --format json.")
    case .differenceWithout:
      self.init("--diff goes with --plan, without --json", help: "For example: run --plan --diff deploy:production")
    case .missingCommand:
      self.init("--on needs a command after --", help: "For example: run --on web -- uptime")
    case .commandWithoutOn:
      self.init("a command after -- needs --on", help: "For example: run --on web -- uptime")
    case .nothingToPlan:
      self.init("--plan needs a task", help: "run --list shows them.")
    case .tasksBeside(let option):
      self.init("\(option) takes no tasks", help: "run --help shows the form of the command line.")
    case .buildWithoutOutput:
      self.init("--build needs -o FILE, the program that is to be made", help: "For example: run --build -o deploy")
    case .besideLauncherAction(let action, let option):
      self.init("\(action) takes no \(option)", help: "run --help shows the form of the command line.")
    case .onlyOfLauncher(let option):
      self.init("\(option) is for run itself: this program has its Deployfile built in", help: "Type it where the Deployfile is, and run.")
    case .noEnvironment(let known):
      self.init(
        "several environments are declared, and none is named",
        help: "Write TASK:ENVIRONMENT or --environment with one of \(known.joined(separator: ", ")).")
    }
  }

  package init(_ error: DeployfileError) {
    switch error {
    case .sameName(let kind, let name, let first, let second):
      self.init("there are two \(kind)s named \"\(name)\", the other at \(first)", at: "\(second)", help: "Rename one of them.")
    case .badName(let kind, let name, let place):
      self.init(
        "\"\(name)\" cannot be the name of \(kind == "environment" ? "an" : "a") \(kind)", at: "\(place)",
        help: "Use letters, digits, \"-\", \"_\" and \".\"\(kind == "task" ? ", and \":\" between parts" : "").")
    case .ambiguous(let task, let other, let environment, let place):
      self.init(
        "run \(task) could mean the task \"\(task)\", or the task \"\(other)\" in the environment \"\(environment)\"", at: "\(place)",
        help: "Rename the task or the environment.")
    case .sameParameter(let name, let task, let place):
      self.init("the task \"\(task)\" has two parameters named \"\(name)\"", at: "\(place)", help: "Rename one of them.")
    case .reservedParameter(let name, let task, let place):
      self.init(
        "the parameter \"\(name)\" of the task \"\(task)\" is an option of run, which is read before the Deployfile", at: "\(place)",
        help: "Rename it.")
    }
  }

  private static func list(_ known: [String], _ noun: String, _ command: String) -> String {
    guard !known.isEmpty else { return "The Deployfile has no \(noun)." }
    return known.count <= 12 ? "The \(noun) are \(known.joined(separator: ", "))." : "\(command) shows the \(noun)."
  }
}
