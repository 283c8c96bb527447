/// How the hosts fared, as one bar and in words.
enum PageBar {
  static func text(of rows: [Summary.Row]) -> String {
    let kinds = kinds(of: rows)
    guard !kinds.isEmpty else { return "" }
    var start = 0
    // Attributes and not styles, which the page's policy forbids.
    let parts = kinds.map { kind -> String in
      defer { start += kind.count }
      return "<rect class=\"\(kind.name)\" x=\"\(start)\" y=\"0\" width=\"\(kind.count)\" height=\"1\"/>"
    }
    let words = kinds.map { "<li class=\"\($0.name)\"><b>\($0.count)</b> \($0.words)</li>" }
    return """
      <svg class="bar" viewBox="0 0 \(rows.count) 1" preserveAspectRatio="none" aria-hidden="true">\(parts.joined())</svg>
      <ul class="counts">\(words.joined())</ul>
      """
  }

  private struct Kind {
    var name: String
    var words: String
    var count: Int
  }

  private static func kinds(of rows: [Summary.Row]) -> [Kind] {
    let order: [Outcome] = [.succeeded, .failed, .unreachable, .unknown, .cancelled]
    let started = rows.filter { $0.isStarted || $0.outcome.isFailure }
    let kinds = order.map { outcome in
      Kind(name: outcome.rawValue, words: outcome.words, count: started.count { $0.outcome == outcome })
    }
    let rest = rows.count - kinds.reduce(0) { $0 + $1.count }
    return (kinds + [Kind(name: "skipped", words: "not started", count: rest)]).filter { $0.count > 0 }
  }
}
