/// Reads literals and calls from tokens, and gives up on nothing: what it does not understand is computed.
struct TokenReader {
  let tokens: [Token]
  var index = 0

  private let dialect: Dialect
  /// How many brackets are open around what is read.
  private var depth = 0

  init(_ bytes: [UInt8], _ dialect: Dialect) {
    tokens = Tokenizer.tokens(of: bytes, dialect)
    self.dialect = dialect
  }

  var isAtEnd: Bool { index >= tokens.count }
  var current: Token? { isAtEnd ? nil : tokens[index] }
  var line: Int { current?.line ?? tokens.last?.line ?? 1 }

  func isSign(_ sign: String, at offset: Int = 0) -> Bool { kind(at: offset) == .sign(sign) }
  func isWord(_ word: String, at offset: Int = 0) -> Bool { kind(at: offset) == .word(word) }
  func word(at offset: Int = 0) -> String? { if case .word(let word)? = kind(at: offset) { word } else { nil } }

  private func kind(at offset: Int = 0) -> Token.Kind? { tokens.indices.contains(index + offset) ? tokens[index + offset].kind : nil }

  mutating func skipNewlines() { while kind() == .newline { index += 1 } }

  // MARK: Values

  /// The value that begins here, up to the comma, bracket or line end behind it.
  mutating func literal() -> Literal {
    skipNewlines()
    let start = index
    let value = atom()
    guard !isEndOfValue else { return value }
    skipValue()
    return .computed(shown(start..<index))
  }

  private mutating func atom() -> Literal {
    guard let kind = kind() else { return .computed("") }
    index += 1
    // Deeper than anybody writes, and the stack has an end.
    if depth > 200 { return .computed("") }
    switch kind {
    case .text(let text): return .text(text + more())
    case .number(let number): return .number(number)
    case .words(let words): return .list(words.map(Literal.text))
    case .template(let text): return .computed("\"\(text)\"")
    case .word("array") where isSign("("), .word("list") where isSign("("), .word("tuple") where isSign("("):
      index += 1
      return container(until: ")")
    case .word(let word): return .name(word)
    // A list that is spread out among arguments.
    case .sign("*"):
      while isSign("*") { index += 1 }
      return atom()
    case .sign("["): return container(until: "]")
    case .sign("{"): return container(until: "}")
    case .sign("("): return container(until: ")")
    case .sign, .newline:
      index -= 1
      return .computed("")
    }
  }

  /// Python puts strings together that follow each other, inside brackets on other lines, too.
  private mutating func more() -> String {
    var text = ""
    while true {
      var ahead = 0
      while depth > 0, dialect == .python, kind(at: ahead) == .newline { ahead += 1 }
      guard case .text(let next)? = kind(at: ahead) else { return text }
      text += next
      index += ahead + 1
    }
  }

  private mutating func container(until close: String) -> Literal {
    let arguments = arguments(until: close)
    if !arguments.named.isEmpty { return .pairs(arguments.named) }
    // A value in parentheses is itself.
    if close == ")", arguments.values.count == 1, !isSign(",", at: -2) { return arguments.values[0] }
    return .list(arguments.values)
  }

  // MARK: Calls

  /// What stands behind an opening bracket, up to and with the closing one.
  mutating func arguments(until close: String) -> Arguments {
    depth += 1
    defer { depth -= 1 }
    var arguments = Arguments()
    while true {
      skipNewlines()
      if isAtEnd { return arguments }
      if isSign(close) {
        index += 1
        return arguments
      }
      if isSign(",") {
        index += 1
        continue
      }
      let before = index
      readArgument(into: &arguments)
      // A bracket of another kind, or something else that nothing begins with.
      if index == before { index += 1 }
    }
  }

  /// The arguments of a call without brackets, as Ruby has them: up to the end of the line, unless a comma ends it.
  mutating func bareArguments() -> Arguments {
    var arguments = Arguments()
    while !isAtEnd, kind() != .newline, !isSign(";"), !isWord("do"), !isWord("if"), !isWord("unless") {
      let before = index
      readArgument(into: &arguments)
      if isSign(",") {
        index += 1
        skipNewlines()
      } else if index == before {
        index += 1
      }
    }
    return arguments
  }

  private mutating func readArgument(into arguments: inout Arguments) {
    // name: value, name = value
    if let name = word(), isSign(":", at: 1) || isSign("=", at: 1) {
      index += 2
      arguments.named.append(Literal.Pair(key: name, value: literal()))
      return
    }
    let value = literal()
    guard isSign("=>") || isSign(":") else { return arguments.values.append(value) }
    index += 1
    arguments.named.append(Literal.Pair(key: value.text ?? value.shown, value: literal()))
  }

  // MARK: What is passed over

  private var isEndOfValue: Bool {
    switch kind() {
    case nil, .newline: true
    case .sign(let sign): [",", "]", "}", ")", "=>", ":", ";"].contains(sign)
    case .word("do"), .word("as"): true
    // Ruby's conditions behind a statement; Python's choose between two values.
    case .word("if"), .word("unless"): dialect == .ruby
    default: false
    }
  }

  /// To the end of the value, brackets and all.
  private mutating func skipValue() {
    var depth = 0
    while let kind = kind() {
      switch kind {
      case .sign("("), .sign("["), .sign("{"): depth += 1
      case .sign(")"), .sign("]"), .sign("}"):
        if depth == 0 { return }
        depth -= 1
      case .sign(","), .sign(";"), .newline: if depth == 0 { return }
      default: break
      }
      index += 1
    }
  }

  /// To the end of the line, or of the brackets that it leaves open.
  mutating func skipStatement() {
    var depth = 0
    while let kind = kind() {
      index += 1
      switch kind {
      case .sign("("), .sign("["), .sign("{"): depth += 1
      case .sign(")"), .sign("]"), .sign("}"): depth = max(0, depth - 1)
      case .newline: if depth == 0 { return }
      default: break
      }
    }
  }

  private func shown(_ range: Range<Int>) -> String {
    var text = ""
    for token in tokens[range] {
      let word: String
      switch token.kind {
      case .word(let name):
        let isJoint = ["for", "in", "if", "else", "and", "or", "not", "do"].contains(name)
        let isTight = text.isEmpty || text.last == " " || !(isJoint || text.last.map { $0.isLetter || $0.isNumber } ?? false)
        word = (isTight ? "" : " ") + name + (isJoint ? " " : "")
      case .text(let value), .template(let value): word = "\"\(value)\""
      case .number(let number): word = String(number)
      case .words(let words): word = "%w[\(words.joined(separator: " "))]"
      case .sign(let sign): word = sign
      case .newline: word = " "
      }
      text += word
    }
    return text.count > 60 ? "\(text.prefix(57))..." : text
  }
}
