/// The person at the terminal, if there is one.
package enum Terminal {
  /// Asks a yes-or-no question; without a terminal the answer is no.
  package static func ask(_ question: String) -> Bool {
    guard isatty(0) == 1, let answer = prompt(question, echo: true) else { return false }
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// Asks for a line of text, shown or not; nothing without a terminal, or when it is closed or interrupted.
  package static func prompt(_ question: String, echo: Bool) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    if !echo {
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(terminal, TCSAFLUSH, &silent)
    }
    defer { if !echo { tcsetattr(terminal, TCSAFLUSH, &before) } }
    try? File.write(Array(question.safeLines.utf8), to: terminal)
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(terminal, &byte, 1)
      // Ctrl-C is a signal for the run; here it ends the question.
      guard count == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    if !echo { try? File.write([UInt8(ascii: "\n")], to: terminal) }
    return String(decoding: line, as: UTF8.self)
  }
}
