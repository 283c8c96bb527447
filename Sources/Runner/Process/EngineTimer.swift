extension Engine {
  /// Something that will happen once, unless it is cancelled.
  package final class Timer: Sendable {
    let deadline: ContinuousClock.Instant
    // Equal deadlines fire in the order in which they were asked for.
    let number: Int
    let action: @Engine () -> Void

    init(deadline: ContinuousClock.Instant, number: Int, action: @escaping @Engine () -> Void) {
      self.deadline = deadline
      self.number = number
      self.action = action
    }

    /// Nothing happens afterwards; cancelling too late or twice does no harm.
    @Engine package func cancel() { Reactor.shared.timers.remove(self) }

    func isLater(than other: Timer) -> Bool { (deadline, number) > (other.deadline, other.number) }
  }

  /// Calls `action` once the time has passed.
  @Engine @discardableResult
  package static func after(_ duration: Duration, _ action: @escaping @Engine () -> Void) -> Timer {
    Reactor.shared.timers.add(at: Clock.now + duration, action)
  }

  /// Returns once the time has passed; a time of zero or less lets others go first.
  @Engine package static func sleep(for duration: Duration) async {
    await withCheckedContinuation { continuation in
      after(duration) { continuation.resume() }
    }
  }
}
