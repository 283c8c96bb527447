import Tasks

/// The texts of `--help`.
package enum Usage {
  package static let version = "0.1.0"

  package static var text: String { text(of: .current) }

  /// What `run` itself takes, or a program that it has built, which goes by another name and makes no further ones.
  package static func text(of origin: Origin) -> String {
    let absent = Option.absent(from: origin)
    let options = Option.all.filter { !absent.contains($0.name) }.map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let argument =
        switch option.argument {
        case .none: ""
        case .required(let name): " \(name)"
        case .optional(let name): " [\(name)]"
        }
      return (short + option.long + argument, option.help)
    }
    let building =
      origin.isBuilt
      ? ""
      : "\n       run --init                                       begin a Deployfile\n       run --build -o FILE | --edit                     one program for machines without Swift; help in editors"
    return """
      Deploy with the push of a button.

      usage: \(origin.command)                                              list the tasks and environments
             \(origin.command) TASK[:ENVIRONMENT] [--parameter value ...] [TASK ...]
             \(origin.command) --plan TASK[:ENVIRONMENT] ...                show what would happen; connects to no host
             \(origin.command) --on PATTERN [-e ENVIRONMENT] -- COMMAND     run one command on hosts
             \(origin.command) --resume [RUN] | --history | --unlock NAME   go on with a run; what was run; remove a lock
             \(origin.command) --report [RUN] [--open]                      make a page that tells of a run
             \(origin.command) --doctor [PATTERN]                           what would stop a deploy?
             \(origin.command) --shell HOST | --completion SHELL            log in on a host; have a shell complete all of this\(building)

      options, anywhere before --:
      \(table(options))

      exit status: 0 done; 1 a step failed; 2 nothing was touched, because the command line, the Deployfile, the inventory or the
      plan is invalid; 3 done except for tolerated hosts; 4 a host could not be reached; 5 a lock is held; 130, 143 interrupted

      """
  }

  /// What one task does and takes.
  package static func text(for task: TaskDefinition) -> String {
    var text = "\(task.name): \(task.summary)\n\nusage: \(Origin.current.command) \(task.name)[:ENVIRONMENT]"
    for parameter in task.parameters {
      let word = parameter.isFlag ? parameter.spelling : "\(parameter.spelling) \(parameter.placeholder)"
      text += parameter.isRequired ? " \(word)" : " [\(word)]"
      if parameter.isList { text += " ..." }
    }
    guard !task.parameters.isEmpty else { return text + "\n" }
    return text + "\n\n" + table(task.parameters.map { (parameterWord($0), parameterHelp($0)) }) + "\n"
  }

  package static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { left, right in
      right.isEmpty ? "  \(left)" : "  \(left)\(String(repeating: " ", count: width - left.count + 2))\(right)"
    }.joined(separator: "\n")
  }

  private static func parameterWord(_ parameter: ParameterDefinition) -> String {
    parameter.isFlag ? parameter.spelling : "\(parameter.spelling) \(parameter.placeholder)"
  }

  private static func parameterHelp(_ parameter: ParameterDefinition) -> String {
    var notes: [String] = []
    if !parameter.choices.isEmpty { notes.append("one of \(parameter.choices.joined(separator: ", "))") }
    if parameter.isVersion { notes.append("a version, latest, or a specifier such as '>=1.4,<2'") }
    if parameter.isList { notes.append("may be repeated") }
    if let text = parameter.defaultText, !text.isEmpty {
      notes.append("default: \(parameter.isFlag ? (text == "true" ? "yes" : "no") : text)")
    }
    if parameter.isRequired { notes.append("required") }
    let note = notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))"
    return [parameter.help, note].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension ParameterDefinition {
  /// `--version`, or `--[no-]migrate`.
  package var spelling: String { isFlag ? "--[no-]\(name)" : "--\(name)" }
  /// What stands for the value in usage lines.
  package var placeholder: String { choices.isEmpty ? type.replacing("list of ", with: "").uppercased() : choices.joined(separator: "|") }
}

extension Usage {
  /// What `run` answers without a Deployfile: its version always, its usage when there is no Deployfile whose tasks could be meant.
  ///
  /// Returns the status to leave with, or nothing when the words need the Deployfile, which is `found` or not.
  package static func answer(_ words: [String], found: Bool) -> ExitStatus? {
    switch words.first {
    case "--version" where words.count == 1: print("pushbutton \(version)")
    case let word? where word == "--completion" && words.count == 2 || word.hasPrefix("--completion=") && words.count == 1:
      // Where a shell starts, there is none, or one that nobody wants compiled now.
      let name = word == "--completion" ? words[1] : String(word.dropFirst("--completion=".count))
      guard let shell = CompletionShell(rawValue: name) else {
        try? File.write(Array(Failure(UsageError.unknownShell(name)).text.utf8), to: 2)
        return .invalid
      }
      print(CompletionScript.text(for: shell, program: CommandLine.arguments[0]), terminator: "")
    case "--help", "-h": if found || words.count > 1 { return nil } else { print(text, terminator: "") }
    default: return nil
    }
    return .done
  }
}
