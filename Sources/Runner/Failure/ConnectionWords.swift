extension ConnectionProblem {
  /// One sentence for people, without a full stop.
  ///
  /// The whole of it, as long as what is told of foreign paths and words is no more than a screenful: its end says what to do.
  package var words: String { Failure.visible(sentence, upTo: 4000) }

  private var sentence: String {
    switch self {
    case .refused(let endpoint): "connection refused (\(endpoint.words))"
    case .timedOut(let endpoint, let limit): "no connection within \(limit.text) (\(endpoint.words))"
    case .unresolved(let name, let reason): "cannot resolve \(name): \(reason)"
    case .unroutable(let endpoint, let obstacle): "\(obstacle.words) (\(endpoint.words))"
    case .notConnected(let endpoint, let reason): "cannot connect: \(reason) (\(endpoint.words))"
    case .silent(let endpoint, let limit): "no SSH banner within \(limit.text)\(Self.parenthesised(endpoint))"
    case .silentBehindJump(let hop, let limit): "no SSH banner within \(limit.text) through \(Self.jumpHost(hop))"
    case .dropped(let endpoint, let word):
      "the server dropped the connection before it said who it is\(word.map { ": \($0)" } ?? "")\(Self.parenthesised(endpoint))"
    case .notSSH(let endpoint, let text): "this is no SSH server\(Self.parenthesised(endpoint)), it says: \(text)"
    case .noAgreement(let reason): "ssh and the host cannot agree: \(reason)"
    case .hostKey(let key, let fault): key.sentence(fault)
    case .denied(let denial): denial.sentence
    // An option of ours does not reach the jump host's own ssh.
    case .jump(let hop, .hostKey(let key, .unknown)): "\(Self.jumpHost(hop)): \(key.unknown)"
    case .jump(let hop, let problem): "\(Self.jumpHost(hop)): \(problem.sentence)"
    case .behindJump(let hop, let target, let reason): "\(Self.jumpHost(hop)) cannot reach \(target ?? "the host behind it"): \(reason)"
    case .proxyCommand(let text): "the ProxyCommand ended without a connection\(text.map { ": \($0)" } ?? "")"
    case .unanswered(let duration): "no answer for \(duration.text)"
    case .reset: "the connection was reset"
    case .corrupted(let reason): "a packet arrived damaged (\(reason))"
    case .closed: "the host closed the connection"
    case .disconnected(let reason): "the host refused to go on: \(reason)"
    case .remoteKilled: "the remote shell was killed by a signal"
    case .shellEnded(let status, let isForced, let text):
      "\(isForced ? "the command that authorized_keys forces" : "the login shell") ended before the first command (status \(status))"
        + (text.map { ": \($0)" } ?? "")
    case .remoteEnded(let status): "the remote shell ended (status \(status))"
    case .localShellEnded(let shell, let text): "\(shell) ended at once\(text.map { ": \($0)" } ?? "")"
    case .configuration(let line): "ssh's configuration is not valid: \(line)"
    case .killed(let signal): "ssh was ended by signal \(signal)"
    case .other(let text): text
    case .unexplained(let text): "ssh ended without a message (status 255)\(text.map { ": \($0)" } ?? "")"
    }
  }

  private static func jumpHost(_ name: String?) -> String { "the jump host\(name.map { " \($0)" } ?? "")" }

  private static func parenthesised(_ endpoint: Endpoint?) -> String { endpoint.map { " (\($0.words))" } ?? "" }
}

extension ConnectionNotice {
  var words: String {
    switch self {
    case .acceptsNewHostKeys: "keys of hosts that ssh does not know are accepted, and written down (--accept-new-host-keys)"
    case .inventoryAcceptsNewHostKeys(let hosts):
      "keys of hosts that ssh does not know are accepted, and written down, on \(folded(hosts)) (StrictHostKeyChecking in the inventory)"
    case .forwardsAgent(let hosts):
      "your ssh agent is forwarded to \(folded(hosts)): whoever rules these hosts can use your keys meanwhile; a jump host needs no agent"
    case .cannotShare(let folder):
      "sync makes connections of its own: no socket can have a name in \(folder), which is too long or has signs that ssh reads; "
        + "set TMPDIR to a folder with a short name"
    case .tookDownHostKey(let host, let key): "\(host): its key was not known, and is now: \(key)"
    case .cannotKeepHostKey(let host, let key, let file):
      "\(host): its key was not known, and cannot be written down in \(file), so that any other is accepted the next time: \(key)"
    }
  }
}

extension DroppedConnection {
  /// Why it is not tried again any more.
  static func gaveUp(_ problem: ConnectionProblem) -> String {
    "the server drops connections, \(pauses.count + 1) in a row: it is throttling (MaxStartups, PerSourcePenalties), or something on the way "
      + "closes them; the last time \(problem.words)"
  }
}

extension ConnectionProblem.Endpoint {
  var words: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }
}

extension ConnectionProblem.Obstacle {
  var words: String {
    switch self {
    case .noRoute: "no route to the host"
    case .networkUnreachable: "the network is unreachable"
    case .prohibited: "this machine's network settings prohibit the connection"
    }
  }
}

extension ConnectionProblem.HostKey {
  private var shown: String { "\(kind)\(fingerprint.map { " \($0)" } ?? "")" }

  fileprivate var unknown: String {
    "the host key of \(host) is not known (\(shown)): compare it with the host's own, then add it to known_hosts by connecting once with ssh"
  }

  fileprivate func sentence(_ fault: ConnectionProblem.HostKeyFault) -> String {
    switch fault {
    case .unknown: return "\(unknown), or accept it with --accept-new-host-keys"
    case .changed(let file, let line):
      let place = file.map { "\($0)\(line.map { ":\($0)" } ?? "")" }
      return "THE HOST KEY OF \(host) HAS CHANGED (now \(shown)\(place.map { ", another one stands in \($0)" } ?? "")): somebody may be "
        + "between you and the host; if you know why it changed, remove the old one with ssh-keygen -R '\(host)'"
        + (file.map { " -f '\($0)'" } ?? "")
    case .revoked: return "the host key of \(host) is revoked (\(shown)): it may have been stolen"
    }
  }
}

extension ConnectionProblem.Denial {
  fileprivate var sentence: String {
    let refusal = methods.map { "permission denied (\($0))" } ?? "permission denied after too many keys"
    var parts = ["\(refusal)\(user.map { " as \($0)" } ?? "")"]
    if let tried { parts.append(tried.isEmpty ? "no key was tried" : "keys tried: \(tried.joined(separator: ", "))") }
    parts += faults.map(\.words)
    if methods == nil { parts.append("name the right one in ansible_ssh_private_key_file, and set IdentitiesOnly=yes") }
    return parts.joined(separator: "; ")
  }
}

extension ConnectionProblem.KeyFault {
  fileprivate var words: String {
    switch self {
    case .missing(let path, let reason): "cannot read \(path): \(reason)"
    case .tooOpen(let path, let mode): "\(path) is ignored because others may read it (mode \(mode)): chmod 600 \(path)"
    case .unreadable(let path, let reason): "cannot load \(path): \(reason)"
    case .encrypted(let path): "\(path) has a passphrase, and no agent holds it: ssh-add \(path)"
    case .agent(let path, let reason): "the agent does not sign with \(path): \(reason)"
    }
  }
}
