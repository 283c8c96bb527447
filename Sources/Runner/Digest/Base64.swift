/// Base64 (RFC 4648) with padding.
package enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        text.append(position <= group.count ? digits[Int(bits >> UInt32(18 - 6 * position) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nothing for a text that is not base64 with its padding.
  package static func bytes(_ text: String) -> [UInt8]? {
    let words = Array(text.utf8)
    guard words.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count / 4 * 3)
    for start in stride(from: 0, to: words.count, by: 4) {
      let isLast = start + 4 == words.count
      var bits: UInt32 = 0
      var count = 0
      for word in words[start..<start + 4] {
        if isLast, word == UInt8(ascii: "=") { continue }
        guard let value = value(of: word) else { return nil }
        bits = bits << 6 | value
        count += 1
      }
      guard count >= 2, !words[start..<start + count].contains(UInt8(ascii: "=")) else { return nil }
      bits <<= UInt32(6 * (4 - count))
      for position in 0..<count - 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * position))) }
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
