/// What Ctrl-C and SIGTERM mean for a run.
///
/// First Ctrl-C: nothing new starts, and what runs has `grace` to end. Second, or SIGTERM: what runs is ended. Third: so are we.
/// Stages after `finally` run all the same, and can be interrupted in turn.
@Engine package final class Interruption {
  /// CI systems leave 7.5 s between SIGINT and SIGTERM: this, what those who ignore TERM take, and the stages of `finally`.
  package static let grace = Duration.seconds(3)

  /// The first signal, which decides the exit status.
  package private(set) var signal: Int32?
  private var level = 0
  private var handled = 0
  private var observers: [Int: Observer] = [:]
  private var nextObserver = 0
  private var notice: @Engine (String) -> Void = { _ in }
  private var leave: @Engine () -> Void = {}

  private struct Observer {
    var stop: @Engine () -> Void
    var cancel: @Engine () -> Void
  }

  package init() {}

  /// Whether the stages that run now must not start anything.
  package var isRequested: Bool { level > handled }

  package var status: ExitStatus? { signal.map { $0 == SIGTERM || $0 == SIGHUP ? .terminated : .interrupted } }

  /// Takes signals from now on; `leave` is all that is done before a third one ends us.
  package func watch(notice: @escaping @Engine (String) -> Void, leave: @escaping @Engine () -> Void) {
    self.notice = notice
    self.leave = leave
    Engine.onSignal([SIGINT, SIGTERM, SIGHUP]) { self.receive($0) }
  }

  /// For stages that run in spite of the interruption so far.
  package func shield() {
    handled = level
  }

  /// Calls `stop` when nothing new may start, and `cancel` when what runs must end; until `unwatch`.
  package func observe(stop: @escaping @Engine () -> Void, cancel: @escaping @Engine () -> Void) -> Int {
    nextObserver += 1
    observers[nextObserver] = Observer(stop: stop, cancel: cancel)
    return nextObserver
  }

  package func unobserve(_ number: Int) { observers[number] = nil }

  /// Waits, unless an interruption comes first.
  package func sleep(for duration: Duration) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      guard !isRequested else { return continuation.resume() }
      let once = Once(continuation)
      let timer = Engine.after(duration) { once.resume(returning: ()) }
      let number = observe(
        stop: {
          timer.cancel()
          once.resume(returning: ())
        }, cancel: {})
      once.then = { self.unobserve(number) }
    }
  }

  /// What blocking code says, or nothing when an interruption comes first; then nobody waits for the code any more.
  package func orElse<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
    await withCheckedContinuation { (continuation: CheckedContinuation<Value?, Never>) in
      guard !isRequested else { return continuation.resume(returning: nil) }
      let once = Once(continuation)
      let number = observe(stop: { once.resume(returning: nil) }, cancel: {})
      once.then = { self.unobserve(number) }
      Engine.task { once.resume(returning: await Engine.elsewhere { body() }) }
    }
  }

  private func receive(_ signal: Int32) {
    if self.signal == nil { self.signal = signal }
    level += 1
    if level > handled + 2 {
      leave()
      _exit(status?.rawValue ?? ExitStatus.interrupted.rawValue)
    }
    for observer in observers.values { observer.stop() }
    if signal != SIGINT || level > handled + 1 {
      notice("interrupted: ending what runs on the hosts")
      cancel()
    } else {
      notice("interrupted: nothing new starts; what runs has \(Self.grace.text) to end, Ctrl-C again ends it now")
      let current = level
      Engine.after(Self.grace) { if self.level == current, self.handled < current { self.cancel() } }
    }
  }

  private func cancel() {
    for observer in observers.values { observer.cancel() }
  }

  @Engine private final class Once<Value: Sendable> {
    private var continuation: CheckedContinuation<Value, Never>?
    var then: (@Engine () -> Void)?

    init(_ continuation: CheckedContinuation<Value, Never>) { self.continuation = continuation }

    func resume(returning value: Value) {
      continuation?.resume(returning: value)
      continuation = nil
      then?()
      then = nil
    }
  }
}
