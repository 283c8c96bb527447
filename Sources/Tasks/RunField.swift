/// What a command or a message can say of the run that it belongs to.
///
/// Commands may hold what is known when the run starts; messages of `notify` may hold all of them.
///
///     run("bin/tag-logs \(run: .id) \(run: .user)")
///     notify(.slack(hook), "\(run: .task): \(run: .outcome) after \(run: .duration)", on: .always)
public enum RunField: String, Sendable, Equatable, CaseIterable {
  /// What tells this run from all others.
  case id
  /// When the run started, in UTC, for names that sort by time: `20261122T224002.250Z`.
  case started
  /// The environment, or nothing when none is declared.
  case environment
  /// The task that was called.
  case task
  /// Who started the run: the CI's user, or the one who is logged in.
  case user
  /// The page of the CI build that the run is part of, or nothing.
  case url
  /// How long the run took, for example `1 min 4 s`; for messages.
  case duration
  /// `succeeded`, `failed` or `cancelled`; for messages.
  case outcome
  /// The version that is live after the run, or the one that was asked for; for messages.
  case version
  /// The version that was live before the run; for messages.
  case previousVersion

  /// Whether its value is known before anything is done.
  package var isKnownAtStart: Bool {
    switch self {
    case .id, .started, .environment, .task, .user, .url: true
    case .duration, .outcome, .version, .previousVersion: false
    }
  }
}
