/// The words, signs and string literals of a Swift text, without its comments.
///
/// As much of Swift's grammar as finding messages takes: what stands in an interpolation is one sign, `SwiftTokens.gap`.
struct SwiftTokens {
  struct Token {
    enum Kind { case word, sign, literal }

    var kind: Kind
    var text: String
    var line: Int
  }

  /// Stands for an interpolation.
  static let gap: Character = "▢"

  private(set) var tokens: [Token] = []
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  static func of(_ text: String) -> [Token] {
    var scan = SwiftTokens(Array(text.utf8))
    scan.read()
    return scan.tokens
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() {
    while index < bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 {
        advance()
      } else if starts("//") {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      } else if byte == UInt8(ascii: "\"") || (byte == UInt8(ascii: "#") && isRawLiteral) {
        let start = line
        tokens.append(Token(kind: .literal, text: literal(), line: start))
      } else if Self.isWord(byte) {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        tokens.append(Token(kind: .word, text: String(decoding: bytes[start..<index], as: UTF8.self), line: line))
      } else {
        tokens.append(Token(kind: .sign, text: String(decoding: [byte], as: UTF8.self), line: line))
        index += 1
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private var isRawLiteral: Bool { bytes[index...].first { $0 != UInt8(ascii: "#") } == UInt8(ascii: "\"") }

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private mutating func advance() {
    if bytes[index] == 0x0A { line += 1 }
    index += 1
  }

  /// The value of a literal: one line or several, raw or not.
  private mutating func literal() -> String {
    let hashes = String(repeating: "#", count: bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count)
    index += hashes.utf8.count
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    index += quote.utf8.count
    let end = Array((quote + hashes).utf8), escape = Array(("\\" + hashes).utf8)
    var value: [UInt8] = []
    while index < bytes.count, !bytes[index...].starts(with: end) {
      if bytes[index...].starts(with: escape) {
        index += escape.count
        readEscape(into: &value)
      } else {
        value.append(bytes[index])
        advance()
      }
    }
    index = min(index + end.count, bytes.count)
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func readEscape(into value: inout [UInt8]) {
    guard index < bytes.count else { return }
    switch bytes[index] {
    case UInt8(ascii: "("):
      value += String(Self.gap).utf8
      skipInterpolation()
      return
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "u"): while index < bytes.count, bytes[index] != UInt8(ascii: "}") { index += 1 }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"): value.append(bytes[index])
    default: break
    }
    if index < bytes.count { advance() }
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        _ = literal()
        continue
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      advance()
      if depth == 0 { return }
    }
  }
}
