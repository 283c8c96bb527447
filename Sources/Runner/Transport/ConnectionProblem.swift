/// Why a host was not reached, or was lost, as far as ssh's log and its end tell.
package indirect enum ConnectionProblem: Sendable, Equatable {
  // Before there was a connection.
  case refused(Endpoint)
  case timedOut(Endpoint, within: Duration)
  case unresolved(String, reason: String)
  case unroutable(Endpoint, Obstacle)
  /// The system could not connect for another reason, in its own words.
  case notConnected(Endpoint, reason: String)

  // A connection, and no ssh yet.
  case silent(Endpoint?, within: Duration)
  /// The same, and a jump host in between may be the silent one.
  case silentBehindJump(String?, within: Duration)
  /// Closed before the server named its version, perhaps with a word why: too many connections, or the network failed.
  case dropped(Endpoint?, word: String?)
  case notSSH(Endpoint?, says: String)

  /// No cipher, key or other algorithm that both sides know.
  case noAgreement(String)

  // Who the host is, and who we are.
  case hostKey(HostKey, HostKeyFault)
  case denied(Denial)

  // Through others.
  /// The jump host itself is at fault.
  case jump(String?, ConnectionProblem)
  /// The jump host is well, and does not get through to the next one.
  case behindJump(String?, to: String?, reason: String)
  case proxyCommand(says: String?)

  // Connected.
  case unanswered(Duration)
  case reset
  case corrupted(String)
  case closed
  /// The host ended it, and said why.
  case disconnected(String)
  case remoteKilled
  /// The login shell, or what the server runs in its place, ended before it ran ours.
  case shellEnded(status: Int32, isForced: Bool, says: String?)
  /// Ours ended in the middle of a session.
  case remoteEnded(status: Int32)

  /// This machine's own shell, in place of a host's.
  case localShellEnded(String, says: String?)

  // ssh itself.
  case configuration(String)
  case killed(signal: Int32)
  /// What no rule knows, in ssh's own words.
  case other(String)
  /// ssh said nothing; with the last thing that came from the host or on the way there.
  case unexplained(says: String?)

  /// Whether another attempt can help, and nothing has run that could run twice: the connection was closed before the server said who it is.
  package var isDropped: Bool {
    switch self {
    case .dropped: true
    case .jump(_, let problem): problem.isDropped
    default: false
    }
  }
}

extension ConnectionProblem {
  package struct Endpoint: Sendable, Equatable {
    package var address: String
    package var port: String

    package init(_ address: String, _ port: String) {
      self.address = address
      self.port = port
    }
  }

  package enum Obstacle: Sendable, Equatable {
    case noRoute, networkUnreachable, prohibited
  }

  package struct HostKey: Sendable, Equatable {
    /// As known_hosts has it: `[127.0.0.1]:2222`.
    package var host: String
    package var kind: String
    package var fingerprint: String?
  }

  package enum HostKeyFault: Sendable, Equatable {
    case unknown
    /// Where another one is written down.
    case changed(file: String?, line: String?)
    case revoked
  }

  /// An authentication that failed: with what, and why some of it was no use.
  package struct Denial: Sendable, Equatable {
    package var user: String?
    /// What the server would take; nothing when it has had enough of keys that it does not.
    package var methods: String?
    /// Nothing where the log does not tell.
    package var tried: [String]?
    package var faults: [KeyFault] = []
  }

  package enum KeyFault: Sendable, Equatable {
    case missing(String, reason: String)
    case tooOpen(String, mode: String)
    case unreadable(String, reason: String)
    /// The server would take it, and nobody can give its passphrase.
    case encrypted(String)
    case agent(String, reason: String)
  }
}
