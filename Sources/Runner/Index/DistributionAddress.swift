/// The address of a file, of which only the last part matters.
enum DistributionAddress {
  /// The name of the file, decoded; host, folders, query and fragment do not belong to it.
  static func fileName(_ address: String) -> String {
    let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let name = path.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
    return PercentCoding.decoded(String(decoding: Array(name), as: UTF8.self))
  }
}

/// `%2B` for `+` in addresses.
enum PercentCoding {
  /// The text with every `%XX` replaced by its byte; what is no such place stays as it is.
  static func decoded(_ text: some StringProtocol) -> String {
    var decoded: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let high = digit(rest[rest.startIndex]), let low = digit(rest[rest.startIndex + 1]) {
        decoded.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
    default: nil
    }
  }
}
