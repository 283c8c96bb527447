import Tasks

/// What a run knows of one host: its session, what was captured there, and what became of it.
@Engine package final class HostState {
  package let host: Host
  package var session: HostSession?
  /// A connection that was begun before the host's turn.
  package var ahead: Task<(session: HostSession?, unreachable: String?), Never>?
  /// The end of a session that is not waited for yet.
  var closing: Task<Void, Never>?
  /// Whether a program beside the session wants its connection, as `sync` does.
  package var sharesConnection = false
  /// Ends what runs here on behalf of the host, such as rsync.
  package var cancelLocal: (@Engine () -> Void)?
  package var captures: [String: [UInt8]] = [:]
  /// The password of sudo was of no use here.
  package var sudoRefusal: SudoRefusal?
  package var outcome = Outcome.skipped
  package var isStarted = false
  package var problem: String?
  /// Why there was no connection the last time, where that is known.
  package var connectionProblem: ConnectionProblem?
  package var lastLines: [String] = []
  package var duration = Duration.zero
  /// The sessions that were lost, or may be, with something going on in them: what the host has noted of it is kept for those who ask.
  package var unsettled: Set<String> = []
  /// Whether there was a session in this sitting: what the host has noted is gone with its end.
  package var wasConnected = false
  /// Failed, so that later phases leave it alone.
  package var isDropped = false
  /// How many phases of the plan may still want it, those for cleaning up included.
  package var phasesLeft = 0
  /// How many phases a run without trouble gives it, and how many it has been through.
  package var phases = (expected: 0, done: 0)

  /// What journals call the host.
  package let key: String

  package init(_ host: Host, key: String? = nil) {
    self.host = host
    self.key = key ?? host.name
  }

  /// Records trouble; the first one is what the summary shows.
  package func fail(_ outcome: Outcome, _ problem: String, lastLines: [String] = []) {
    isDropped = true
    guard !self.outcome.isFailure else { return }
    self.outcome = outcome
    self.problem = problem
    self.lastLines = lastLines
  }

  /// Records that it was begun and not finished.
  package func cancel() {
    isDropped = true
    if !outcome.isFailure { outcome = .cancelled }
  }

  /// As if it had never been begun.
  package func forget() {
    outcome = .skipped
    isStarted = false
    duration = .zero
  }

  package func succeed() { if outcome == .skipped { outcome = .succeeded } }

  /// Its row in the table: a host that did all it was asked to, in a run that ended early, was stopped on the way.
  package var summary: Summary.Row {
    let isStopped = outcome == .succeeded && phases.done < phases.expected
    return Summary.Row(
      host: host.name, outcome: isStopped ? .cancelled : outcome, isStarted: isStarted, duration: duration.seconds,
      problem: isStopped ? "\(phases.done) of \(count(phases.expected, "phase")) done" : problem, lastLines: lastLines)
  }
}

extension Host {
  /// What journals call a host of a plan; nothing for this machine, whatever an inventory's hosts are named.
  package var key: String { self == Planner.controlMachine ? "" : name }
}
