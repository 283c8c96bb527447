import Tasks

/// Numbers, strings and signs of a Python expression on one line.
struct PythonScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether a literal can begin with the byte: digits, signs, quotes, brackets, and first letters of words and prefixes.
  static func canBegin(_ byte: UInt8) -> Bool { "0123456789.-+'\"[({TFNsrRbBuU\u{0C}".utf8.contains(byte) }

  mutating func peek() -> UInt8? {
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0C { index += 1 }
    return index < bytes.count ? bytes[index] : nil
  }

  /// Nothing but a comment is left.
  mutating func atEnd() -> Bool { peek().map { $0 == UInt8(ascii: "#") } ?? true }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  /// A word, which must end there.
  mutating func take(word: String) -> Bool {
    guard peek() != nil, bytes[index...].starts(with: word.utf8) else { return false }
    let end = index + word.utf8.count
    if end < bytes.count, word != "...", Self.isWord(bytes[end]) { return false }
    index = end
    return true
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || isDigit(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  mutating func number() -> Value? {
    let start = index
    // The longest run that a number can be; what it is worth is decided on the whole of it.
    while index < bytes.count {
      let byte = bytes[index]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponentSign = isSign && index > start && bytes[index - 1] | 0x20 == UInt8(ascii: "e")
      let isHexadecimal = index > start + 1 && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
      guard Self.isWord(byte) || byte == UInt8(ascii: ".") || isExponentSign && !isHexadecimal else { break }
      index += 1
    }
    return PythonNumber.value(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  /// One string or several side by side, which Python joins.
  mutating func strings() -> String? {
    var text = "", isFound = false
    while let byte = peek(), byte != UInt8(ascii: "#") {
      let start = index
      var prefix = ""
      while index < bytes.count, prefix.utf8.count < 2, Self.isLetter(bytes[index]) {
        prefix.unicodeScalars.append(Unicode.Scalar(bytes[index] | 0x20))
        index += 1
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") else {
        index = start
        return isFound ? text : nil
      }
      guard ["", "r", "u", "b", "rb", "br"].contains(prefix), let part = string(prefix: prefix) else { return nil }
      guard !isFound || isBytes == prefix.contains("b") else { return nil }
      isBytes = prefix.contains("b")
      text += part
      isFound = true
    }
    return isFound ? text : nil
  }

  /// Python refuses to join text and bytes.
  private var isBytes = false

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private mutating func string(prefix: String) -> String? {
    let quote = bytes[index]
    let isTriple = bytes[index...].starts(with: [quote, quote, quote])
    let end = isTriple ? [quote, quote, quote] : [quote]
    index += end.count
    var raw: [UInt8] = []
    while index < bytes.count, !bytes[index...].starts(with: end) {
      // A backslash keeps the next quote from ending the string, also in a raw one.
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        raw.append(bytes[index])
        index += 1
      }
      raw.append(bytes[index])
      index += 1
    }
    guard index < bytes.count else { return nil }
    index += end.count
    let isBytes = prefix.contains("b")
    if isBytes, raw.contains(where: { $0 >= 0x80 }) { return nil }
    return prefix.contains("r") ? String(validating: raw, as: UTF8.self) : PythonEscapes.unescaped(raw, isBytes: isBytes)
  }
}
