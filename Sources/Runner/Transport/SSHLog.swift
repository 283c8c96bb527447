/// The file that `-E` makes ssh write to: what a person would see, among what `LogLevel=DEBUG1` adds.
package struct SSHLog: Sendable, Equatable {
  package struct Line: Sendable, Equatable {
    package var text: String
    /// ssh says it at a higher level only.
    package var isDetail: Bool
  }

  package let lines: [Line]

  /// The text of the file; a host can make ssh write as much as it likes, and what counts is at the ends.
  static func text(_ path: String) -> String {
    (try? File.readEnds(path, each: 1 << 16)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  package init(_ text: String) {
    lines = text.split(whereSeparator: \.isNewline).compactMap { line in
      let text = line.trimmingSuffix(while: \.isWhitespace)
      guard !text.isEmpty else { return nil }
      guard text.hasPrefix("debug1: ") else { return Line(text: String(text), isDetail: false) }
      return Line(text: String(text.dropFirst("debug1: ".count)), isDetail: true)
    }
  }

  func has(_ pattern: String) -> Bool { last(pattern) != nil }

  func count(_ pattern: String) -> Int { lines.count { Self.match($0.text, pattern) != nil } }

  /// What stands for each `*` in the last line of this pattern.
  func last(_ pattern: String) -> [String]? {
    for line in lines.reversed() { if let found = Self.match(line.text, pattern) { return found } }
    return nil
  }

  /// The first thing that stands for `*` in each line of this pattern.
  func all(_ pattern: String) -> [String] { lines.compactMap { Self.match($0.text, pattern)?.first } }

  /// What stands for each `*` of a pattern; the last one takes the rest, the others as little as possible.
  static func match(_ text: String, _ pattern: String) -> [String]? {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, text.hasPrefix(first) else { return nil }
    var rest = text.dropFirst(first.count)
    guard parts.count > 1 else { return rest.isEmpty ? [] : nil }
    var found: [String] = []
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return nil }
      found.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    guard let last = parts.last, rest.hasSuffix(last) else { return nil }
    return found + [String(rest.dropLast(last.count))]
  }

  /// What a person would see of it, without what every connection says.
  var messages: [String] {
    let usual = ["Warning: Permanently added", "Authenticated to ", "Transferred: ", "Bytes per second: "]
    return lines.filter { line in !line.isDetail && !usual.contains { line.text.hasPrefix($0) } }.map(\.text)
  }
}

extension StringProtocol {
  func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}
