extension ConnectionProblem {
  /// What is known of a connection that has ended.
  package struct Evidence: Sendable {
    package var exit: ChildExit
    package var log: String
    /// What came on both streams before the remote shell answered: banners, start-up files, and messages of a jump host's own ssh.
    package var noise: String
    package var connectTimeout: Duration
    /// How long a host may be silent before ssh gives it up.
    package var patience: Duration
    /// Whether the remote shell had answered.
    package var wasReady: Bool

    package init(
      exit: ChildExit, log: String, noise: String = "", connectTimeout: Duration = .seconds(10), patience: Duration = .seconds(45),
      wasReady: Bool = false
    ) {
      self.exit = exit
      self.log = log
      self.noise = noise
      self.connectTimeout = connectTimeout
      self.patience = patience
      self.wasReady = wasReady
    }
  }

  package init(_ evidence: Evidence) {
    let log = SSHLog(evidence.log), noise = SSHLog(evidence.noise)
    if evidence.wasReady {
      self = Self.loss(log, evidence) ?? log.messages.last.map(Self.other) ?? .unexplained(says: nil)
    } else if let problem = Self.throughOthers(log, noise, evidence) ?? Self.known(log, evidence) ?? Self.loss(log, evidence) {
      self = problem.withKeyThatIsNotThere(noise)
    } else if log.lines.isEmpty, let line = noise.last("command-line*") {
      // ssh reads its options before it opens the log.
      self = .configuration("command-line" + line[0])
    } else if case .exited(let status) = evidence.exit, status != 255 {
      let isForced = log.last("Remote: *key options: *").map { $0[1].split(separator: " ").contains("command") } ?? false
      self = .shellEnded(status: status, isForced: isForced, says: noise.lines.last?.text)
    } else {
      self = log.messages.last.map(Self.other) ?? .unexplained(says: noise.lines.last?.text)
    }
  }

  // MARK: Reaching

  /// What ssh says of a connection that it could not make.
  private static func known(_ log: SSHLog, _ evidence: Evidence) -> ConnectionProblem? {
    configuration(log) ?? reaching(log, evidence) ?? hostKey(log) ?? denial(log) ?? banner(log, evidence)
  }

  private static func configuration(_ log: SSHLog) -> ConnectionProblem? {
    if log.has("*: terminating, * bad configuration options") {
      let line = log.messages.first { SSHLog.match($0, "* line *: *") != nil && !$0.contains(": terminating, ") }
      return .configuration(line ?? log.messages.last ?? "")
    }
    for start in ["Can't open user config file ", "Bad owner or permissions on "] {
      if let rest = log.last("\(start)*") { return .configuration(start + rest[0]) }
    }
    return nil
  }

  private static func reaching(_ log: SSHLog, _ evidence: Evidence) -> ConnectionProblem? {
    if let found = log.last("ssh: Could not resolve hostname *: *") { return .unresolved(found[0], reason: found[1]) }
    guard let named = log.last("ssh: connect to host * port *: *") else { return nil }
    // The name may stand for several addresses; ssh has told of each.
    let tried = log.last("connect to address * port *: *") ?? named
    let endpoint = Endpoint(tried[0], tried[1])
    switch tried[2] {
    case "Connection refused": return .refused(endpoint)
    case "Connection timed out", "Operation timed out": return .timedOut(endpoint, within: evidence.connectTimeout)
    case "No route to host": return .unroutable(endpoint, .noRoute)
    case "Network is unreachable": return .unroutable(endpoint, .networkUnreachable)
    case "Permission denied": return .unroutable(endpoint, .prohibited)
    default: return .notConnected(endpoint, reason: log.last("bind *").map { "bind \($0[0])" } ?? tried[2])
    }
  }

  private static func banner(_ log: SSHLog, _ evidence: Evidence) -> ConnectionProblem? {
    if log.has("Connection timed out during banner exchange") { return .silent(endpoint(log), within: evidence.connectTimeout) }
    if let found = log.last("Unable to negotiate with * port *: *") { return .noAgreement(found[2]) }
    guard isDrop(log) else { return nil }
    let words = log.all("kex_exchange_identification: banner line 0: *")
    if let word = words.last, word.hasPrefix("HTTP/") { return .notSSH(endpoint(log), says: word) }
    return .dropped(endpoint(log), word: words.last)
  }

