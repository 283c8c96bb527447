import Tasks

/// Appends JSON text, byte by byte: one line of it stands for every line that a host prints.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let pretty: Bool
  private var depth = 0

  init(pretty: Bool) {
    self.pretty = pretty
    // Enough for most events, so that the bytes are not moved while they grow.
    bytes.reserveCapacity(256)
  }

  mutating func write(_ value: Value) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .int(let int): bytes.append(contentsOf: String(int).utf8)
    // JSON has no infinity and no NaN. A whole double prints as 1.0, so that it is read as a double again.
    case .double(let double): bytes.append(contentsOf: double.isFinite ? double.description.utf8 : "null".utf8)
    case .string(let string): write(string)
    case .array(let elements):
      container("[", "]", isEmpty: elements.isEmpty) { writer in
        for (index, element) in elements.enumerated() {
          writer.separate(index)
          writer.write(element)
        }
      }
    case .object(let members):
      container("{", "}", isEmpty: members.isEmpty) { writer in
        for (index, member) in members.enumerated() {
          writer.separate(index)
          writer.write(member.key)
          writer.append(writer.pretty ? ": " : ":")
          writer.write(member.value)
        }
      }
    }
  }

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    // Runs of plain bytes are copied at once; most strings are one run.
    string.withUTF8 { utf8 in
      var start = 0
      for (index, byte) in utf8.enumerated()
      where UnsafeBytes.mayBegin(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x09 {
        if byte >= 0x80 {
          // What a terminal would act on; every reader of JSON gets the character all the same.
          guard let scalar = String(decoding: utf8[index..<min(index + 4, utf8.count)], as: UTF8.self).unicodeScalars.first, scalar.isUnsafe
          else { continue }
          bytes.append(contentsOf: utf8[start..<index])
          for unit in String(scalar).utf16 { escape(unit) }
          start = index + String(scalar).utf8.count
          continue
        }
        bytes.append(contentsOf: utf8[start..<index])
        escape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append("\\u00")
      bytes.append(hexadecimal(byte >> 4))
      bytes.append(hexadecimal(byte & 0xF))
    }
  }

  private mutating func escape(_ unit: UInt16) {
    append("\\u")
    for shift in [12, 8, 4, 0] as [UInt16] { bytes.append(hexadecimal(UInt8(unit >> shift & 0xF))) }
  }

  private func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10 }

  private mutating func container(_ open: StaticString, _ close: StaticString, isEmpty: Bool, _ content: (inout JSONWriter) -> Void) {
    append(open)
    depth += 1
    content(&self)
    depth -= 1
    if !isEmpty { breakLine() }
    append(close)
  }

  private mutating func separate(_ index: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    breakLine()
  }

  private mutating func breakLine() {
    guard pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
