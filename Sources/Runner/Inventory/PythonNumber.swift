import Tasks

/// Python's notations of numbers: `10`, `1_000`, `0x1F`, `0o17`, `0b11`, `1.5e3`.
///
/// Zeros may stand in front of floats only.
enum PythonNumber {
  static func value(_ text: String) -> Value? {
    guard let digits = withoutUnderscores(text) else { return nil }
    let prefix = digits.prefix(2).lowercased()
    for (name, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where prefix == name { return integer(digits.dropFirst(2), radix: radix) }
    if digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      if digits.utf8.first == 0x30, digits.utf8.contains(where: { $0 != 0x30 }) { return nil }
      return integer(digits[...], radix: 10)
    }
    return float(digits)
  }

  /// Single underscores between digits (and behind `0x`) mean nothing; elsewhere they are an error.
  private static func withoutUnderscores(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let bytes = Array(text.utf8)
    let isPrefixed = bytes.count > 1 && bytes[0] == 0x30 && "xXoObB".utf8.contains(bytes[1])
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
      guard index > 0, index + 1 < bytes.count else { return nil }
      let isBehindPrefix = isPrefixed && index == 2
      guard isBehindPrefix || isDigit(bytes[index - 1], isPrefixed), isDigit(bytes[index + 1], isPrefixed) else { return nil }
    }
    return text.filter { $0 != "_" }
  }

  private static func isDigit(_ byte: UInt8, _ isHexadecimal: Bool) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return isHexadecimal ? character.isHexDigit : ("0"..."9").contains(character)
  }

  private static func integer(_ digits: Substring, radix: Int) -> Value? {
    guard !digits.isEmpty, digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-") else { return nil }
    if let value = Int(digits, radix: radix) { return .int(value) }
    // Beyond Int; Python itself refuses decimal numbers of more than 4300 digits.
    if radix == 10 { return digits.utf8.count <= 4300 ? Double(digits).map { .double($0) } : nil }
    var total = 0.0
    for digit in digits {
      guard let digit = digit.hexDigitValue, digit < radix else { return nil }
      total = total * Double(radix) + Double(digit)
    }
    return .double(total)
  }

  private static func float(_ text: String) -> Value? {
    // Double() also takes "nan", "inf" and hexadecimal floats, which are not Python's.
    guard text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }), text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    // Nor does it take "1." and ".5e3", where Python leaves digits out.
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    var mantissa = String(parts[0])
    guard mantissa != ".", !mantissa.isEmpty else { return nil }
    if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
    if mantissa.hasSuffix(".") { mantissa += "0" }
    return Double(([mantissa] + parts.dropFirst().map(String.init)).joined(separator: "e")).map { .double($0) }
  }
}
