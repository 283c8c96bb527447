extension String {
  /// One line that a terminal shows as it is: no character in it does anything, turns the text around or is there without being seen.
  package var safe: String { hasUnsafeBytes ? Self.safe(unicodeScalars[...].withoutFinalReturns) : self }

  /// The same for several lines.
  package var safeLines: String {
    guard hasUnsafeBytes else { return self }
    return unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Self.safe($0.withoutFinalReturns) }
      .joined(separator: "\n")
  }

  /// A line that a host has printed: of what a carriage return overwrites the last part.
  ///
  /// Colours may pass where the terminal has them; they end with the line, and nothing else that begins with an escape character passes.
  package func safeOutput(colors: Bool = false) -> String {
    guard hasUnsafeBytes else { return self }
    let line = unicodeScalars[...].withoutFinalReturns
    return Self.safe(line.lastIndex(of: "\r").map { line[line.index(after: $0)...] } ?? line, colors: colors)
  }

  private static func safe(_ line: Substring.UnicodeScalarView, colors: Bool = false) -> String {
    var safe = ""
    var isColored = false
    var rest = line
    while let scalar = rest.popFirst() {
      if colors, scalar == "\u{1B}", let color = ColorSequence(after: rest) {
        safe += "\u{1B}[\(color.parameters)m"
        isColored = !color.isReset
        rest = rest.dropFirst(color.length)
      } else if scalar.isUnsafe {
        safe += scalar.value < 16 ? "\\x0" : "\\x"
        safe += String(scalar.value, radix: 16)
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return isColored ? safe + "\u{1B}[0m" : safe
  }

  /// Whether there may be something to change: a look at the bytes, because every line that a host prints is asked.
  private var hasUnsafeBytes: Bool {
    utf8.withContiguousStorageIfAvailable(UnsafeBytes.mayBeAny) ?? utf8.contains(where: UnsafeBytes.mayBegin)
  }
}

extension Substring.UnicodeScalarView {
  /// They only belong to the end of a line.
  fileprivate var withoutFinalReturns: Substring.UnicodeScalarView {
    var line = self
    while line.last == "\r" { line.removeLast() }
    return line
  }
}

/// Colours and weights of text (SGR), but none that hides it or makes it blink.
private struct ColorSequence {
  let parameters: String
  /// How many characters follow the escape character.
  let length: Int
  let isReset: Bool

  private static let longest = 40

  /// Nothing when it is any other sequence, or a part of one.
  init?(after escape: Substring.UnicodeScalarView) {
    guard escape.first == "[" else { return nil }
    let inner = escape.dropFirst().prefix(Self.longest).prefix { ("0"..."9").contains($0) || $0 == ";" }
    guard escape.dropFirst(1 + inner.count).first == "m" else { return nil }
    let codes = inner.split(separator: ";", omittingEmptySubsequences: false).map { $0.isEmpty ? 0 : Int(String($0)) ?? -1 }
    guard Self.areColors(codes) else { return nil }
    parameters = String(inner)
    length = inner.count + 2
    isReset = codes.last == 0
  }

  private static func areColors(_ codes: [Int]) -> Bool {
    var rest = codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0...4, 7, 21...24, 27, 30...37, 39...47, 49, 90...97, 100...107: break
      case 38, 48:
        // One of 256 colours, or three numbers.
        let count = rest.popFirst() == 5 ? 1 : 3
        guard rest.count >= count, rest.prefix(count).allSatisfy({ (0...255).contains($0) }) else { return false }
        rest = rest.dropFirst(count)
      default: return false
      }
    }
    return true
  }
}

/// The first bytes, in UTF-8, of characters that are not shown as they are.
enum UnsafeBytes {
  /// Eight bytes at a time: nearly all that hosts print is plain ASCII, which needs no second look.
  static func mayBeAny(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    while offset + 8 <= raw.count {
      if !isPlain(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)), raw[offset..<offset + 8].contains(where: mayBegin) {
        return true
      }
      offset += 8
    }
    return raw[offset...].contains(where: mayBegin)
  }

  /// Whether these bytes are text, and shown as they are: no more than ASCII, and nothing that a terminal takes for anything else.
  static func areAllShown(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    while offset + 8 <= raw.count {
      guard isPlain(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) else { return false }
      offset += 8
    }
    return raw[offset...].allSatisfy { 0x20..<0x7F ~= $0 }
  }

  /// Whether all eight bytes are between the space and the tilde.
  ///
  /// After Sean Anderson, Bit Twiddling Hacks, "Determine if a word has a byte less than n".
  @inline(__always) private static func isPlain(_ word: UInt64) -> Bool {
    let each: UInt64 = 0x0101_0101_0101_0101
    let delete = word ^ (each &* 0x7F)
    return (word | ((word &- each &* 0x20) & ~word) | ((delete &- each) & ~delete)) & (each &* 0x80) == 0
  }

  @inline(__always) static func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09: false
    // Of U+0080 to U+009F, U+061C, U+180E, U+200B to U+206F, U+FEFF and U+FFF9 to U+FFFB, U+E0000 to U+E007F.
    case 0..<0x20, 0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF3: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would do something, or nothing visible.
  ///
  /// C0 but the tab, DEL, C1; marks that turn the direction of text; separators of lines and paragraphs; characters without a width, in
  /// which text could hide that looks the same as another. The two joiners of zero width pass, U+200C and U+200D: Persian, the
  /// languages of India and families of emoji are written with them, and they neither move nor hide anything.
  var isUnsafe: Bool {
    switch value {
    case 0x09, 0x200C, 0x200D: false
    case 0..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }
}
