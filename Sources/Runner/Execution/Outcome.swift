/// What became of a step, or of a host; the words are stable API.
package enum Outcome: String, Sendable, CaseIterable {
  case succeeded, failed, unreachable, skipped, cancelled
  /// It began, and the connection was lost before it said how it ended: never retried, never called success.
  case unknown

  package var isFailure: Bool {
    switch self {
    case .failed, .unreachable, .unknown: true
    case .succeeded, .skipped, .cancelled: false
    }
  }

  package var words: String { self == .unknown ? "outcome unknown" : rawValue }

  package func words(isStarted: Bool) -> String { isStarted || isFailure ? words : "not started" }
}
