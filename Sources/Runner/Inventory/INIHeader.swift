/// `[group]` or `[group:kind]`, with an optional comment behind it.
struct INIHeader {
  let group: String
  let kind: String?

  /// Nothing when the line is no section header.
  init?(_ line: String) {
    let scalars = line.unicodeScalars
    guard scalars.first == "[", let close = scalars.firstIndex(of: "]") else { return nil }
    guard Self.isEnd(scalars[scalars.index(after: close)...]) else { return nil }
    let inside = scalars[scalars.index(after: scalars.startIndex)..<close]
    let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let group = parts.first, !group.isEmpty, !group.contains(where: Self.isSpaceOrControl) else { return nil }
    let kind = parts.dropFirst().first
    if let kind, kind.isEmpty || !kind.allSatisfy(Self.isWord) { return nil }
    self.group = String(group)
    self.kind = kind.map { String($0) }
  }

  /// The group that a line under `[group:children]` names, or nothing when it is no group name.
  static func groupName(_ line: String) -> String? {
    let scalars = line.unicodeScalars
    let end = scalars.firstIndex { $0 == ":" || $0 == "]" || isSpace($0) } ?? scalars.endIndex
    guard end > scalars.startIndex, isEnd(scalars[end...]) else { return nil }
    return String(scalars[..<end])
  }

  /// Only whitespace and a comment.
  private static func isEnd(_ rest: Substring.UnicodeScalarView) -> Bool {
    rest.first { !isSpace($0) }.map { $0 == "#" } ?? true
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  /// Ansible lets control characters through, and they would reach terminals with the names of roles.
  private static func isSpaceOrControl(_ scalar: Unicode.Scalar) -> Bool {
    isSpace(scalar) || scalar.properties.generalCategory == .control
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
