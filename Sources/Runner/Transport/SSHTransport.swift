import Tasks

/// The system's `ssh`, told in so many words to do nothing but run our command, whatever the user's configuration says.
package struct SSHTransport: Transport {
  /// Whether keys of hosts that nobody knows are taken down, or refused; keys that have changed are always refused.
  package enum HostKeys: Sendable { case known, acceptNew }

  let connectTimeout: Duration
  let environment: [String]
  let hostKeys: HostKeys
  /// Where others can use the connection.
  private var socket: ControlSocket?

  // What would let ssh ask somebody, on a screen where there is no terminal; and the language, for which hosts may have no locale.
  private static let unwanted = [
    "LANG=", "LANGUAGE=", "SSH_ASKPASS=", "SSH_ASKPASS_REQUIRE=", "DISPLAY=", "WAYLAND_DISPLAY=",
  ]

  package init(connectTimeout: Duration, environment: [String], hostKeys: HostKeys = .known) {
    self.connectTimeout = connectTimeout
    self.hostKeys = hostKeys
    // Debian's configuration sends LC_*, for which hosts may have no locale.
    self.environment = environment.filter { variable in
      !variable.hasPrefix("LC_") && !Self.unwanted.contains { variable.hasPrefix($0) }
    }
  }

  /// The same, and others can use its connection.
  func sharing(over socket: ControlSocket?) -> SSHTransport {
    var transport = self
    transport.socket = socket
    return transport
  }

  package func start(on host: Host, ready: String, log: String) throws(InventoryError.HostProblem) -> ChildStart {
    let destination = try SSHDestination(host)
    return ChildStart(
      arguments(for: destination, log: log) + ["--", destination.address, RemoteShell.command(ready: ready)], environment: environment,
      input: .pipe)
  }

  /// The program and its options, up to the host: OpenSSH keeps the first value it sees, so ours come before the user's.
  ///
  /// Without a log of its own, ssh says on its standard error what people need.
  package func arguments(for destination: SSHDestination, log: String?) -> [String] {
    ["ssh", "-T"] + arguments(for: destination, guards: Self.guards, logLevel: log == nil ? "INFO" : "DEBUG1", log: log)
  }

  /// The program and its arguments for a person at a terminal, whom ssh may ask, and tell what it has to say.
  package func login(on destination: SSHDestination, isVerbose: Bool) -> [String] {
    let guards = Self.guards.filter { $0 != "BatchMode=yes" }
    return ["ssh", "-t"] + arguments(for: destination, guards: guards, logLevel: isVerbose ? "DEBUG1" : "INFO", log: nil)
      + ["--", destination.address]
  }

  private func arguments(for destination: SSHDestination, guards: [String], logLevel: String, log: String?) -> [String] {
    let arguments = destination.arguments
    let acceptsNew = acceptsNewHostKeys(of: destination)
    var words: [String] = []
    let options =
      guards + Self.sharing(over: socket) + [
        "ForwardAgent=\(arguments.forwardsAgent ? "yes" : "no")", "StrictHostKeyChecking=\(acceptsNew ? "accept-new" : "yes")",
        "LogLevel=\(logLevel)",
      ]
    for option in options { words += ["-o", option] }
    if let log { words += ["-E", log] }
    if let port = destination.port { words += ["-p", "\(port)"] }
    if let user = destination.user { words += ["-l", user] }
    if let key = destination.key { words += ["-i", key] }
    words += arguments.words
    let timing = timing(of: destination)
    // Where the inventory says nothing, these are in force, whatever else ssh's configuration says.
    for option in ["ConnectTimeout=\(timing.connect)", "ServerAliveInterval=\(timing.interval)", "ServerAliveCountMax=\(timing.count)"] {
      words += ["-o", option]
    }
    return words
  }

  private func acceptsNewHostKeys(of destination: SSHDestination) -> Bool {
    hostKeys == .acceptNew || destination.arguments.acceptsNewHostKeys
  }

  /// What to tell of the host's key once its shell has answered, if it was not known before.
  func newHostKey(of host: Host, log: String) -> ConnectionNotice? {
    guard let destination = try? SSHDestination(host), acceptsNewHostKeys(of: destination) else { return nil }
    return ConnectionNotice(newHostKeyOf: host.name, SSHLog.text(log))
  }

  // Each of these was seen to break or fake a result when a user's configuration said otherwise; see docs/hosts.md.
  private static let guards = [
    "BatchMode=yes", "IgnoreUnknown=SessionType,StdinNull,ForkAfterAuthentication", "RemoteCommand=none", "SessionType=default",
    "StdinNull=no", "ForkAfterAuthentication=no", "ClearAllForwardings=yes", "ExitOnForwardFailure=no", "PermitLocalCommand=no",
    "ForwardX11=no", "Tunnel=no", "VisualHostKey=no", "UpdateHostKeys=no", "ConnectionAttempts=1",
  ]

  /// Connections are shared on purpose only, and never with what a user's configuration names.
  private static func sharing(over socket: ControlSocket?) -> [String] {
    guard let socket else { return ["ControlMaster=no", "ControlPath=none"] }
    return ["ControlMaster=yes", "ControlPath=\(socket.path)", "ControlPersist=no"]
  }

  /// The program and its options for a second session over a connection that is there; without it there is none.
  ///
  /// The socket alone decides where it leads, so nothing is read of what leads anywhere else.
  static func arguments(over socket: ControlSocket) -> [String] {
    var words = ["ssh", "-T", "-F", "none"]
    for option in guards + ["ForwardAgent=no", "LogLevel=INFO", "ControlMaster=no", "ProxyCommand=false"] { words += ["-o", option] }
    return words + ["-S", socket.path]
  }

  /// In seconds, and how many answers may be missing.
  private func timing(of destination: SSHDestination?) -> (connect: Int, interval: Int, count: Int) {
    let numbers = destination?.arguments.numbers ?? [:]
    return (
      numbers["connecttimeout"] ?? connectTimeout.wholeSeconds, numbers["serveraliveinterval"] ?? 15, numbers["serveralivecountmax"] ?? 3
    )
  }

  package func problem(on host: Host, exit: ChildExit, log: String, noise: String, wasReady: Bool) -> ConnectionProblem {
    let timing = timing(of: try? SSHDestination(host))
    return ConnectionProblem(
      ConnectionProblem.Evidence(
        exit: exit, log: log, noise: noise, connectTimeout: .seconds(timing.connect), patience: .seconds(timing.interval * timing.count),
        wasReady: wasReady))
  }
}
