import Synchronization

/// Signals as calls in the loop, by the self-pipe trick.
@Engine enum Signals {
  private static var handlers: [Int32: [@Engine (Int32) -> Void]] = [:]

  /// Has the loop read the pipe, and ends of children arrive on it.
  static func start() {
    let descriptor = readingEnd.load(ordering: .acquiring)
    Reactor.shared.watch(descriptor, for: .reading) { deliver(from: descriptor) }
    // Also where our parent left SIGCHLD ignored, in which case nobody could learn any child's status.
    add([SIGCHLD]) { _ in Reaper.reap() }
  }

  static func add(_ signals: [Int32], _ handler: @escaping @Engine (Int32) -> Void) {
    for signal in signals {
      handlers[signal, default: []].append(handler)
      // Whoever started us with nohup wants us to survive the terminal.
      if signal == SIGHUP, Platform.isIgnored(signal) { continue }
      Platform.setHandler(writeToPipe, for: signal)
    }
    unblock(signals)
  }

  /// The reading end also gets the zero bytes by which other threads wake the loop.
  nonisolated static func openPipe(_ pipe: Descriptor.Pipe) {
    readingEnd.store(pipe.reading, ordering: .releasing)
    writingEnd.store(pipe.writing, ordering: .releasing)
  }

  private static func deliver(from descriptor: Int32) {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return }
    var childrenEnded = false
    for byte in bytes[..<count] where byte != 0 {
      // One look at all children does for any number of them.
      if Int32(byte) == SIGCHLD { childrenEnded = true } else { call(Int32(byte)) }
    }
    if childrenEnded { call(SIGCHLD) }
  }

  private static func call(_ signal: Int32) {
    for handler in handlers[signal] ?? [] { handler(signal) }
  }

  // A signal mask is inherited: a parent may have left us one that keeps signals away.
  private static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}

extension Engine {
  /// Calls `handler` in the loop for each of these signals from now on.
  @Engine package static func onSignal(_ signals: [Int32], _ handler: @escaping @Engine (Int32) -> Void) { Signals.add(signals, handler) }
}

// Atomics, because the handler runs between any two instructions of any thread.
private let readingEnd = Atomic<Int32>(-1)
private let writingEnd = Atomic<Int32>(-1)

private func writeToPipe(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(writingEnd.load(ordering: .relaxed), &byte, 1)
  errno = saved
}
