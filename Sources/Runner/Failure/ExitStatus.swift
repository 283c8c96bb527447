/// Every exit status of `run`, named.
///
/// Stable: scripts depend on the numbers.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Everything was done.
  case done = 0
  /// A step failed.
  case failed = 1
  /// Usage, Deployfile, inventory or plan is invalid: nothing was touched.
  case invalid = 2
  /// Done, except for hosts whose failure the task tolerates.
  case partial = 3
  /// A host could not be reached.
  case unreachable = 4
  /// A lock is held by another run.
  case locked = 5
  /// Ctrl-C.
  case interrupted = 130
  /// SIGTERM.
  case terminated = 143

  /// How a run ended, in a word or two.
  package var words: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .invalid: "not done"
    case .partial: "done, except for tolerated hosts"
    case .unreachable: "failed, unreachable"
    case .locked: "lock was held"
    case .interrupted, .terminated: "interrupted"
    }
  }
}
