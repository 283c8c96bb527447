/// A shell pattern as in Python's `fnmatch`: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`.
struct Glob {
  private enum Part {
    case one(Unicode.Scalar)
    case any
    case many
    case set([ClosedRange<UInt32>], isNegated: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .one(let expected): scalar == expected
      case .any, .many: true
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
      }
    }
  }

  private let parts: [Part]

  /// Whether the text has no sign of a glob, and so matches only itself.
  static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  init(_ text: String) {
    var parts: [Part] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": parts.append(.many)
      case "?": parts.append(.any)
      case "[": parts.append(Self.set(&rest) ?? .one(scalar))
      default: parts.append(.one(scalar))
      }
    }
    self.parts = parts
  }

  /// What stands in brackets; nil when they are not closed, for then the bracket means itself.
  private static func set(_ rest: inout Substring.UnicodeScalarView) -> Part? {
    var inside = rest
    let isNegated = inside.first == "!"
    if isNegated { inside.removeFirst() }
    // A bracket right at the start is a member.
    guard let start = inside.indices.first, let close = inside[inside.index(after: start)...].firstIndex(of: "]") else { return nil }
    let members = Array(inside[..<close])
    rest = inside[inside.index(after: close)...]
    var ranges: [ClosedRange<UInt32>] = []
    var index = 0
    while index < members.count {
      let first = members[index].value
      if index + 2 < members.count, members[index + 1] == "-" {
        let last = members[index + 2].value
        if first <= last { ranges.append(first...last) }
        index += 3
      } else {
        ranges.append(first...first)
        index += 1
      }
    }
    return .set(ranges, isNegated: isNegated)
  }

  func matches(_ name: String) -> Bool {
    let text = name.unicodeScalars
    var index = text.startIndex, part = 0
    // Where to go on when the rest does not fit: the last star takes one more character.
    var retry: (index: String.Index, part: Int)?
    while index < text.endIndex {
      if part < parts.count, case .many = parts[part] {
        part += 1
        retry = (index, part)
      } else if part < parts.count, parts[part].matches(text[index]) {
        part += 1
        text.formIndex(after: &index)
      } else if let (from, resumed) = retry {
        index = text.index(after: from)
        part = resumed
        retry = (index, resumed)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .many = $0 { true } else { false } }
  }
}
