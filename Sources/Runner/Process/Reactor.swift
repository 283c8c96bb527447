/// Turns what the poller, the clock and signals say into calls, one turn at a time.
@Engine final class Reactor {
  static let shared = Reactor()

  var timers = Timers()
  private var poller = Poller()
  private var handlers: [Int32: @Engine () -> Void] = [:]

  /// Calls `handler` in every turn in which the descriptor is ready; replaces an earlier handler.
  func watch(_ descriptor: Int32, for interest: Poller.Interest, _ handler: @escaping @Engine () -> Void) {
    poller.watch(descriptor, for: interest)
    handlers[descriptor] = handler
  }

  func forget(_ descriptor: Int32) {
    poller.forget(descriptor)
    handlers[descriptor] = nil
  }

  /// Runs as long as the process; the loop decides when there is a turn.
  func serve() async {
    Signals.start()
    while true {
      await Engine.loop.turn()
      let wait = Engine.loop.fallAsleep() ? timers.milliseconds(from: Clock.now) : 0
      let ready = poller.wait(milliseconds: wait)
      Engine.loop.awake()
      // A handler may forget others, and a closed descriptor's number may be taken again within the turn:
      // everything is non-blocking, so a call too many only finds nothing to do.
      for descriptor in ready { handlers[descriptor]?() }
      // Compared with one instant, so that a timer which sets another can't keep the turn from ending.
      let now = Clock.now
      while let timer = timers.next(at: now) { timer.action() }
    }
  }
}
