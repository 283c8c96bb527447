/// One term of a pattern in Ansible's language.
struct PatternTerm: Equatable {
  enum Role {
    case included
    /// `&x`
    case required
    /// `!x`
    case excluded
  }

  /// `[2]`, `[1:3]`, `[1:]`; both ends count.
  enum Subscript: Equatable {
    case index(Int)
    case slice(Int, Int?)
    case dashed(String, String)
  }

  let role: Role
  /// As written, with its operator.
  let text: String
  /// Without the operator.
  let name: String

  private init(_ text: String) {
    self.text = text
    switch text.first {
    case "&": role = .required
    case "!": role = .excluded
    default: role = .included
    }
    name = role == .included ? text : String(text.dropFirst())
  }

  /// The terms of a pattern: separated by commas if it has any, and otherwise by colons and blanks outside of brackets, unless
  /// the whole is one address with colons.
  static func split(_ pattern: String) throws(PatternError) -> [PatternTerm] {
    let parts: [String]
    if pattern.contains(",") {
      parts = pattern.split(separator: ",").map(String.init)
    } else if HostPort.isAddressOrPort(pattern) {
      parts = [pattern]
    } else {
      parts = try splitAtColons(pattern)
    }
    let terms = parts.map { trimmed($0) }.filter { !$0.isEmpty }.map(PatternTerm.init)
    guard !terms.isEmpty else { throw .empty(pattern: pattern) }
    for term in terms where term.name.isEmpty || "&!".contains(term.name.prefix(1)) { throw .term(term.text, pattern: pattern, .noName) }
    return terms
  }

  private static func splitAtColons(_ pattern: String) throws(PatternError) -> [String] {
    var parts: [String] = [], part = "", isInside = false
    for character in pattern {
      switch character {
      case "]":
        guard isInside else { throw .term(part + "]", pattern: pattern, .unclosedBracket) }
        isInside = false
      case "[" where !isInside: isInside = true
      case _ where !isInside && (character == ":" || character.isWhitespace):
        parts.append(part)
        part = ""
        continue
      default: break
      }
      part.append(character)
    }
    guard !isInside else { throw .term(part, pattern: pattern, .unclosedBracket) }
    return parts + [part]
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: isText), let last = scalars.lastIndex(where: isText) else { return "" }
    return String(scalars[first...last])
  }

  /// The name without its subscript, and the subscript.
  var parts: (name: String, subscript: Subscript?) {
    guard name.utf8.last == UInt8(ascii: "]"), name.first != "~", let open = name.lastIndex(of: "["), open > name.startIndex else {
      return (name, nil)
    }
    let inside = name[name.index(after: open)...].dropLast(), base = String(name[..<open])
    if let index = Int(inside), inside.first != "+" { return (base, .index(index)) }
    for separator in [":", "-"] as [Character] {
      let ends = inside.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
      guard ends.count == 2, let first = Self.number(ends[0]), ends[1].isEmpty || Self.number(ends[1]) != nil else { continue }
      return (base, separator == ":" ? .slice(first, Self.number(ends[1])) : .dashed(String(ends[0]), String(ends[1])))
    }
    return (name, nil)
  }

  private static func number(_ text: Substring) -> Int? { text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil }
}
