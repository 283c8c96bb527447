/// Colours, on a terminal that wants them.
package struct Palette: Sendable {
  package let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  /// NO_COLOR (https://no-color.org) and dumb terminals get none.
  package static func forTerminal(_ isTerminal: Bool) -> Palette {
    Palette(
      isOn: isTerminal && (ProcessEnvironment.value("NO_COLOR") ?? "").isEmpty && ProcessEnvironment.value("TERM") != "dumb")
  }

  package func bold(_ text: String) -> String { code("1", text) }
  package func dim(_ text: String) -> String { code("2", text) }
  package func red(_ text: String) -> String { code("31", text) }
  package func green(_ text: String) -> String { code("32", text) }
  package func yellow(_ text: String) -> String { code("33", text) }

  /// One of five colours, always the same for a host, and never that of a failure.
  package func host(_ text: String, _ name: String) -> String {
    var sum: UInt = 5381
    for byte in name.utf8 { sum = (sum &* 33) &+ UInt(byte) }
    return code(String(32 + sum % 5), text)
  }

  private func code(_ code: String, _ text: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
