/// Which names, addresses and users are let through to ssh: everything that cannot be an option, a shell word or a control sequence.
package enum HostSyntax {
  /// What the domain name system allows.
  private static let lengthLimit = 255

  /// A name in the inventory: letters and digits of any script, `.`, `_` and `-`, beginning with a letter, a digit or `_`; or an
  /// IPv6 address.
  package static func isName(_ name: String) -> Bool {
    guard name.utf8.count <= lengthLimit else { return false }
    guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last else { return false }
    if name.utf8.contains(UInt8(ascii: ":")) { return isIPv6(name) }
    return (isLetterOrDigit(first) || first == "_") && last != "."
      && name.unicodeScalars.allSatisfy { isLetterOrDigit($0) || $0 == "." || $0 == "_" || $0 == "-" }
  }

  /// The address to hand to ssh: a host name, or an IP address without its brackets; nothing when it must not be handed over.
  package static func address(_ text: String) -> String? {
    guard text.utf8.count <= lengthLimit else { return nil }
    if text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") {
      let inner = String(text.dropFirst().dropLast())
      return isIPv6(inner) ? inner : nil
    }
    if text.utf8.contains(UInt8(ascii: ":")) { return isIPv6(text) ? text : nil }
    guard let first = text.utf8.first, let last = text.utf8.last, isAlphanumeric(first), isAlphanumeric(last) else { return nil }
    return text.utf8.allSatisfy(isNameByte) ? text : nil
  }

  /// A login name.
  ///
  /// `$` is left out on purpose: ssh expands it in a ProxyCommand.
  package static func isUser(_ user: String) -> Bool {
    guard user.utf8.count <= lengthLimit, let first = user.utf8.first, isAlphanumeric(first) || first == UInt8(ascii: "_") else {
      return false
    }
    return user.utf8.allSatisfy(isNameByte)
  }

  /// The path of a key: blanks are let through, and `~` and `%d`, which ssh expands; nothing that a shell or ssh's configuration reads.
  package static func isKeyPath(_ path: String) -> Bool {
    guard let first = path.utf8.first, first != UInt8(ascii: "-") else { return false }
    return path.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      case .spaceSeparator: scalar == " "
      default: !["$", "\\", "\"", "'", "`"].contains(scalar)
      }
    }
  }

  /// A host on the way: `[user@]host[:port]`.
  static func isJump(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      guard isUser(String(text[..<at])) else { return false }
      rest = rest[rest.index(after: at)...]
    }
    let host = String(decoding: rest, as: UTF8.self)
    if address(host) != nil { return true }
    guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")) else { return false }
    let name = String(host[..<colon]), port = String(host[host.utf8.index(after: colon)...])
    // Without brackets, the colons of an IPv6 address could not be told from that before the port.
    let isPort = port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && (1...65535).contains(Int(port) ?? 0)
    return isPort && (name.utf8.first == UInt8(ascii: "[") || !name.utf8.contains(UInt8(ascii: ":"))) && address(name) != nil
  }

  /// An IPv6 address, perhaps with a zone: `fe80::1%eth0`.
  static func isIPv6(_ text: String) -> Bool {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].isEmpty || !parts[1].utf8.allSatisfy(isNameByte) { return false }
    // An embedded NUL would end the text early for inet_pton.
    guard let literal = parts.first, !literal.utf8.contains(0) else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(literal), &address) == 1
  }

  static func isIPv4(_ text: String) -> Bool {
    guard !text.utf8.contains(0) else { return false }
    var address = in_addr()
    return inet_pton(AF_INET, text, &address) == 1
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value)) }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
