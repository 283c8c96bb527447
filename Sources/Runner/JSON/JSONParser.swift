import Tasks

/// Reads one JSON text in one pass over its bytes.
struct JSONParser {
  /// Deeper texts are refused, so that no input can overflow the stack.
  static let depthLimit = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  mutating func document() throws(JSONError) -> Value {
    let value = try value()
    skipSpace()
    guard peek == nil else { throw expected(.endOfText) }
    return value
  }

  private mutating func value() throws(JSONError) -> Value {
    skipSpace()
    guard let first = peek else { throw expected(.value) }
    switch first {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw expected(.value)
    }
  }

  private mutating func nested(_ read: (inout JSONParser) throws(JSONError) -> Value) throws(JSONError) -> Value {
    guard depth < Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    depth += 1
    index += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONError) -> Value {
    var members: [Value.Member] = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw expected(members.isEmpty ? .memberNameOrEnd : .memberName) }
      let key = try string()
      skipSpace()
      guard take(":") else { throw expected(.colon) }
      members.append(Value.Member(key: key, value: try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw expected(.commaOrEnd(of: .object)) }
    }
  }

  private mutating func array() throws(JSONError) -> Value {
    var elements: [Value] = []
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw expected(.commaOrEnd(of: .array)) }
    }
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
    let end = index + word.utf8CodeUnitCount
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[index..<end].elementsEqual(letters) else { throw expected(.value) }
    index = end
    return value
  }

  private mutating func number() throws(JSONError) -> Value {
    let start = index
    _ = take("-")
    let first = index
    guard skipDigits(), bytes[first] != UInt8(ascii: "0") || index == first + 1 else { throw error(.malformedNumber, at: start) }
    var whole = true
    if take(".") {
      whole = false
      guard skipDigits() else { throw error(.malformedNumber, at: start) }
    }
    if take("e") || take("E") {
      whole = false
      if !take("+") { _ = take("-") }
      guard skipDigits() else { throw error(.malformedNumber, at: start) }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if whole, let integer = Int(text) { return .int(integer) }
    guard let double = Double(text) else { throw error(.malformedNumber, at: start) }
    return .double(double)
  }

  private mutating func skipDigits() -> Bool {
    let start = index
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    return index > start
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    // Most strings have no escape: then their bytes are the text.
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
    if peek == UInt8(ascii: "\"") {
      defer { index += 1 }
      return try text(bytes[start..<index], at: start)
    }
    var unescaped = Array(bytes[start..<index])
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return try text(unescaped, at: start)
      case UInt8(ascii: "\\"): try unescape(into: &unescaped)
      case 0..<0x20: throw error(.controlCharacter(byte))
      default:
        unescaped.append(byte)
        index += 1
      }
    }
    throw expected(.endOfString)
  }

  private func text(_ utf8: some Sequence<UInt8>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw error(.invalidUTF8, at: start) }
    return text
  }

  private mutating func unescape(into text: inout [UInt8]) throws(JSONError) {
    let start = index
    index += 1
    guard let letter = peek else { throw expected(.endOfString) }
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: UTF8.encode(try scalar(from: start)) ?? UTF8.encodedReplacementCharacter)
    default: throw error(.malformedEscape, at: start)
    }
  }

  /// The character of a `\u` escape, or of two that make a surrogate pair.
  private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let high = try fourDigits(from: start)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, take("\\"), take("u") else { throw error(.unpairedSurrogate, at: start) }
    let low = try fourDigits(from: start)
    guard (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) else {
      throw error(.unpairedSurrogate, at: start)
    }
    return scalar
  }

  private mutating func fourDigits(from start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.malformedEscape, at: start) }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private func expected(_ expectation: JSONError.Expectation) -> JSONError { error(.expected(expectation)) }

  /// Lines are counted only here: a text without errors pays nothing for them.
  private func error(_ problem: JSONError.Problem, at offset: Int? = nil) -> JSONError {
    let before = bytes[..<min(offset ?? index, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return JSONError(line: before.count { $0 == 0x0A } + 1, column: before.endIndex - lineStart + 1, problem: problem)
  }
}
