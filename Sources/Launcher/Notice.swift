import Runner

/// Lines for the person at the terminal, on standard error.
enum Notice {
  static func write(_ text: String) { try? File.write(Array(text.utf8), to: STDERR_FILENO) }

  /// What was asked for, on standard output.
  static func tell(_ text: String) { try? File.write(Array(text.safeLines.utf8), to: STDOUT_FILENO) }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static var isColored: Bool { isTerminal && Variable["NO_COLOR"] == nil }

  /// Takes back a line that was written without its end.
  static func clearLine() { write("\r\u{1B}[K") }
}
