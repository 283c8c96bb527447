import Tasks

/// What `--doctor` says of this machine, and what to do about it.
enum DoctorWords {
  // MARK: Programs of this machine

  /// `users` need it; without any it is only listed.
  static func program(_ name: String, path: String?, users: [String], isOpen: Bool) -> Finding? {
    if let path { return users.isEmpty && !isOpen ? nil : Finding(name, .good, path) }
    let (what, package) = uses[name] ?? ("", name)
    if users.isEmpty { return isOpen ? Finding(name, .note, "not in PATH; only needed for \(what)") : nil }
    return Finding(name, .problem, "not in PATH, and needed by \(listed(users))", remedy: "Install \(package) on this machine.")
  }

  private static let uses = [
    "rsync": ("sync", "rsync"), "curl": ("notify, package indexes and Chef", "curl"), "openssl": ("Chef", "openssl"),
    "ansible-inventory": ("inventories that only Ansible reads", "Ansible, for example with pip install ansible-core,"),
  ]

  /// `isNeeded`: there are hosts that only ssh reaches.
  static func ssh(_ version: SSHVersion?, isNeeded: Bool) -> Finding {
    guard let version else {
      return isNeeded
        ? Finding("ssh", .problem, "not in PATH, and it is the way to all hosts but this machine", remedy: "Install OpenSSH's client.")
        : Finding("ssh", .note, "not in PATH; needed for all hosts but this machine")
    }
    let lines = SSHVersionWords.lines(version)
    guard version.number != nil else {
      return Finding(
        "ssh", .warning, lines.first ?? "", remedy: "Put OpenSSH's ssh first in PATH: no other program is known to take the same options.")
    }
    // RemoteCommand, without which a user's configuration could replace what is run, is as old as that.
    if version.isBefore(7, 6) {
      return Finding(
        "ssh", .problem, "\(version.text.safe) does not know all options that Pushbutton gives it, and reaches no host",
        remedy: "Install OpenSSH 7.6 or newer.")
    }
    let known = lines.dropFirst().map { String($0.drop { $0 == " " }) }
    return Finding("ssh", known.isEmpty ? .good : .note, ([version.text.safe] + known).joined(separator: "\n"))
  }

  // MARK: Limits and folders of this machine

  static func openFiles(_ limit: Int, hosts: Int) -> Finding {
    let found = "\(limit), enough for \(count(hosts, "host")) at once"
    guard hosts < Planner.defaultFanOut else { return Finding("open files", .good, found) }
    return Finding("open files", .warning, found, remedy: "Raise the limit before a run: ulimit -n 1024")
  }

  static func state(_ path: String?, isWritable: Bool, space: FreeSpace?) -> Finding {
    guard let path else {
      return Finding(
        "state", .warning, "neither HOME nor XDG_STATE_HOME is set, so that no run can be gone on with",
        remedy: "Set XDG_STATE_HOME to a folder that stays.")
    }
    guard isWritable else {
      return Finding(
        "state", .warning, "\(path) cannot be written, so that no run can be gone on with",
        remedy: "Make it yours, or set XDG_STATE_HOME to another folder.")
    }
    let found = "\(path), \(space.map { "\($0.text) free" } ?? "free space unknown")"
    switch space?.level {
    case .little: return Finding("state", .warning, found, remedy: "Make room on that disk: journals and what hosts print are kept there.")
    case .nothing:
      return Finding("state", .problem, found, remedy: "Make room on that disk: a run keeps its journal there, and does not begin without.")
    case .enough, nil: return Finding("state", .good, found)
    }
  }

  static func temporary(_ notice: ConnectionNotice) -> Finding {
    Finding("TMPDIR", .warning, notice.words, remedy: "Set TMPDIR to a folder with a short and plain name.")
  }

  // MARK: Hosts as a whole

  static func notLookedAt(_ environments: [String]) -> Finding {
    Finding("hosts", .note, "not looked at: name an environment with -e, one of \(environments.joined(separator: ", "))")
  }

  static func listed(_ names: [String]) -> String {
    names.count <= 3 ? names.joined(separator: ", ") : "\(names.prefix(3).joined(separator: ", ")) and \(names.count - 3) more"
  }
}
