/// Cuts bytes into lines; a line that never ends comes in pieces of 64 KiB.
package struct LineBuffer: Sendable {
  private var rest: [UInt8] = []
  /// What no cut may go through, because it could not be hidden any more.
  private let words: [[UInt8]]
  private let margin: Int
  private static let limit = 1 << 16

  package init(keeping words: [[UInt8]] = []) {
    self.words = words
    margin = max(3, words.map(\.count).max() ?? 0)
  }

  /// The lines that are complete now, without their ends.
  package mutating func feed(_ bytes: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var bytes = bytes
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      rest += bytes[bytes.startIndex..<end]
      lines += pieces()
      lines.append(text(rest[...]))
      rest = []
      bytes = bytes[(end + 1)...]
    }
    rest += bytes
    return lines + pieces()
  }

  /// A last line without an end.
  package mutating func finish() -> [String] {
    defer { rest = [] }
    return rest.isEmpty ? [] : [text(rest[...])]
  }

  private mutating func pieces() -> [String] {
    guard rest.count >= Self.limit + margin else { return [] }
    var lines: [String] = []
    var start = 0
    while rest.count - start >= Self.limit + margin {
      // Not in the middle of a character.
      var end = start + Self.limit
      while end > start + Self.limit - 4, rest[end] & 0xC0 == 0x80 { end -= 1 }
      // A word that the cut would go through, and what that word hides in turn, goes with the first piece.
      while let longer = words.compactMap({ self.end(of: $0, across: end) }).max() { end = longer }
      lines.append(text(rest[start..<end]))
      start = end
    }
    rest.removeFirst(start)
    return lines
  }

  /// Where a word ends that begins before a place and ends behind it.
  private func end(of word: [UInt8], across place: Int) -> Int? {
    let from = max(0, place - word.count + 1), to = min(rest.count - word.count, place - 1)
    guard from <= to else { return nil }
    return (from...to).first { rest[$0..<($0 + word.count)].elementsEqual(word) }.map { $0 + word.count }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
