import Tasks

/// Hides the values of secrets in whatever is shown.
///
/// It looks for bytes: a secret with a combining mark behind it is the same secret, and one of thousands of lines must not slow a run.
package struct Masker: Sendable {
  private let values: [[UInt8]]

  /// A secret of several lines is hidden line by line; a line of one or two characters would hide too much else.
  package init(_ secrets: [Secret: [UInt8]]) {
    self.init(
      words: secrets.values.flatMap { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init) }
        .filter { $0.count > 2 })
  }

  /// Hides these words, the longest first.
  package init(words: [String]) {
    values = Set(words)
      .map { Array($0.utf8) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
  }

  /// What is hidden, as bytes.
  package var words: [[UInt8]] { values }

  package func mask(_ text: String) -> String {
    guard !values.isEmpty else { return text }
    var bytes = Array(text.utf8)
    var isMasked = false
    for value in values where value.count <= bytes.count {
      var start = 0
      while let place = Self.place(of: value, in: bytes[start...]) {
        bytes.replaceSubrange(place..<(place + value.count), with: Self.mask)
        start = place + Self.mask.count
        isMasked = true
      }
    }
    return isMasked ? String(decoding: bytes, as: UTF8.self) : text
  }

  private static let mask = Array("[secret]".utf8)

  private static func place(of value: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBytes { all in
      value.withUnsafeBytes { word in
        guard let base = all.baseAddress, let first = word.baseAddress else { return nil }
        var offset = 0
        while offset + word.count <= all.count {
          // The C library is quick at finding one byte.
          guard let found = memchr(base + offset, Int32(word[0]), all.count - word.count - offset + 1) else { return nil }
          if memcmp(found, first, word.count) == 0 { return bytes.startIndex + base.distance(to: UnsafeRawPointer(found)) }
          offset = base.distance(to: UnsafeRawPointer(found)) + 1
        }
        return nil
      }
    }
  }
}
