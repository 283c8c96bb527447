/// What turns one list of lines into another.
package enum LineDifference {
  package enum Change<Line: Hashable & Sendable>: Sendable, Equatable {
    case same(Line)
    case removed(Line)
    case added(Line)
    /// So many lines that are the same.
    case skipped(Int)
  }

  /// More than this is no comparison that anybody reads, and would take long.
  private static let limit = 1 << 18

  /// The fewest changes; nothing when the two have too little in common for that to be the shorter story.
  package static func changes<Line>(from old: [Line], to new: [Line]) -> [Change<Line>]? {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    guard let middle = compared(Array(old[start..<old.count - end]), Array(new[start..<new.count - end])) else { return nil }
    let changes: [Change<Line>] = old[..<start].map { .same($0) } + middle + old.suffix(end).map { .same($0) }
    let same = changes.count { if case .same = $0 { true } else { false } }
    return same > 0 && same * 3 >= max(old.count, new.count) ? changes : nil
  }

  /// The same with so many unchanged lines around each change, and no others.
  package static func shortened<Line>(_ changes: [Change<Line>], context: Int = 2) -> [Change<Line>] {
    var nearest: [Int] = []
    var last = Int.min / 2
    for (index, change) in changes.enumerated() {
      if case .same = change {} else { last = index }
      nearest.append(index - last)
    }
    last = Int.max / 2
    for index in changes.indices.reversed() {
      if case .same = changes[index] {} else { last = index }
      nearest[index] = min(nearest[index], last - index)
    }
    var result: [Change<Line>] = []
    for run in changes.indices.chunked(by: { (nearest[$0] > context) == (nearest[$1] > context) }) {
      // One line says no less than the number 1.
      if nearest[run[0]] > context, run.count > 1 { result.append(.skipped(run.count)) } else { result += run.map { changes[$0] } }
    }
    return result
  }

  /// The longest common subsequence, by the table that every textbook has.
  private static func compared<Line>(_ old: [Line], _ new: [Line]) -> [Change<Line>]? {
    if old.isEmpty { return new.map { .added($0) } }
    if new.isEmpty { return old.map { .removed($0) } }
    guard old.count * new.count <= limit else { return nil }
    // Numbers are compared faster than texts.
    var numbers: [Line: Int32] = [:]
    func number(_ line: Line) -> Int32 {
      let number = numbers[line] ?? Int32(numbers.count)
      numbers[line] = number
      return number
    }
    let left = old.map(number), right = new.map(number)
    let width = right.count + 1
    var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i * width + j] =
          left[i] == right[j]
          ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var changes: [Change<Line>] = []
    var i = 0, j = 0
    while i < left.count || j < right.count {
      if i < left.count, j < right.count, left[i] == right[j] {
        changes.append(.same(old[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == right.count || i < left.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        changes.append(.removed(old[i]))
        i += 1
      } else {
        changes.append(.added(new[j]))
        j += 1
      }
    }
    return changes
  }
}

extension Range<Int> {
  /// Neighbours that belong together.
  fileprivate func chunked(by belongs: (Int, Int) -> Bool) -> [[Int]] {
    reduce(into: [[Int]]()) { chunks, index in
      if let last = chunks.last?.last, belongs(last, index) { chunks[chunks.count - 1].append(index) } else { chunks.append([index]) }
    }
  }
}