  private static func isDrop(_ log: SSHLog) -> Bool {
    ["Connection closed by remote host", "read: Connection reset by peer", "write: *", "Connection reset by peer"].contains {
      log.has("kex_exchange_identification: \($0)")
    }
  }

  /// Where ssh had connected to; nothing behind a proxy, of which ssh knows no address.
  private static func endpoint(_ log: SSHLog) -> Endpoint? {
    for pattern in ["Connecting to * [*] port *.", "Connection closed by * port *", "Connection reset by * port *"] {
      guard let found = log.last(pattern), let port = found.last, port != "65535" else { continue }
      return Endpoint(found.count == 3 ? found[1] : found[0], port)
    }
    return nil
  }

  // MARK: Others on the way

  /// The fault of a jump host, or of what it connects to, or of a command that stands for the connection.
  private static func throughOthers(_ log: SSHLog, _ noise: SSHLog, _ evidence: Evidence) -> ConnectionProblem? {
    guard let command = log.last("Executing proxy command: exec *")?.first else { return nil }
    let isJump = log.has("Setting implicit ProxyCommand from ProxyJump: *")
    let hops = isJump ? Self.hops(command) : []
    if isJump, log.has("Connection timed out during banner exchange") {
      return .silentBehindJump(hops.last, within: evidence.connectTimeout)
    }
    guard isDrop(log) else { return nil }
    // Each hop but the one at fault has lost its connection to the one before, and says so.
    let others = noise.count("kex_exchange_identification: *")
    func hop(_ distance: Int) -> String? { hops.indices.contains(hops.count - distance) ? hops[hops.count - distance] : nil }
    if let found = noise.last("channel *: open failed: *: *"), noise.has("stdio forwarding failed") {
      let target = others == 0 ? SSHLog.match(command, "* -W '*' *")?[1] : hop(others)
      return .behindJump(hop(others + 1), to: target.map(withoutBrackets), reason: found[2])
    }
    if let problem = configuration(noise) ?? reaching(noise, evidence) ?? hostKey(noise) ?? denial(noise) {
      return .jump(hop(others + 1), problem)
    }
    if let problem = banner(noise, evidence) { return .jump(hop(max(1, others)), problem) }
    // A jump host's banner says nothing about the host behind it; another command's last words are all that is known.
    guard !isJump, let last = noise.lines.last?.text else { return nil }
    return .proxyCommand(says: last)
  }

  /// The jump hosts of `ssh -J FIRST,SECOND -W '[%h]:%p' LAST`, nearest first.
  private static func hops(_ command: String) -> [String] {
    let words = command.split(separator: " ").map(String.init)
    func value(of option: String) -> String? {
      words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    guard let last = words.last else { return [] }
    return (value(of: "-J") ?? "").split(separator: ",").map(String.init) + [last + (value(of: "-p").map { ":\($0)" } ?? "")]
  }

  /// `[127.0.0.1]:22` as people write it; an IPv6 address keeps its brackets.
  private static func withoutBrackets(_ text: String) -> String {
    text.count { $0 == ":" } == 1 ? text.filter { $0 != "[" && $0 != "]" } : text
  }

  // MARK: Losing

  /// What ended a connection that had been made.
  private static func loss(_ log: SSHLog, _ evidence: Evidence) -> ConnectionProblem? {
    if case .signalled(let signal) = evidence.exit { return .killed(signal: signal) }
    if let found = log.last("Killed by signal *."), let signal = Int32(found[0]) { return .killed(signal: signal) }
    if log.has("Timeout, server * not responding.") { return .unanswered(evidence.patience) }
    for pattern in ["ssh_dispatch_run_fatal: Connection to *: *", "Bad packet length *", "Corrupted MAC on input*"] {
      if let found = log.last(pattern) { return .corrupted(found.count == 2 ? found[1] : "bad packet length") }
    }
    if let found = log.last("Received disconnect from * port *:*: *") { return .disconnected(found[3]) }
    if log.has("client_loop: send disconnect: *") || log.has("Connection reset by *") || log.has("Read from remote host *: *") {
      return .reset
    }
    if log.has("client_input_channel_req: channel 0 rtype exit-signal reply 0") { return .remoteKilled }
    if evidence.wasReady, case .exited(let status) = evidence.exit, log.has("Exit status \(status)") { return .remoteEnded(status: status) }
    if log.has("Exit status -1") || log.has("Connection closed by * port *") { return .closed }
    return nil
  }
}
