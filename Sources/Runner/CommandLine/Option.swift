/// An option of `run` itself, as the command line, the usage text and "did you mean" know it.
package struct Option: Sendable, Equatable {
  package enum Name: String, Sendable, CaseIterable {
    case list, hosts, help, version, plan, diff, check, on, history, report, open, resume, unlock, unknown, doctor, shell, completion
    case environment, limit, jobs, yes, file, inventory, format, output, json, verbose, quiet
    /// Makes a Deployfile; the launcher does it, because there is none.
    case begin = "init"
    case from
    case build, edit
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
  package static let early: [Name] = [.file, .trustFiles, .doctor, .begin]
  /// Those that only the launcher can do; behind a task they may be parameters of its own.
  package static let launchers: [Name] = [.build, .edit]

  /// Those that a program does not have.
  package static func absent(from origin: Origin) -> [Name] { origin.isBuilt ? launchers + [.file, .begin, .from] : [] }

  package let name: Name
  package let short: Character?
  package let argument: Argument
  package let help: String

  package var long: String { "--\(name.rawValue)" }

  package static let all: [Option] = [
    Option(name: .plan, short: nil, argument: .none, help: "show what would happen, on which hosts; connects to no host"),
    Option(name: .diff, short: nil, argument: .none, help: "with --plan: only how it differs from the last run of the same"),
    Option(name: .list, short: nil, argument: .none, help: "list the tasks and environments"),
    Option(name: .hosts, short: nil, argument: .optional("PATTERN"), help: "list the hosts of an environment"),
    Option(name: .check, short: nil, argument: .none, help: "compile, and plan every task in every environment"),
    Option(name: .on, short: nil, argument: .required("PATTERN"), help: "run the command after -- on these hosts"),
    Option(name: .history, short: nil, argument: .none, help: "list the runs from this machine: outcome, who, when, how long"),
    Option(name: .report, short: nil, argument: .optional("RUN"), help: "make a page that tells of the last run, or of this one"),
    Option(name: .open, short: nil, argument: .none, help: "with --report: show it in the browser"),
    Option(name: .resume, short: nil, argument: .optional("RUN"), help: "go on with a run that was cut off, has failed or was interrupted"),
    Option(
      name: .unknown, short: nil, argument: .required("WORD"),
      help: "with --resume: steps of which nobody knows whether they were done are \"done\", or done \"again\""),
    Option(name: .unlock, short: nil, argument: .required("NAME"), help: "show who holds a lock, and remove it after asking"),
    Option(
      name: .doctor, short: nil, argument: .optional("PATTERN"), help: "look at this machine and at hosts: what would stop a deploy?"),
    Option(name: .begin, short: nil, argument: .none, help: "make a Deployfile.swift here, from what another tool has, or a new one"),
    Option(
      name: .from, short: nil, argument: .required("TOOL"),
      help: "with --init: fabric, capistrano, deployer, ansible or nothing; may be repeated"),
    Option(
      name: .build, short: nil, argument: .none, help: "make one program of the Deployfile, for machines without Swift: --build -o FILE"),
    Option(name: .edit, short: nil, argument: .none, help: "set up completion and hover for the Deployfile in editors"),
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
    Option(name: .format, short: nil, argument: .required("FORMAT"), help: "live (on a terminal), plain, or json: one event a line"),
    Option(
      name: .output, short: "o", argument: .required("FILE"),
      help: "tell FILE, too: .html, .md, .xml (JUnit) or .jsonl; may be repeated"),
    Option(name: .json, short: nil, argument: .none, help: "JSON from --list, --hosts, --plan, --history and --doctor"),
    Option(name: .verbose, short: "v", argument: .none, help: "show commands, attempts and ssh's own messages"),
    Option(name: .quiet, short: "q", argument: .none, help: "show failures and the summary only"),
  ]

  package static func long(_ word: some StringProtocol) -> Option? { all.first { $0.long == word } }
  package static func short(_ letter: Character) -> Option? { all.first { $0.short == letter } }
}
