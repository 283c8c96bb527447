import Tasks

/// How a session reaches a host: the program to start, and what its end means.
package protocol Transport: Sendable {
  /// Starts the remote shell on the host, which says `ready` first; `log` is a private file for the transport's own messages.
  ///
  /// Throws for a host that must not be handed to ssh, which no inventory lets through.
  func start(on host: Host, ready: String, log: String) throws(InventoryError.HostProblem) -> ChildStart
  /// Why the host was not reached or was lost, from the transport's own messages and what came before `ready`.
  func problem(on host: Host, exit: ChildExit, log: String, noise: String, wasReady: Bool) -> ConnectionProblem
}

extension Host {
  /// `ansible_connection=local` is this machine; everything else is reached by ssh.
  package var isLocal: Bool { variables["ansible_connection"] == .string("local") }
}
