/// How a process ended.
package enum ChildExit: Sendable, Equatable {
  case exited(Int32)
  /// By a signal; number 0 says that somebody else took the status, so that nobody knows.
  case signalled(Int32)

  /// From the status that waitpid gives; the C macros for it are not visible in Swift.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }

  /// Whether it said that all is well.
  package var isSuccess: Bool { self == .exited(0) }
}
