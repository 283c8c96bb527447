import Synchronization

/// Signals that wait until something is as it was: they are caught, and delivered again under their former handlers.
struct HeldSignals {
  let descriptor: Int32
  private let writing: Int32
  private let former: [(signal: Int32, action: sigaction)]

  init?(_ signals: [Int32]) {
    guard let pipe = try? Descriptor.Pipe() else { return nil }
    (descriptor, writing) = (pipe.reading, pipe.writing)
    Descriptor.setNonBlocking(pipe.reading)
    heldSignals.store(pipe.writing, ordering: .releasing)
    former = signals.filter { !Platform.isIgnored($0) }.map { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      Platform.setHandler(hold, for: signal)
      return (signal, action)
    }
  }

  /// Those that have come; who reads this survived them.
  func deliver() -> [Int32] {
    for (signal, action) in former {
      var action = action
      sigaction(signal, &action, nil)
    }
    var signal: UInt8 = 0
    var delivered: [Int32] = []
    while read(descriptor, &signal, 1) == 1 {
      delivered.append(Int32(signal))
      kill(getpid(), Int32(signal))
    }
    heldSignals.store(-1, ordering: .releasing)
    close(descriptor)
    close(writing)
    return delivered
  }
}

// An atomic, because the handler runs between any two instructions of any thread.
private let heldSignals = Atomic<Int32>(-1)

private func hold(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(heldSignals.load(ordering: .relaxed), &byte, 1)
  errno = saved
}
