/// Learns how our children ended.
///
/// Asks for each by number: other code in this process may have children too.
@Engine enum Reaper {
  private static var children: [pid_t: Child] = [:]

  static func add(_ child: Child) { children[child.process] = child }

  /// Asks all of them to end, for a process that does not wait for what they would say.
  static func endAll() {
    for child in children.values { child.signal(SIGTERM) }
  }

  static func reap() {
    for (process, child) in children {
      var status: Int32 = 0
      let answer = waitpid(process, &status, WNOHANG)
      guard answer == process || (answer < 0 && errno == ECHILD) else { continue }
      children[process] = nil
      // ECHILD: someone else has taken our child's status, and only "it is gone" is left to say.
      child.ended(answer == process ? ChildExit(status: status) : .signalled(0))
    }
  }
}
