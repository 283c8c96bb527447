/// IPv6 addresses in which any part may be a range: `2001:db8::[1:9]`.
enum IPv6Range {
  static func matches(_ text: Substring) -> Bool {
    guard var parts = parts(text), parts.count >= 2 else { return false }
    // An embedded IPv4 address stands for two parts.
    if let last = parts.last, last.utf8.contains(UInt8(ascii: ".")) {
      let bytes = last.split(separator: ".", omittingEmptySubsequences: false)
      guard bytes.count == 4, bytes.allSatisfy(isPart) else { return false }
      let before = parts.dropLast().map { $0.lowercased() }
      let zeros = Array(repeating: "0", count: 5)
      return [["", ""], ["", "", "ffff"], zeros + ["0"], zeros + ["ffff"]].contains(before)
    }
    // "::" at an end makes one more empty part there; ":" alone must not stand at an end.
    if parts[0].isEmpty {
      guard parts[1].isEmpty else { return false }
      parts.removeFirst()
    }
    if parts.count > 1, parts[parts.count - 1].isEmpty {
      guard parts[parts.count - 2].isEmpty else { return false }
      parts.removeLast()
    }
    let gaps = parts.count { $0.isEmpty }
    guard parts.allSatisfy({ $0.isEmpty || isPart($0) }) else { return false }
    return gaps == 0 ? parts.count == 8 : gaps == 1 && parts.count <= 8
  }

  /// Text between colons; nil when brackets do not match.
  private static func parts(_ text: Substring) -> [Substring]? {
    var parts: [Substring] = []
    var start = text.startIndex, isInside = false
    for index in text.utf8.indices {
      switch text.utf8[index] {
      case UInt8(ascii: "["):
        guard !isInside else { return nil }
        isInside = true
      case UInt8(ascii: "]"):
        guard isInside else { return nil }
        isInside = false
      case UInt8(ascii: ":") where !isInside:
        parts.append(text[start..<index])
        start = text.utf8.index(after: index)
      default: break
      }
    }
    guard !isInside else { return nil }
    return parts + [text[start...]]
  }

  private static func isPart(_ part: Substring) -> Bool {
    guard part.utf8.first == UInt8(ascii: "["), part.utf8.last == UInt8(ascii: "]") else {
      return (1...4).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
    let bounds = part.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard bounds.count == 2 || bounds.count == 3 else { return false }
    let step = bounds.dropFirst(2).allSatisfy { !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } }
    return step && bounds.prefix(2).allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
  }
}
