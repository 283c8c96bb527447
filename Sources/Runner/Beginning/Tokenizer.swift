/// Cuts Python, Ruby and PHP into tokens: enough to read what is written down, and never a reason to stop.
struct Tokenizer {
  private let bytes: [UInt8]
  private let dialect: Dialect
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var indentation: Int?
  private var tokens: [Token] = []
  /// Names that end texts which begin on the next line.
  private var heredocs: [String] = []

  private init(_ bytes: [UInt8], _ dialect: Dialect) {
    self.bytes = bytes
    self.dialect = dialect
  }

  static func tokens(of bytes: [UInt8], _ dialect: Dialect) -> [Token] {
    var tokenizer = Tokenizer(bytes, dialect)
    while tokenizer.index < bytes.count { tokenizer.next() }
    tokenizer.add(.newline)
    return tokenizer.tokens
  }

  private static let signs = ["?->", "=>", "->", "::", "==", "+=", "!=", "<=", ">=", "&&", "||", "**"]

  private mutating func next() {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\n"): endLine()
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
    case UInt8(ascii: "\\") where peek(1) == "\n":
      index += 2
      line += 1
    case UInt8(ascii: "#") where !(dialect == .php && peek(1) == "["): skipLine()
    case UInt8(ascii: "/") where dialect == .php && peek(1) == "/": skipLine()
    case UInt8(ascii: "/") where dialect == .php && peek(1) == "*": skip(to: "*/")
    case UInt8(ascii: "="):
      if dialect == .ruby, index == lineStart, has("=begin") { skip(to: "\n=end") } else { sign() }
    case UInt8(ascii: "'"), UInt8(ascii: "\""): string(prefix: "")
    case UInt8(ascii: "%") where dialect == .ruby && ["w", "i", "W", "I"].contains(peek(1)) && isOpening(2): wordList()
    case UInt8(ascii: ":") where dialect == .ruby && isWordByte(1) && peek(-1) != ":" && !isWordByte(-1): symbol()
    case UInt8(ascii: "<") where heredoc(): break
    case _ where Self.isDigit(byte): number()
    case _ where Self.isWord(byte): word()
    default: sign()
    }
  }

  // MARK: Pieces

  private mutating func word() {
    let word = takeWord()
    let isQuote = index < bytes.count && (bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\""))
    if dialect == .python, isQuote, ["r", "u", "b", "f", "rb", "br", "fr", "rf"].contains(word.lowercased()) {
      string(prefix: word.lowercased())
    } else {
      add(.word(word))
    }
  }

  private mutating func takeWord() -> String {
    let start = index
    while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func number() {
    let word = takeWord()
    if let number = Int(word.replacing("_", with: "")) { add(.number(number)) } else { add(.word(word)) }
  }

  private mutating func symbol() {
    index += 1
    add(.text(takeWord()))
  }

  private mutating func string(prefix: String) {
    let (start, quote) = (line, bytes[index])
    let isTriple = dialect == .python && peek(1) == peek(0) && peek(2) == peek(0)
    let length = isTriple ? 3 : 1
    index += length
    var text: [UInt8] = []
    var isTemplate = false
    while index < bytes.count, !isEnd(of: quote, length) {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        // Nobody has closed it.
        if dialect == .python, !isTriple { break }
        line += 1
      }
      if byte == UInt8(ascii: "\\"), !prefix.contains("r"), index + 1 < bytes.count {
        text.append(unescaped(bytes[index + 1], in: quote))
        if bytes[index + 1] == UInt8(ascii: "\n") { line += 1 }
        index += 2
        continue
      }
      if isHole(byte, quote, prefix) { isTemplate = true }
      text.append(byte)
      index += 1
    }
    index = min(bytes.count, index + (index < bytes.count && bytes[index] == quote ? length : 0))
    let value = String(decoding: text, as: UTF8.self)
    tokens.append(Token(kind: isTemplate ? .template(value) : .text(value), line: start, indentation: indented()))
  }

  private func isEnd(of quote: UInt8, _ length: Int) -> Bool {
    index + length <= bytes.count && bytes[index..<index + length].allSatisfy { $0 == quote }
  }

  /// Whether something is filled in here when the program runs.
  private func isHole(_ byte: UInt8, _ quote: UInt8, _ prefix: String) -> Bool {
    switch dialect {
    case .python: prefix.contains("f") && byte == UInt8(ascii: "{")
    case .ruby: quote == UInt8(ascii: "\"") && byte == UInt8(ascii: "#") && peek(1) == "{"
    case .php: quote == UInt8(ascii: "\"") && byte == UInt8(ascii: "$")
    }
  }

  private func unescaped(_ byte: UInt8, in quote: UInt8) -> UInt8 {
    let isPlain = quote == UInt8(ascii: "'") && dialect != .python
    return !isPlain && byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte
  }

  private mutating func wordList() {
    let pairs: [String: String] = ["[": "]", "(": ")", "{": "}", "<": ">"]
    let open = peek(2)
    let close = pairs[open] ?? open
    let start = index + 3
    index = start
    while index < bytes.count, peek(0) != close {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
    let text = String(decoding: bytes[min(start, index)..<index], as: UTF8.self)
    index = min(bytes.count, index + 1)
    add(text.contains("#{") ? .template(text) : .words(text.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  private mutating func sign() {
    let sign = Self.signs.first { has($0) } ?? String(decoding: [bytes[index]], as: UTF8.self)
    index += sign.utf8.count
    add(.sign(sign))
  }

  // MARK: What is passed over

  private mutating func heredoc() -> Bool {
    guard dialect != .python, has(dialect == .php ? "<<<" : "<<") else { return false }
    var ahead = index + (dialect == .php ? 3 : 2)
    while ahead < bytes.count, [UInt8(ascii: "~"), UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[ahead]) {
      ahead += 1
    }
    let end = bytes[ahead...].firstIndex { !Self.isWord($0) } ?? bytes.count
    let name = String(decoding: bytes[ahead..<end], as: UTF8.self)
    guard let first = name.first, first.isUppercase || first == "_" else { return false }
    heredocs.append(name)
    index = end
    if index < bytes.count, ["'", "\""].contains(peek(0)) { index += 1 }
    add(.template(name))
    return true
  }

  private mutating func endLine() {
    add(.newline)
    index += 1
    startLine()
    while !heredocs.isEmpty, index < bytes.count {
      let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let text = String(decoding: bytes[index..<end], as: UTF8.self).drop { $0 == " " || $0 == "\t" }
      let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if String(word) == heredocs[0] {
        heredocs.removeFirst()
        if heredocs.isEmpty { return }
      }
      index = min(bytes.count, end + 1)
      startLine()
    }
  }

  private mutating func startLine() {
    line += 1
    lineStart = index
    indentation = nil
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
  }

  private mutating func skip(to end: String) {
    index += 2
    while index < bytes.count, !has(end) {
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
      index += 1
    }
    index = min(bytes.count, index + end.utf8.count)
  }

  // MARK: Looking

  private mutating func add(_ kind: Token.Kind) { tokens.append(Token(kind: kind, line: line, indentation: indented())) }

  private mutating func indented() -> Int {
    if let indentation { return indentation }
    let first = bytes[min(lineStart, bytes.count)...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? lineStart
    indentation = first - lineStart
    return first - lineStart
  }

  private func peek(_ offset: Int) -> String {
    bytes.indices.contains(index + offset) ? String(decoding: [bytes[index + offset]], as: UTF8.self) : ""
  }

  private func has(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private func isWordByte(_ offset: Int) -> Bool { bytes.indices.contains(index + offset) && Self.isWord(bytes[index + offset]) }

  private func isOpening(_ offset: Int) -> Bool { ["[", "(", "{", "<", "|", "!"].contains(peek(offset)) }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
    default: isDigit(byte)
    }
  }
}
