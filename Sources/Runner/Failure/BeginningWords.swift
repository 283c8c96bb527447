import Tasks

/// What `--init` says: what it has found, could not read, has made, and what comes next.
enum BeginningWords {
  // MARK: Failures

  static func exists(_ path: String) -> Failure {
    Failure(
      "exists already, and nothing was written", at: path, help: "Move it away to begin anew, or name another file: run --init --file PATH")
  }

  static func notSwift(_ path: String) -> Failure {
    Failure("not a Swift file", at: path, help: "The name of a Deployfile ends in .swift.")
  }

  static func cannotWrite(_ error: SystemError) -> Failure {
    Failure("cannot be written: \(error.reason)", at: error.path, help: "Go to a folder that you may write to.")
  }

  static func notFound(_ origin: Invocation.OtherTool, in folder: String) -> Failure {
    let files =
      switch origin {
      case .fabric: "fabfile.py"
      case .capistrano: "Capfile, config/deploy.rb or config/deploy/*.rb"
      case .deployer: "deploy.php"
      case .ansible: "ansible.cfg, hosts, hosts.ini, inventory or inventory/"
      case .nothing: "anything"
      }
    return Failure("there is nothing of \(origin.title) in \(folder)", help: "It would be \(files). Go to the folder that has it.")
  }

  static func noTerminal(_ all: [Found]) -> Failure {
    let found = all.isEmpty ? "an example over this machine" : all.map(\.origin.title).joined(separator: ", ")
    return Failure(
      "there is no terminal to ask on, and nothing was written",
      help: "Add --yes to begin from all that is here (\(found)), or --from TOOL.")
  }

  static let declined = Failure("not begun", help: "Nothing was written.")

  // MARK: Questions

  static let heading = "Found here:\n"

  static func plainQuestion(_ folder: String) -> String { "Make Deployfile.swift and hosts.ini in \(folder)?" }

  static func question(_ found: Found) -> String { "Start from \(summary(found))?" }

  static func summary(_ found: Found) -> String {
    let environments = found.environments.map { environment in
      "\(environment.name) (\(environment.hostCount.map { count($0, "host") } ?? "hosts that are read later"))"
    }
    let what = environments.isEmpty ? "no hosts that are written down" : environments.joined(separator: ", ")
    return "\(found.origin.title) (\(DoctorWords.listed(found.files))): \(what)"
  }

  // MARK: What could not be read

  static func unread(_ file: String, _ line: Int, _ what: String, _ text: String) -> String {
    "\(file):\(line): \(what)\(text.isEmpty ? "" : ": \(Failure.visible(text))")"
  }

  static func unreadable(_ name: String, _ error: SystemError) -> String { "\(name): \(error.reason)" }

  static func noInventory(_ name: String, in configuration: String) -> String { "\(configuration): the inventory \(name) is no file here" }

  static func onlyAnsible(_ name: String, _ format: InventoryError.Format) -> String {
    "\(name): it is \(format.words), which ansible-inventory reads for each run; its roles are not known here"
  }

  static func program(_ name: String) -> String { "\(name): it is a program, which is started for each run; its roles are not known here" }

  static func unread(_ failure: Failure, leftTo name: String) -> String {
    "\(failure.place ?? name): \(failure.message); left to ansible-inventory"
  }

  // MARK: What was made

  static func keeps(_ path: String) -> String { "\(path) exists already and stays as it is: see that it has a role web\n" }

  static func made(_ files: [String], _ draft: DeployfileDraft, from found: [Found], folder: String) -> String {
    var text = found.map { "found \(summary($0))\n" }.joined()
    let unread = found.flatMap(\.unread)
    if !unread.isEmpty {
      text += "could not be read, so look at these yourself:\n" + unread.map { "  \($0)\n" }.joined()
    }
    text +=
      "made \(files.map { $0.hasPrefix("\(folder)/") ? String($0.dropFirst(folder.utf8.count + 1)) : $0 }.joined(separator: " and "))\n"
    let name = draft.environments.first?.name
    let commands =
      name.map {
        [
          ("run --hosts -e \($0)", "are these your hosts?"), ("run deploy:local", "try it on this machine"),
          ("run --doctor -e \($0)", "would a deploy get through?"), ("run --plan deploy:\($0)", "what it would do there"),
        ]
      } ?? [("run --plan deploy", "what it would do"), ("run deploy", "do it"), ("run status", "see what has become of it")]
    return text + "next:\n" + Usage.table(commands) + "\n"
  }
}
