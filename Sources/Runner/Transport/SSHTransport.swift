import Tasks

/// The system's `ssh`, told in so many words to do nothing but run our command, whatever the user's configuration says.
package struct SSHTransport: Transport {
  let connectTimeout: Duration
  let environment: [String]

  // What would let ssh ask somebody, on a screen where there is no terminal; and the language, for which hosts may have no locale.
  private static let unwanted = [
    "LANG=", "LANGUAGE=", "SSH_ASKPASS=", "SSH_ASKPASS_REQUIRE=", "DISPLAY=", "WAYLAND_DISPLAY=",
  ]

  package init(connectTimeout: Duration, environment: [String]) {
    self.connectTimeout = connectTimeout
    // Debian's configuration sends LC_*, for which hosts may have no locale.
    self.environment = environment.filter { variable in
      !variable.hasPrefix("LC_") && !Self.unwanted.contains { variable.hasPrefix($0) }
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
      "LogLevel=DEBUG1", "ConnectTimeout=\(connectTimeout.wholeSeconds)", "ConnectionAttempts=1", "ServerAliveInterval=15",
      "ServerAliveCountMax=3",
    ]
  }

  package func problem(on host: Host, exit: ChildExit, log: String, noise: String, wasReady: Bool) -> ConnectionProblem {
    ConnectionProblem(
      ConnectionProblem.Evidence(exit: exit, log: log, noise: noise, connectTimeout: connectTimeout, wasReady: wasReady))
  }
}
