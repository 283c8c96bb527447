extension String {
  /// The line as a terminal may show it: of what a carriage return overwrites the last part, control characters as `\xNN`.
  package var safe: String {
    guard unicodeScalars.contains(where: \.isUnsafe) else { return self }
    let parts = split(separator: "\r", omittingEmptySubsequences: true)
    var safe = ""
    for scalar in (parts.last ?? "").unicodeScalars {
      if scalar.isUnsafe {
        safe += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}

extension Unicode.Scalar {
  /// C0 but tab, DEL, C1, and the characters that turn the direction of text.
  fileprivate var isUnsafe: Bool {
    switch value {
    case 0x09: false
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
