/// What is to happen later, the soonest last.
struct Timers {
  private var waiting: [Engine.Timer] = []
  private var made = 0

  mutating func add(at deadline: ContinuousClock.Instant, _ action: @escaping @Engine () -> Void) -> Engine.Timer {
    made += 1
    let timer = Engine.Timer(deadline: deadline, number: made, action: action)
    waiting.insert(timer, at: position(of: timer))
    return timer
  }

  // Taken out at once: most timers are timeouts that never come, and must not pile up until their hour.
  mutating func remove(_ timer: Engine.Timer) {
    let position = position(of: timer)
    guard position < waiting.count, waiting[position] === timer else { return }
    waiting.remove(at: position)
  }

  /// How long the poller may wait, rounded up so that it doesn't return just too early; -1 is for ever.
  func milliseconds(from now: ContinuousClock.Instant) -> Int32 {
    guard let next = waiting.last else { return -1 }
    let (seconds, attoseconds) = (next.deadline - now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // A day at most: the poller counts in 32 bits.
    return Int32(min(seconds, 86400)) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// Takes out the next one whose time has come.
  mutating func next(at now: ContinuousClock.Instant) -> Engine.Timer? {
    guard let timer = waiting.last, timer.deadline <= now else { return nil }
    return waiting.removeLast()
  }

  private func position(of timer: Engine.Timer) -> Int {
    var (low, high) = (0, waiting.count)
    while low < high {
      let middle = (low + high) / 2
      if waiting[middle].isLater(than: timer) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
