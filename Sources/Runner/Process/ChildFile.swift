extension Child {
  private static let chunk = 128 << 10

  /// Streams `length` bytes of an open file to its input, reading only as fast as the child does; `false` when the child stops reading.
  package func send(file descriptor: Int32, length: Int, path: String = "") async throws(SystemError) -> Bool {
    var left = length
    while left > 0 {
      let bytes = try Child.read(min(left, Child.chunk), from: descriptor, path)
      send(bytes)
      left -= bytes.count
      guard await flushed() else { return false }
    }
    return true
  }

  /// Streams the first `length` bytes of a file to its input.
  package func send(contentsOf path: String, length: Int) async throws(SystemError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    return try await send(file: descriptor, length: length, path: path)
  }

  private static func read(_ count: Int, from descriptor: Int32, _ path: String) throws(SystemError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat { filled = max(0, unistdRead(descriptor, buffer.baseAddress, count, &code)) } while code == EINTR
    }
    guard code == 0 else { throw SystemError("read", path, code: code) }
    // The length has been announced, so a file that shrinks while it is sent can't be made good.
    guard !bytes.isEmpty else { throw SystemError("read", path, code: ESTALE) }
    return bytes
  }
}

// `read` is also the name of a function of Child, which would be found first.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int, _ code: inout Int32) -> Int {
  let result = read(descriptor, buffer, count)
  code = result < 0 ? errno : 0
  return result
}
