import Tasks

/// The system's `ssh`, told in so many words to do nothing but run our command, whatever the user's configuration says.
package struct SSHTransport: Transport {
  let connectTimeout: Duration
  let environment: [String]

  package init(connectTimeout: Duration, environment: [String]) {
    self.connectTimeout = connectTimeout
    // Debian's configuration sends LC_*, for which hosts may have no locale.
    self.environment = environment.filter { variable in
      !variable.hasPrefix("LC_") && !["LANG=", "LANGUAGE=", "SSH_ASKPASS=", "DISPLAY="].contains { variable.hasPrefix($0) }
    }
  }

  package func start(on host: Host, ready: String, log: String) -> ChildStart {
    ChildStart(
      arguments(for: host, log: log) + ["--", host.address, RemoteShell.command(ready: ready)], environment: environment, input: .pipe)
  }

  /// The program and its options, up to the host: OpenSSH keeps the first value it sees, so ours come before the user's.
  package func arguments(for host: Host, log: String? = nil) -> [String] {
    var words = ["ssh", "-T"]
    for option in options { words += ["-o", option] }
    if let log { words += ["-E", log] }
    if let port = host.port { words += ["-p", "\(port)"] }
    if let user = host.user { words += ["-l", user] }
    if let key = host.variables["ansible_ssh_private_key_file"]?.word, !key.isEmpty { words += ["-i", key] }
    for name in ["ansible_ssh_common_args", "ansible_ssh_extra_args"] {
      if let text = host.variables[name]?.word { words += shellWords(text) }
    }
    return words
  }

  // Each of these was seen to break or fake a result when a user's configuration said otherwise; see docs/hosts.md.
  private var options: [String] {
    [
      "BatchMode=yes", "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "RemoteCommand=none", "SessionType=default",
      "StdinNull=no", "ForkAfterAuthentication=no", "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no",
      "ForwardAgent=no", "ForwardX11=no", "Tunnel=no", "VisualHostKey=no", "UpdateHostKeys=no", "ControlMaster=no", "ControlPath=none",
      "LogLevel=INFO", "ConnectTimeout=\(connectTimeout.wholeSeconds)", "ConnectionAttempts=1", "ServerAliveInterval=15",
      "ServerAliveCountMax=3",
    ]
  }

  package func reason(exit: ChildExit, log: String, noise: String) -> String {
    let messages = messages(of: log)
    // A jump host's own client writes to standard error, and knows more than ours.
    let noise = noise.split { $0.isNewline }.last.map { $0.trimmingSuffix(while: \.isWhitespace) } ?? ""
    if let last = messages.last {
      if !noise.isEmpty, messages.contains(where: Self.isDrop) { return String(noise) }
      let cause = messages.last { !Self.isConclusion($0) } ?? last
      let key = messages.last { $0.hasPrefix("Load key ") && $0 != cause }
      return cause + (key.map { " (\($0))" } ?? "")
    }
    let ending = noise.isEmpty ? "" : ": \(noise)"
    switch exit {
    case .exited(255): return "ssh ended without a message (status 255)\(ending)"
    case .exited(let status): return "the login shell ended before the first command (status \(status))\(ending)"
    case .signalled(let signal): return "ssh was ended by signal \(signal)\(ending)"
    }
  }

  package func isDropped(log: String, noise: String) -> Bool { noise.isEmpty && messages(of: log).contains(where: Self.isDrop) }

  private func messages(of log: String) -> [String] {
    log.split { $0.isNewline }.map { String($0.trimmingSuffix(while: \.isWhitespace)) }
      .filter { !$0.isEmpty && !$0.hasPrefix("Warning: Permanently added") && !$0.hasPrefix("Authenticated to ") }
  }

  /// Before the server has named its version: it has too many connections that are not logged in yet, or the network failed.
  private static func isDrop(_ message: String) -> Bool {
    message.hasPrefix("kex_exchange_identification: ") && (message.contains("closed") || message.contains("reset"))
  }

  /// A message that only says what follows from the one before it.
  private static func isConclusion(_ message: String) -> Bool {
    message == "Host key verification failed." || message.hasSuffix(" bad configuration options")
  }
}

extension StringProtocol {
  func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}
