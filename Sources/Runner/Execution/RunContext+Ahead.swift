import Tasks

extension RunContext {
  /// Begins to connect to hosts whose turn comes next, while others work: where hosts work one after the other, connecting would take longer
  /// than many a restart.
  ///
  /// What comes of it is told when it is their turn, and a connection that was refused is not tried again.
  func connectAhead(_ states: [HostState]) {
    for state in states where !state.host.isLocal && state.session == nil && state.ahead == nil {
      state.ahead = Engine.task { await self.newSession(for: state) }
    }
  }

  /// The turn of these hosts does not come: a connection that is not there yet is given up.
  func forgetAhead(_ states: [HostState]) async {
    for state in states {
      guard let ahead = state.ahead else { continue }
      state.ahead = nil
      ahead.cancel()
      if state.session?.isOpen != true { state.session?.cancel() }
      _ = await ahead.value
    }
  }
}
