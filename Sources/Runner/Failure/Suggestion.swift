/// The known words nearest to a mistyped one, for "did you mean".
package func suggestions(for word: String, among known: some Sequence<String>) -> [String] {
  // Nobody mistypes a word that long, and comparing two of them would take its time.
  guard word.utf8.count <= 100 else { return [] }
  let limit = max(1, word.count / 3)
  return Set(known.lazy.filter { $0.utf8.count <= 100 }).map { ($0, distance(word, $0)) }
    .filter { $0.1 <= limit || (word.count >= 3 && $0.0.hasPrefix(word)) }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    .prefix(3).map(\.0)
}

/// `Did you mean "deploy"?`, or nothing when no known word is near.
package func didYouMean(_ word: String, among known: some Sequence<String>) -> String? {
  let near = suggestions(for: word, among: known).map { "\"\($0)\"" }
  guard let last = near.last else { return nil }
  return near.count == 1 ? "Did you mean \(last)?" : "Did you mean \(near.dropLast().joined(separator: ", ")) or \(last)?"
}

/// Edits (insert, delete, replace, swap of neighbours) that turn one word into another: optimal string alignment.
private func distance(_ left: String, _ right: String) -> Int {
  let a = Array(left.lowercased()), b = Array(right.lowercased())
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var best = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
