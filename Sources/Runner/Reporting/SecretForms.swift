/// The forms in which a secret may come back: as it is, and as programs write it that encode or quote what they print.
enum SecretForms {
  /// Everything that must be hidden; a secret of several lines is hidden line by line.
  ///
  /// What has less than three characters would hide too much else.
  static func words(of secret: [UInt8]) -> Set<[UInt8]> {
    var words = Set(base64Lines(of: secret))
    for line in secret.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let text = String(decoding: line, as: UTF8.self)
      guard text.count > 2 else { continue }
      words.insert(Array(line))
      words.formUnion(base64(of: line))
      words.formUnion(([text] + percent(line) + shell(text) + JSONForms.texts(of: text) + markup(text)).map { Array($0.utf8) })
    }
    return words.filter { $0.count > 2 }
  }

  // MARK: Base64

  /// Where in a longer text it begins decides what it looks like; characters that it shares with its neighbours stay outside.
  private static func base64(of bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for shift in 0..<3 {
      let text = Array(Base64.text([UInt8](repeating: 0, count: shift) + bytes).utf8)
      let bits = 8 * (shift + bytes.count)
      // Of the first characters some bits belong to what comes before, and of the last one to what comes behind.
      let inner = text[(8 * shift + 5) / 6..<bits / 6]
      // At the end of a text the last character is certain, and there may be `=` behind it.
      let last = text[inner.startIndex..<(bits + 5) / 6]
      words += [Array(inner), Array(last), Array(text[inner.startIndex...])]
    }
    return words + words.map(forAddresses)
  }

  /// A long text comes in lines, which openssl makes 64 and base64 76 characters long.
  private static func base64Lines(of bytes: [UInt8]) -> [[UInt8]] {
    // Mostly with a newline at its end, as `echo` prints it.
    [bytes, bytes + [UInt8(ascii: "\n")]].map { Array(Base64.text($0).utf8) }.flatMap { text in
      [64, 76].filter { $0 < text.count }.flatMap { width in
        stride(from: 0, to: text.count, by: width).map { Array(text[$0..<min($0 + width, text.count)]) }
      }
    }
  }

  /// The alphabet of RFC 4648, section 5.
  private static func forAddresses(_ text: [UInt8]) -> [UInt8] {
    text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
  }

  // MARK: Addresses

  /// What encoders leave as it is, beside letters and digits: RFC 3986, encodeURIComponent, encodeURI, forms, Python.
  private static let keptInAddresses = ["-._~", "-._~!*'()", "-._~!*'();/?:@&=+$,#", "-._*", "-._~/"]

  private static func percent(_ bytes: ArraySlice<UInt8>) -> [String] {
    // Scripts often encode every byte, because nothing else is as short.
    let everything = [false, true].map { isUpper in bytes.map { "%" + hexadecimal($0, isUpper) }.joined() }
    return everything
      + keptInAddresses.flatMap { kept in
        [false, true].flatMap { isUpper in
          ["%20", "+"].map { space in
            let kept = Set(kept.utf8)
            return bytes.reduce(into: "") { encoded, byte in
              if byte == UInt8(ascii: " ") {
                encoded += space
              } else if kept.contains(byte) || isAlphanumeric(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
              } else {
                encoded += "%" + hexadecimal(byte, isUpper)
              }
            }
          }
        }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func hexadecimal(_ byte: UInt8, _ isUpper: Bool) -> String {
    String(byte >> 4, radix: 16, uppercase: isUpper) + String(byte & 15, radix: 16, uppercase: isUpper)
  }

  // MARK: Shells

  /// Inside of quotes of either kind, quoted twice as in our scripts, and with a backslash before all that is special (`printf %q`).
  private static func shell(_ text: String) -> [String] {
    let once = text.replacing("'", with: "'\\''")
    let quoted = [
      once, once.replacing("'", with: "'\\''"), text.replacing("'", with: "'\"'\"'"), escaped(text, "\"$`\\"), escaped(text, "'\\"),
    ]
    // Only some shells, and only in some places, take these for special.
    let sometimes = ["", ",", "~", "#", ",~", ",#", "~#", ",~#"]
    return quoted + sometimes.map { escaped(text, " !\"$&'()*;<>?[\\]^`{|}" + $0) }
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    let special = Set(special.unicodeScalars)
    return text.unicodeScalars.reduce(into: "") { escaped, scalar in
      if special.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
  }

  // MARK: XML and HTML

  private static func markup(_ text: String) -> [String] {
    let start = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    return [start, start.replacing(">", with: "&gt;")].flatMap { text in
      ["\"", "&quot;", "&#34;"].map { text.replacing("\"", with: $0) }
    }.flatMap { text in
      ["'", "&apos;", "&#39;", "&#x27;", "&#039;"].map { text.replacing("'", with: $0) }
    }
  }
}

/// How programs write a text inside of a JSON string.
private enum JSONForms {
  static func texts(of text: String) -> [String] {
    // .NET writes everything as a number that could mean something in a page; Go and PHP only some of it.
    ["", "<>&", "\"'<>&+`", "'<>&"].flatMap { numbered in
      [false, true].flatMap { isUpper in
        [false, true].flatMap { isASCII in
          ["/", "\\/"].map { slash in self.text(text, numbered: Set(numbered.unicodeScalars), isUpper, isASCII, slash) }
        }
      }
    }
  }

  private static func text(
    _ text: String, numbered: Set<Unicode.Scalar>, _ isUpper: Bool, _ isASCII: Bool, _ slash: String
  ) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case _ where numbered.contains(scalar): escaped += number(scalar, isUpper)
      case "\"", "\\": escaped += "\\\(scalar)"
      case "/": escaped += slash
      case "\t": escaped += "\\t"
      case "\u{8}": escaped += "\\b"
      case "\u{C}": escaped += "\\f"
      case "\u{0}"..<" ", "\u{7F}": escaped += number(scalar, isUpper)
      case _ where isASCII && !scalar.isASCII: escaped += number(scalar, isUpper)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// Two numbers for what lies beyond the first 65536.
  private static func number(_ scalar: Unicode.Scalar, _ isUpper: Bool) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: isUpper)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
