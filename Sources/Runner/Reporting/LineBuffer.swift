/// Cuts bytes into lines; a line that never ends comes in pieces of 64 KiB.
package struct LineBuffer: Sendable {
  private var rest: [UInt8] = []
  private static let limit = 1 << 16

  package init() {}

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
    guard rest.count >= Self.limit else { return [] }
    var lines: [String] = []
    var start = 0
    while rest.count - start >= Self.limit {
      // Not in the middle of a character.
      var end = start + Self.limit
      while end > start + Self.limit - 4, rest.indices.contains(end), rest[end] & 0xC0 == 0x80 { end -= 1 }
      lines.append(text(rest[start..<end]))
      start = end
    }
    rest.removeFirst(start)
    return lines
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
