/// Reads a version from left to right, accepting the spellings that PEP 440 normalises.
struct VersionReader {
  private let bytes: [UInt8]
  private var position = 0

  /// White space around the version is not taken off.
  init(_ text: some StringProtocol) {
    bytes = text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  mutating func version() throws(VersionSyntaxError.Problem) -> Version {
    if bytes.isEmpty { throw .empty }
    var version = Version()
    _ = skip("v")
    guard let first = try number() else { throw .noRelease }
    version.release = [first]
    if skip("!") {
      version.epoch = first
      guard let release = try number() else { throw .noRelease }
      version.release = [release]
    }
    while peek == UInt8(ascii: "."), isDigit(at: position + 1) {
      position += 1
      if let part = try number() { version.release.append(part) }
    }
    if let stage = word(Self.stages) { version.pre = Version.PreRelease(stage: stage, number: try suffixNumber()) }
    if peek == UInt8(ascii: "-"), isDigit(at: position + 1) {
      position += 1
      version.post = try number()
    } else if word([("post", ()), ("rev", ()), ("r", ())]) != nil {
      version.post = try suffixNumber()
    }
    if word([("dev", ())]) != nil { version.dev = try suffixNumber() }
    if skip("+") { version.local = try localParts() }
    if position < bytes.count { throw .unexpected(String(decoding: bytes[position...], as: UTF8.self)) }
    return version
  }

  /// A word comes before those that it begins with.
  private static let stages: [(String, Version.Stage)] = [
    ("alpha", .alpha), ("a", .alpha), ("beta", .beta), ("b", .beta), ("preview", .candidate), ("pre", .candidate), ("c", .candidate),
    ("rc", .candidate),
  ]

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isDigit(at index: Int) -> Bool { index < bytes.count && (0x30...0x39).contains(bytes[index]) }

  private func isSeparator(at index: Int) -> Bool { index < bytes.count && [0x2d, 0x2e, 0x5f].contains(bytes[index]) }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Digits, or nothing where there are none.
  private mutating func number() throws(VersionSyntaxError.Problem) -> Int? {
    let start = position
    while isDigit(at: position) { position += 1 }
    return start == position ? nil : try Self.number(bytes[start..<position])
  }

  /// Eighteen digits leave room to count one further without an overflow.
  private static func number(_ digits: ArraySlice<UInt8>) throws(VersionSyntaxError.Problem) -> Int {
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.drop(while: { $0 == 0x30 }).count <= 18, let number = Int(text) else { throw .numberTooLarge(text) }
    return number
  }

  /// One of the words, with a separator before it if there is one.
  private mutating func word<Meaning>(_ words: [(String, Meaning)]) -> Meaning? {
    let start = isSeparator(at: position) ? position + 1 : position
    guard let (word, meaning) = words.first(where: { bytes[start...].starts(with: $0.0.utf8) }) else { return nil }
    position = start + word.utf8.count
    return meaning
  }

  /// The number after a word, which may be left out and then is 0; a separator belongs to the word in either case.
  private mutating func suffixNumber() throws(VersionSyntaxError.Problem) -> Int {
    if isSeparator(at: position) { position += 1 }
    return try number() ?? 0
  }

  private mutating func localParts() throws(VersionSyntaxError.Problem) -> [Version.LocalPart] {
    var local: [Version.LocalPart] = []
    repeat {
      if !local.isEmpty { position += 1 }
      let start = position
      while isDigit(at: position) || (0x61...0x7a).contains(peek ?? 0) { position += 1 }
      let part = bytes[start..<position]
      if part.isEmpty { throw .noLocalPart }
      let isNumber = part.allSatisfy { (0x30...0x39).contains($0) }
      local.append(isNumber ? .number(try Self.number(part)) : .word(String(decoding: part, as: UTF8.self)))
    } while isSeparator(at: position)
    return local
  }
}

extension StringProtocol {
  /// The text without the white space around it, as Python sees it: bytes 28 to 31 are white space, too.
  var stripped: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isSpace }), let last = scalars.lastIndex(where: { !$0.isSpace }) else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

extension Unicode.Scalar {
  var isSpace: Bool { properties.isWhitespace || (28...31).contains(value) }
}
