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

  package func reason(exit: ChildExit, log: String, noise: String) -> String {
    noise.isEmpty ? "\(shell) ended at once" : "\(shell) ended at once: \(noise)"
  }

  package func isDropped(log: String, noise: String) -> Bool { false }
}
