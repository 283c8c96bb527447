/// An option of `run` itself, as the command line, the usage text and "did you mean" know it.
package struct Option: Sendable, Equatable {
  package enum Name: String, Sendable, CaseIterable {
    case list, hosts, help, version, plan, check, on, history, resume, unlock, unknown, shell, completion
    case environment, limit, jobs, yes, file, inventory, format, output, json, verbose, quiet
    case acceptNewHostKeys = "accept-new-host-keys"
    case trustFiles = "trust-files"
    case askSudoPassword = "ask-sudo-password"
  }

  package enum Argument: Sendable, Equatable {
    case none
    /// Must follow.
    case required(String)
    /// The next bare word, if there is one.
    case optional(String)
  }

  /// Those that the launcher reads before there is a Deployfile.
  package static let early: [Name] = [.file, .trustFiles]

  package let name: Name
  package let short: Character?
  package let argument: Argument
  package let help: String

  package var long: String { "--\(name.rawValue)" }

  package static let all: [Option] = [
    Option(name: .plan, short: nil, argument: .none, help: "show what would happen, on which hosts; connects to no host"),
    Option(name: .list, short: nil, argument: .none, help: "list the tasks and environments"),
    Option(name: .hosts, short: nil, argument: .optional("PATTERN"), help: "list the hosts of an environment"),
    Option(name: .check, short: nil, argument: .none, help: "compile, and plan every task in every environment"),
    Option(name: .on, short: nil, argument: .required("PATTERN"), help: "run the command after -- on these hosts"),
    Option(name: .history, short: nil, argument: .none, help: "list the runs from this machine: outcome, who, when, how long"),
    Option(name: .resume, short: nil, argument: .optional("RUN"), help: "go on with a run that was cut off, has failed or was interrupted"),
    Option(
      name: .unknown, short: nil, argument: .required("WORD"),
      help: "with --resume: steps of which nobody knows whether they were done are \"done\", or done \"again\""),
    Option(name: .unlock, short: nil, argument: .required("NAME"), help: "show who holds a lock, and remove it after asking"),
    Option(name: .shell, short: nil, argument: .required("HOST"), help: "log in on one host, as a run would reach it"),
    Option(name: .completion, short: nil, argument: .required("SHELL"), help: "print what makes bash, zsh or fish complete these words"),
    Option(name: .help, short: "h", argument: .optional("TASK"), help: "this text, or what a task does and takes"),
    Option(name: .version, short: nil, argument: .none, help: "the version of Pushbutton"),
    Option(name: .environment, short: "e", argument: .required("ENV"), help: "the environment of tasks that name none"),
    Option(name: .limit, short: "l", argument: .required("PATTERN"), help: "only these of the selected hosts"),
    Option(name: .jobs, short: "j", argument: .required("N"), help: "hosts at once, in place of every phase's own limit"),
    Option(name: .yes, short: "y", argument: .none, help: "answer every question with yes"),
    Option(name: .askSudoPassword, short: "K", argument: .none, help: "ask for the password that sudo wants on hosts"),
    Option(name: .file, short: "f", argument: .required("PATH"), help: "this Deployfile, not the next one upwards"),
    Option(name: .inventory, short: "i", argument: .required("PATH"), help: "this inventory, not the environment's"),
    Option(name: .acceptNewHostKeys, short: nil, argument: .none, help: "take down keys of hosts that ssh does not know"),
    Option(name: .trustFiles, short: nil, argument: .none, help: "use files that others could have written"),
    Option(name: .format, short: nil, argument: .required("FORMAT"), help: "plain, or json: one event a line"),
    Option(name: .output, short: nil, argument: .required("FILE"), help: "tell FILE, too: .xml (JUnit) or .jsonl; may be repeated"),
    Option(name: .json, short: nil, argument: .none, help: "JSON from --list, --hosts, --plan and --history"),
    Option(name: .verbose, short: "v", argument: .none, help: "show commands, attempts and ssh's own messages"),
    Option(name: .quiet, short: "q", argument: .none, help: "show failures and the summary only"),
  ]

  package static func long(_ word: some StringProtocol) -> Option? { all.first { $0.long == word } }
  package static func short(_ letter: Character) -> Option? { all.first { $0.short == letter } }
}
