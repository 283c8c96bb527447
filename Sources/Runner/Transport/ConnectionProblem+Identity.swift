/// What ssh's log says of who the host is, and of who we are.
extension ConnectionProblem {
  static func hostKey(_ log: SSHLog) -> ConnectionProblem? {
    // The fingerprint of the key that the server has; a jump host's ssh says less.
    let fingerprint = log.last("Server host key: * *")?[1]
    if let found = log.last("No * host key is known for * and you have requested strict checking.") {
      return .hostKey(HostKey(host: found[1], kind: found[0], fingerprint: fingerprint), .unknown)
    }
    if let found = log.last("* host key for * was revoked and you have requested strict checking.") {
      return .hostKey(HostKey(host: found[1], kind: found[0], fingerprint: fingerprint), .revoked)
    }
    if let found = log.last("Host key for * has changed and you have requested strict checking.") {
      let kind = log.last("The fingerprint for the * key sent by the remote host is")?[0] ?? ""
      let known = log.last("Offending * key in *:*")
      let shown = log.last("SHA256:*.").map { "SHA256:" + $0[0] }
      return .hostKey(
        HostKey(host: found[0], kind: kind, fingerprint: fingerprint ?? shown), .changed(file: known?[1], line: known?[2]))
    }
    return nil
  }

  static func denial(_ log: SSHLog) -> ConnectionProblem? {
    var denial = Denial(user: log.last("Authenticating to * as '*'")?[1])
    if let found = log.last("*: Permission denied (*).") {
      denial.methods = found[1]
      if let at = found[0].lastIndex(of: "@") { denial.user = String(found[0][..<at]) }
    } else if !log.has("Received disconnect from * Too many authentication failures") {
      return nil
    }
    if log.lines.contains(where: \.isDetail) {
      let keys = KeyReading(log)
      denial.tried = keys.tried
      denial.faults = keys.faults
    }
    return .denied(denial)
  }

  /// ssh leaves out a key file that it was given and that is not there, and says so on its standard error only.
  func withKeyThatIsNotThere(_ noise: SSHLog) -> ConnectionProblem {
    guard case .denied(var denial) = self, let found = noise.last("Warning: Identity file * not accessible: *.") else { return self }
    denial.faults.append(.missing(found[0], reason: found[1]))
    return .denied(denial)
  }
}

/// The keys that a log tells of, one line after the other.
private struct KeyReading {
  private(set) var tried: [String] = []
  private(set) var faults: [ConnectionProblem.KeyFault] = []
  private var explicit: Set<String> = []
  /// A key that the server would take, or whose file is looked into, while nothing more has been heard of it.
  private var pending: (name: String, isAccepted: Bool)?

  init(_ log: SSHLog) { for line in log.lines { read(line.text) } }

  private mutating func read(_ line: String) {
    if let found = SSHLog.match(line, "Will attempt key: * explicit*") {
      explicit.insert(Self.name(found[0]))
    } else if let found = SSHLog.match(line, "Offering public key: *") {
      settle()
      let name = Self.name(found[0])
      // A key that has no file goes by its comment.
      add(found[0].hasSuffix(" agent") && !name.hasPrefix("/") ? "agent \(name)" : name)
    } else if let found = SSHLog.match(line, "Server accepts key: *") {
      pending = (Self.name(found[0]), true)
    } else if let found = SSHLog.match(line, "Trying private key: *") {
      settle()
      pending = (found[0], false)
    } else if line.hasPrefix("Authentications that can continue: ") {
      // It was sent, and was not enough.
      if let pending { add(pending.name) }
      pending = nil
    } else if line.hasPrefix("No more authentication methods") {
      settle()
    } else if let fault = Self.fault(line) {
      faults.append(fault)
      pending = nil
    }
  }

  private static func fault(_ line: String) -> ConnectionProblem.KeyFault? {
    if let found = SSHLog.match(line, "no such identity: *: *") { return .missing(found[0], reason: found[1]) }
    if let found = SSHLog.match(line, "Permissions * for '*' are too open.") { return .tooOpen(found[1], mode: found[0]) }
    if let found = SSHLog.match(line, "Load key \"*\": *"), found[1] != "bad permissions" { return .unreadable(found[0], reason: found[1]) }
    if let found = SSHLog.match(line, "sign_and_send_pubkey: signing failed for * \"*\" from agent: *") {
      return .agent(found[1], reason: found[2])
    }
    return nil
  }

  /// ssh goes on without a word when a key has a passphrase that it may not ask for; a usual key that does not exist looks much the same.
  private mutating func settle() {
    if let pending, pending.isAccepted || explicit.contains(pending.name) { faults.append(.encrypted(pending.name)) }
    pending = nil
  }

  private mutating func add(_ key: String) { if !tried.contains(key) { tried.append(key) } }

  /// `/k ED25519 SHA256:... explicit agent` without what follows the name, which may have blanks.
  private static func name(_ text: String) -> String {
    var name = text[...]
    for suffix in [" agent", " explicit"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    if let found = name.firstRange(of: " SHA256:") {
      name = name[..<found.lowerBound]
      if let kind = name.lastIndex(of: " ") { name = name[..<kind] }
    }
    return String(name.trimmingSuffix { $0 == " " })
  }
}
