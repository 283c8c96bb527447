import Tasks

/// Values of INI variables: what Python's `ast.literal_eval` makes of the text, or the text itself where that fails.
///
/// Sets become lists in written order, whole numbers beyond `Int` become doubles; complex numbers and `\N{...}` stay text.
struct PythonLiteral {
  /// The text is no literal.
  private struct NoLiteral: Error {}

  /// A sign may stand before a number, but not before a sign or a truth value.
  private enum Node {
    case number(Value)
    case other(Value)

    var value: Value {
      switch self {
      case .number(let value), .other(let value): value
      }
    }
  }

  private static let depthLimit = 100

  private var scanner: PythonScanner
  private var depth = 0

  static func value(_ text: String) -> Value {
    // Most values are words; only these characters can begin a literal.
    let start = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = start.first, PythonScanner.canBegin(first) else { return .string(text) }
    var literal = PythonLiteral(scanner: PythonScanner(Array(start)))
    return (try? literal.whole()) ?? .string(text)
  }

  /// One value, or a tuple when there is a comma, and nothing behind it.
  private mutating func whole() throws(NoLiteral) -> Value {
    let first = try node().value
    guard scanner.take(UInt8(ascii: ",")) else {
      guard scanner.atEnd() else { throw NoLiteral() }
      return first
    }
    var values = [first]
    while !scanner.atEnd() {
      values.append(try node().value)
      guard scanner.take(UInt8(ascii: ",")) || scanner.atEnd() else { throw NoLiteral() }
    }
    return .array(values)
  }

  private mutating func node() throws(NoLiteral) -> Node {
    guard depth < Self.depthLimit else { throw NoLiteral() }
    depth += 1
    defer { depth -= 1 }
    if scanner.take(UInt8(ascii: "-")) { return try signed { $0.negated } }
    if scanner.take(UInt8(ascii: "+")) { return try signed { $0 } }
    return try atom()
  }

  private mutating func signed(_ apply: (Value) -> Value) throws(NoLiteral) -> Node {
    guard case .number(let value) = try atom() else { throw NoLiteral() }
    return .other(apply(value))
  }

  private mutating func atom() throws(NoLiteral) -> Node {
    guard let byte = scanner.peek() else { throw NoLiteral() }
    switch byte {
    case UInt8(ascii: "("): return try parenthesized()
    case UInt8(ascii: "["):
      _ = scanner.take(byte)
      return .other(.array(try list(until: UInt8(ascii: "]"))))
    case UInt8(ascii: "{"): return .other(try braces())
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      if scanner.take(word: "...") { return .other(.string("...")) }
      guard let number = scanner.number() else { throw NoLiteral() }
      return .number(number)
    default:
      if let text = scanner.strings() { return .other(.string(text)) }
      for (word, value) in [("True", Value.bool(true)), ("False", .bool(false)), ("None", .null)] where scanner.take(word: word) {
        return .other(value)
      }
      if scanner.take(word: "set"), scanner.take(UInt8(ascii: "(")), scanner.take(UInt8(ascii: ")")) { return .other(.array([])) }
      throw NoLiteral()
    }
  }

  /// Parentheses around one number leave it a number: `-(1)` is -1.
  private mutating func parenthesized() throws(NoLiteral) -> Node {
    let close = UInt8(ascii: ")")
    _ = scanner.take(UInt8(ascii: "("))
    if scanner.take(close) { return .other(.array([])) }
    let first = try node()
    if scanner.take(close) { return first }
    guard scanner.take(UInt8(ascii: ",")) else { throw NoLiteral() }
    return .other(.array([first.value] + (try list(until: close))))
  }

  private mutating func list(until close: UInt8) throws(NoLiteral) -> [Value] {
    var values: [Value] = []
    while !scanner.take(close) {
      values.append(try node().value)
      guard scanner.take(UInt8(ascii: ",")) || scanner.peek() == close else { throw NoLiteral() }
    }
    return values
  }

  /// A dictionary or a set.
  private mutating func braces() throws(NoLiteral) -> Value {
    let close = UInt8(ascii: "}"), colon = UInt8(ascii: ":")
    _ = scanner.take(UInt8(ascii: "{"))
    if scanner.take(close) { return .object([Value.Member]()) }
    let first = try node().value
    guard scanner.take(colon) else {
      guard first.isHashable else { throw NoLiteral() }
      guard scanner.take(UInt8(ascii: ",")) else {
        guard scanner.take(close) else { throw NoLiteral() }
        return .array([first])
      }
      let rest = try list(until: close)
      guard rest.allSatisfy(\.isHashable) else { throw NoLiteral() }
      // By their texts, which tell 1 from 1.0 and '1' as well.
      var known: Set<String> = []
      return .array(([first] + rest).filter { known.insert("\($0)").inserted })
    }
    var members: [Value.Member] = []
    var known: [String: Int] = [:]
    var key = first
    while true {
      guard key.isHashable else { throw NoLiteral() }
      let member = Value.Member(key: key.plainText, value: try node().value)
      if let place = known[member.key] {
        members[place] = member
      } else {
        known[member.key] = members.count
        members.append(member)
      }
      if scanner.take(close) { return .object(members) }
      guard scanner.take(UInt8(ascii: ",")) else { throw NoLiteral() }
      if scanner.take(close) { return .object(members) }
      key = try node().value
      guard scanner.take(colon) else { throw NoLiteral() }
    }
  }
}

extension Value {
  fileprivate var negated: Value {
    switch self {
    case .int(let number): number == .min ? .double(-Double(number)) : .int(-number)
    case .double(let number): .double(-number)
    default: self
    }
  }

  /// What Python takes as a member of a set or a key.
  ///
  /// Tuples are lists here already, so they count as lists.
  fileprivate var isHashable: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
