/// The signs of the live view: those of Unicode where the terminal's language has them.
package struct Signs: Sendable, Equatable {
  package var done = "✓"
  package var failed = "✗"
  package var waiting = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  package var filled = "━"
  package var empty = "─"
  package var dot = "·"

  package static let unicode = Signs()
  package static let ascii = Signs(done: "+", failed: "x", waiting: ["|", "/", "-", "\\"], filled: "#", empty: ".", dot: "-")

  /// By the variables that say which characters a program may use, the first that is set.
  package static func forTerminal() -> Signs {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { ProcessEnvironment.value($0) }.filter { !$0.isEmpty }
    let name = (names.first ?? "").lowercased()
    return name.contains("utf-8") || name.contains("utf8") ? .unicode : .ascii
  }
}
