/// The lines of an INI file that say something: decoded, without surrounding whitespace, with their numbers.
struct INILines {
  struct Line {
    var text: String
    var number: Int
  }

  /// A byte-order mark, CRLF and comments in another encoding than UTF-8 are accepted.
  static func read(_ bytes: [UInt8], file: String) throws(InventoryError) -> [Line] {
    var lines: [Line] = []
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var number = 0
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
      let raw = rest[..<end]
      rest = rest[end...]
      if rest.starts(with: [0x0D, 0x0A]) { rest = rest.dropFirst(2) } else { rest = rest.dropFirst() }
      guard let first = raw.first(where: { $0 != 0x20 && $0 != 0x09 }), !isComment(first) else { continue }
      guard let text = String(validating: raw, as: UTF8.self) else { throw .text(Place(file, line: number), .notUTF8) }
      for part in unusualLines(text) {
        let part = trimmed(part)
        if let first = part.utf8.first, !isComment(first) { lines.append(Line(text: part, number: number)) }
      }
    }
    return lines
  }

  private static func isComment(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") }

  /// Python, and so Ansible, ends lines at more characters than editors do.
  private static func unusualLines(_ text: String) -> [Substring] {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 >= 0xC2 }) else { return [text[...]] }
    return text.unicodeScalars.split { scalar in
      switch scalar.value {
      case 0x0B, 0x0C, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
      default: false
      }
    }.map(Substring.init)
  }

  static func trimmed(_ text: Substring) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[first...last])
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }
}
