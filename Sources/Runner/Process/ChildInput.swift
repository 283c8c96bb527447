/// Our end of a child's standard input: what is queued goes out in order, as fast as the child reads.
@Engine final class ChildInput {
  private let descriptor: Int32
  private var queue: [[UInt8]] = []
  private var offset = 0
  private var isClosing = false
  private var isOpen = true
  /// Whether something that was sent has not gone out.
  private var isBroken = false
  private var waiters: [CheckedContinuation<Bool, Never>] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func send(_ bytes: [UInt8]) {
    guard isOpen, !isClosing else { return isBroken = true }
    guard !bytes.isEmpty else { return }
    queue.append(bytes)
    if queue.count == 1 { write() }
  }

  /// Once everything queued has been written or lost, whether the pipe took it all.
  func flushed() async -> Bool {
    // Asked inside: the runtime may let others run between a function's lines and the body of a continuation.
    await withCheckedContinuation { continuation in
      if queue.isEmpty { continuation.resume(returning: !isBroken) } else { waiters.append(continuation) }
    }
  }

  /// Closes the pipe once what is queued has gone out.
  func finish() {
    isClosing = true
    if queue.isEmpty { close() }
  }

  /// Closes the pipe now; what is still queued is lost.
  func close() {
    guard isOpen else { return }
    isOpen = false
    if !queue.isEmpty { isBroken = true }
    queue = []
    Reactor.shared.forget(descriptor)
    _ = unistdClose(descriptor)
    wake()
  }

  private func write() {
    while let first = queue.first {
      let count = first.withUnsafeBytes { unistdWrite(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        Reactor.shared.watch(descriptor, for: .writing) { self.write() }
        return
      }
      // EPIPE: the child has stopped reading, which is its right; its exit will say whether that was well.
      guard count >= 0 else { return close() }
      offset += count
      if offset == first.count {
        queue.removeFirst()
        offset = 0
      }
    }
    // Nothing left to say: an idle pipe that is watched for writing is always ready, and would spin.
    Reactor.shared.forget(descriptor)
    if isClosing { close() } else { wake() }
  }

  private func wake() {
    let waiters = waiters
    self.waiters = []
    for waiter in waiters { waiter.resume(returning: !isBroken) }
  }
}

// `write` and `close` are also the names of ChildInput's own functions, which would be found first.
private func unistdWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(descriptor, buffer, count) }
private func unistdClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
