import Tasks

/// The locks that a run holds, by host: a block inside of another one with the same lock shares it.
@Engine package final class HeldLocks {
  /// By name of the lock and key of the host, how many blocks count on it.
  private var counts: [String: [String: Int]] = [:]

  /// Those that this sitting has had.
  package private(set) var had: Set<String> = []

  package func isHeld(_ name: String, on state: HostState) -> Bool { counts[name]?[state.key] != nil }

  package func names(on state: HostState) -> [String] { counts.filter { $0.value[state.key] != nil }.keys.sorted() }

  package func add(_ name: String, on state: HostState) {
    had.insert(name)
    counts[name, default: [:]][state.key, default: 0] += 1
  }

  /// Returns whether nobody counts on it any more.
  package func remove(_ name: String, on state: HostState) -> Bool {
    guard let count = counts[name]?[state.key] else { return false }
    counts[name]?[state.key] = count > 1 ? count - 1 : nil
    return count == 1
  }

  /// As if it had never been taken: it turned out to be another's.
  package func forget(_ name: String, on state: HostState) { counts[name]?[state.key] = nil }
}

extension RunContext {
  /// A new session of a host renews the leases of what is locked there; returns why it cannot.
  func keepLocks(on state: HostState) async -> String? {
    for name in locks.names(on: state) {
      guard let session = state.session else { return StepWords.connectionClosed }
      let text = LockShell(name, in: state.host.lockFolder).take(by: lockOwner)
      guard let answer = await OwnCommand.run(text, on: session) else { return StepWords.connectionLost }
      switch LockAnswer(status: answer.status, output: answer.output) {
      case .taken, .takenOver: break
      case .held(let holder):
        locks.forget(name, on: state)
        return LockWords.expired(name, holder)
      case .cannot(let reason): return LockWords.notRenewed(name, reason)
      }
    }
    return nil
  }

  /// Before a session gives way to others, its locks learn to live without it for a while.
  func parkLocks(on state: HostState) async {
    for name in locks.names(on: state) {
      guard let session = state.session else { return }
      let text = LockShell(name, in: state.host.lockFolder).park(for: lockOwner)
      _ = await OwnCommand.run(text, on: session)
    }
  }
}

extension Host {
  /// Where locks are kept on the host: a folder that all who deploy there may write to; empty for a private one of the login user.
  package var lockFolder: String { variables["pushbutton_lock_folder"]?.word ?? "" }
}
