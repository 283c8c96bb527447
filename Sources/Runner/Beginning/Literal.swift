/// What stands in a program of another language: as far as it is written down, its value.
indirect enum Literal: Sendable, Equatable {
  case text(String)
  case number(Int)
  case list([Literal])
  case pairs([Pair])
  /// A name, which may stand for something known.
  case name(String)
  /// Something that only running the program would tell, as it is written.
  case computed(String)

  struct Pair: Sendable, Equatable {
    var key: String
    var value: Literal
  }

  /// The value under a key.
  subscript(_ key: String) -> Literal? {
    guard case .pairs(let pairs) = self else { return nil }
    return pairs.last { $0.key == key }?.value
  }

  var text: String? {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    default: nil
    }
  }

  var number: Int? {
    switch self {
    case .text(let text): Int(text)
    case .number(let number): number
    default: nil
    }
  }

  /// One text, or a list of texts; nothing when any of them is not known.
  var texts: [String]? {
    if let text { return [text] }
    guard case .list(let items) = self else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }

  /// With names replaced by what they stand for, where that is known.
  func resolved(_ known: [String: Literal]) -> Literal {
    switch self {
    case .name(let name): known[name] ?? self
    case .list(let items): .list(items.map { $0.resolved(known) })
    case .pairs(let pairs): .pairs(pairs.map { Pair(key: $0.key, value: $0.value.resolved(known)) })
    default: self
    }
  }

  /// As people read it, to find it again.
  var shown: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .number(let number): String(number)
    case .name(let text), .computed(let text): text
    case .list(let items): "[\(items.map(\.shown).joined(separator: ", "))]"
    case .pairs(let pairs): "{\(pairs.map { "\($0.key): \($0.value.shown)" }.joined(separator: ", "))}"
    }
  }
}

/// The arguments of a call.
struct Arguments: Sendable, Equatable {
  var values: [Literal] = []
  var named: [Literal.Pair] = []

  subscript(_ name: String) -> Literal? { named.last { $0.key == name }?.value }
}
