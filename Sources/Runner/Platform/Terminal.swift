/// The person at the terminal, if there is one.
package enum Terminal {
  /// Asks a yes-or-no question; without a terminal the answer is no.
  package static func ask(_ question: String) -> Bool {
    guard isatty(0) == 1, let answer = line(question) else { return false }
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// Asks for a line of text; nothing without a terminal, or when it is closed or interrupted.
  package static func line(_ question: String) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    try? File.write(Array(question.safeLines.utf8), to: terminal)
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(terminal, &byte, 1)
      // Ctrl-C is a signal for the run; here it ends the question.
      guard count == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Asks for a line that does not show; nothing without a terminal, or when it is closed or interrupted.
  ///
  /// A signal that ends the run finds the terminal as it was before; one that stops it has the question asked again, later.
  package static func secret(_ question: String) -> [UInt8]? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0, let signals = HeldSignals([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]) else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    try? File.write(Array(question.utf8), to: terminal)
    let line = unseenLine(from: terminal, unless: signals.descriptor)
    try? File.write([UInt8(ascii: "\n")], to: terminal)
    tcsetattr(terminal, TCSAFLUSH, &before)
    return signals.deliver().contains(SIGTSTP) ? secret(question) : line
  }

  /// Reads a line whose only copy is the one that is returned.
  private static func unseenLine(from terminal: Int32, unless signals: Int32) -> [UInt8]? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
      defer { Platform.wipe(UnsafeMutableRawBufferPointer(buffer)) }
      var count = 0
      var byte: UInt8 = 0
      defer { byte = 0 }
      while count < buffer.count {
        var polled = [terminal, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polled, 2, -1) > 0 else {
          if errno == EINTR { continue }
          return nil
        }
        guard polled[1].revents == 0, read(terminal, &byte, 1) == 1 else { return nil }
        buffer[count] = byte
        if byte == UInt8(ascii: "\n") { return Array(buffer[..<count]) }
        count += 1
      }
      return nil
    }
  }
}
