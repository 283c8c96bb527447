import Tasks

/// How a session reaches a host: the program to start, and what its end means when the host never answered.
package protocol Transport: Sendable {
  /// Starts the remote shell on the host, which says `ready` first; `log` is a private file for the transport's own messages.
  func start(on host: Host, ready: String, log: String) -> ChildStart
  /// Why the host was not reached, from the transport's own messages and what came before `ready`.
  func reason(exit: ChildExit, log: String, noise: String) -> String
  /// Whether the host closed the connection before it said anything, as one does that is too busy: another attempt can help.
  func isDropped(log: String, noise: String) -> Bool
}

extension Host {
  /// `ansible_connection=local` is this machine; everything else is reached by ssh.
  package var isLocal: Bool { variables["ansible_connection"] == .string("local") }
}
