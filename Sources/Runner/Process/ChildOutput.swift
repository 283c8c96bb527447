/// Our end of one of a child's output streams.
@Engine final class ChildOutput {
  private let descriptor: Int32
  private let receive: @Engine (ArraySlice<UInt8>) -> Void
  private let ended: @Engine () -> Void
  private(set) var isOpen = true
  private(set) var isPaused = false

  // Enough for any pipe, so that one child can't keep the others waiting.
  private static let bytesPerTurn = 256 << 10
  // More than any pipe holds unless root has enlarged it: all that a child wrote before it ended.
  private static let bytesAfterEnd = 1 << 20
  private static let bytesPerRead = 64 << 10

  init(_ descriptor: Int32, receive: @escaping @Engine (ArraySlice<UInt8>) -> Void, ended: @escaping @Engine () -> Void) {
    self.descriptor = descriptor
    self.receive = receive
    self.ended = ended
    resume()
  }

  func pause() {
    isPaused = true
    Reactor.shared.forget(descriptor)
  }

  func resume() {
    isPaused = false
    guard isOpen else { return }
    Reactor.shared.watch(descriptor, for: .reading) { self.read(atMost: ChildOutput.bytesPerTurn) }
  }

  /// Reads what the child left behind and closes the pipe, which a descendant may hold open for ever.
  func drain() {
    read(atMost: ChildOutput.bytesAfterEnd)
    if !isPaused { close() }
  }

  private func read(atMost limit: Int) {
    var total = 0
    while isOpen, !isPaused, total < limit {
      var result = 0, code: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: ChildOutput.bytesPerRead) { buffer, filled in
        result = unistdRead(descriptor, buffer.baseAddress, buffer.count)
        code = errno
        filled = max(0, result)
      }
      if result < 0, code == EINTR { continue }
      if result < 0, code == EAGAIN { return }
      guard result > 0 else { return close() }
      total += result
      // A few bytes must not hold the memory of many.
      receive(result < ChildOutput.bytesPerRead / 4 ? bytes.withUnsafeBufferPointer(Array.init)[...] : bytes[...])
      // A short read has emptied the pipe; asking again would only cost a call.
      if result < ChildOutput.bytesPerRead { return }
    }
  }

  private func close() {
    guard isOpen else { return }
    isOpen = false
    Reactor.shared.forget(descriptor)
    _ = unistdClose(descriptor)
    ended()
  }
}

// `read` and `close` are also the names of ChildOutput's own functions, which would be found first.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(descriptor, buffer, count) }
private func unistdClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
