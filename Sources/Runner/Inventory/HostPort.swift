/// `host:port`, `[address]:port`: what `ansible.parsing.utils.addresses` takes for an address with a port.
enum HostPort {
  /// The host, perhaps with ranges, and its port; the text as it is when it is no address with a port.
  static func split(_ text: String) -> (host: String, port: Int?) {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return (text, nil) }
    var host = text[...], port: Int?
    // Ansible tries both forms one after the other, also on each other's result.
    if text.utf8.first == UInt8(ascii: "["), let (inside, number) = cut(host), inside.utf8.last == UInt8(ascii: "]"), inside.utf8.count > 2
    {
      (host, port) = (inside.dropFirst().dropLast(), number)
    }
    if let (inside, number) = cut(host), isWithoutColons(inside) { (host, port) = (inside, number) }
    return port != nil && isAddress(host) ? (String(host), port) : (text, nil)
  }

  /// Whether Ansible takes the text for one host name or address, with or without a port and ranges.
  static func isAddressOrPort(_ text: String) -> Bool { split(text).port != nil || isAddress(text[...]) }

  /// Everything before the last colon, and the number behind it.
  private static func cut(_ text: Substring) -> (Substring, Int)? {
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let digits = text[text.utf8.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit), let number = Int(digits) else { return nil }
    return (text[..<colon], number)
  }

  /// Colons and brackets only as parts of `[...]`.
  private static func isWithoutColons(_ text: Substring) -> Bool {
    var isInside = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"):
        guard isInside else { return false }
        isInside = false
      case UInt8(ascii: ":") where !isInside: return false
      default: break
      }
    }
    return !isInside
  }

  private static func isAddress(_ text: Substring) -> Bool { isHostName(text) || IPv6Range.matches(text) }

  /// Labels of letters, digits, `_`, `-` and ranges, not ending in `_` or `-`.
  ///
  /// IPv4 addresses are such names, too.
  private static func isHostName(_ text: Substring) -> Bool {
    var rest = text.unicodeScalars
    var last: Unicode.Scalar?
    while let scalar = rest.popFirst() {
      switch scalar {
      case "[":
        guard let close = rest.firstIndex(of: "]"), isRange(Substring(rest[..<close])) else { return false }
        rest = rest[rest.index(after: close)...]
      case ".": guard isLabelEnd(last) else { return false }
      case "-": guard last != nil && last != "." else { return false }
      default: guard scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return false }
      }
      last = scalar
    }
    return isLabelEnd(last)
  }

  private static func isLabelEnd(_ last: Unicode.Scalar?) -> Bool { last.map { $0 != "." && $0 != "-" && $0 != "_" } ?? false }

  private static func isRange(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return false }
    func isNumber(_ part: Substring) -> Bool { !part.isEmpty && part.utf8.allSatisfy(isDigit) }
    func isLetter(_ part: Substring) -> Bool { part.utf8.count == 1 && part.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) } }
    return (isNumber(parts[0]) && isNumber(parts[1]) || isLetter(parts[0]) && isLetter(parts[1])) && parts.dropFirst(2).allSatisfy(isNumber)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
