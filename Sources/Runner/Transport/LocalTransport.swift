import Tasks

/// The control machine itself, through the same shell and the same scripts as any other host.
package struct LocalTransport: Transport {
  /// Where commands start; a host over ssh starts in the user's home.
  let folder: String?
  let shell: String

  package init(folder: String?, shell: String = "/bin/sh") {
    self.folder = folder
    self.shell = shell
  }

  package func start(on host: Host, ready: String, log: String) -> ChildStart {
    ChildStart([shell, "-c", RemoteShell.bootstrap(ready: ready)], folder: folder, input: .pipe)
  }

  package func problem(on host: Host, exit: ChildExit, log: String, noise: String, wasReady: Bool) -> ConnectionProblem {
    if wasReady, case .exited(let status) = exit { return .remoteEnded(status: status) }
    if wasReady, case .signalled(let signal) = exit { return .killed(signal: signal) }
    return .localShellEnded(shell, says: noise.isEmpty ? nil : noise)
  }
}
