import Tasks

extension Inventory {
  /// The hosts of a pattern, or all of them, as far as they are within a limit.
  func hosts(of pattern: String?, within limit: String?) throws(PatternError) -> [Host] {
    let hosts = try pattern.map { text throws(PatternError) in try self.hosts(matching: Pattern(text)) } ?? self.hosts
    guard let limit else { return hosts }
    let limited = Set(try self.hosts(matching: Pattern(limit)).map(\.name))
    return hosts.filter { limited.contains($0.name) }
  }
}
