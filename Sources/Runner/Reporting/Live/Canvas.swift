/// The part of a terminal that is drawn again and again, below lines that stay: text and control sequences, and no effects.
///
/// The cursor rests on its first row, so that all below belongs to it: however a terminal breaks lines anew when it becomes
/// narrower, erasing from the cursor on erases this, and nothing else.
struct Canvas {
  private var rows: [String] = []

  /// What a terminal must be sent to show these rows, and these lines above them for good.
  mutating func frame(_ next: [String], above lines: [String] = [], isRedrawn: Bool = false) -> String {
    guard lines.isEmpty, !isRedrawn, next.count == rows.count, !rows.isEmpty else { return anew(next, lines) }
    var text = ""
    var place = 0
    for (number, (old, new)) in zip(rows, next).enumerated() where old != new {
      if number > place { text += Self.down(number - place) }
      place = number
      text += "\r\(new)\u{1B}[K"
    }
    rows = next
    guard !text.isEmpty else { return "" }
    return Self.whole("\u{1B}[?7l\(text)\u{1B}[?7h\(Self.up(place))\r")
  }

  /// Everything goes, and the cursor shows again.
  mutating func clear(above lines: [String] = []) -> String {
    defer { rows = [] }
    guard !rows.isEmpty else { return Self.text(lines) }
    return "\r\u{1B}[J\(Self.text(lines))\u{1B}[?25h"
  }

  private mutating func anew(_ next: [String], _ lines: [String]) -> String {
    let before = rows
    rows = next
    guard !next.isEmpty else {
      let text = Self.text(lines)
      return before.isEmpty ? text : "\r\u{1B}[J\(text)\u{1B}[?25h"
    }
    let erased = before.isEmpty ? "" : "\r\u{1B}[J"
    return Self.whole(
      "\(erased)\(Self.text(lines))\u{1B}[?25l\u{1B}[?7l\(next.joined(separator: "\n"))\u{1B}[?7h\(Self.up(next.count - 1))\r")
  }

  private static func text(_ lines: [String]) -> String { lines.map { "\($0)\n" }.joined() }

  private static func up(_ count: Int) -> String { count > 0 ? "\u{1B}[\(count)A" : "" }
  private static func down(_ count: Int) -> String { "\u{1B}[\(count)B" }

  /// Terminals that know it show all of it at once (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036).
  private static func whole(_ text: String) -> String { "\u{1B}[?2026h\(text)\u{1B}[?2026l" }
}
