/// Cuts bytes into lines; a line that never ends comes in pieces of 64 KiB.
package struct LineBuffer: Sendable {
  private var rest: [UInt8] = []
  private static let limit = 1 << 16

  package init() {}

  /// The lines that are complete now, without their ends.
  package mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var bytes = bytes
    while let end = bytes.firstPlace(of: UInt8(ascii: "\n")) {
      let line = bytes[bytes.startIndex..<end]
      bytes = bytes[(end + 1)...]
      // Most lines come whole, and are not copied.
      if rest.isEmpty, line.count < Self.limit {
        lines.append(withoutReturn(line))
        continue
      }
      add(line, to: &lines)
      lines.append(withoutReturn(rest[...]))
      rest = []
    }
    add(bytes, to: &lines)
    return lines
  }

  /// A last line without an end.
  package mutating func finish() -> [ArraySlice<UInt8>] {
    defer { rest = [] }
    return rest.isEmpty ? [] : [withoutReturn(rest[...])]
  }

  /// Keeps the beginning of a line, but for the pieces that are too long for one.
  private mutating func add(_ bytes: ArraySlice<UInt8>, to lines: inout [ArraySlice<UInt8>]) {
    rest += bytes
    var start = 0
    while rest.count - start >= Self.limit + 3 {
      // Not in the middle of a character.
      var end = start + Self.limit
      while end > start + Self.limit - 4, rest[end] & 0xC0 == 0x80 { end -= 1 }
      lines.append(rest[start..<end])
      start = end
    }
    if start > 0 { rest = Array(rest[start...]) }
  }

  /// Without the carriage return that belongs to the end of a line.
  private func withoutReturn(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
  }
}
