/// Finds every occurrence of any of many words in one pass over the bytes, however long or many the words are (Aho and Corasick, 1975).
///
/// States are numbered level by level: the children of a state follow one another, and the first states have a full row each, because a
/// text without any of the words hardly ever leaves them.
final class WordFinder: Sendable {
  /// Where the children of a state begin; they end where those of the next state begin.
  private let firstChild: [Int32]
  /// The byte that leads to a state.
  private let label: [UInt8]
  /// The longest other state that a state's text ends with.
  private let fallback: [Int32]
  /// How many of the last bytes may be the beginning of a word that has not ended.
  private let open: [Int32]
  /// The length of the longest word that ends in a state, or 0.
  private let found: [Int32]
  /// The next state for each byte, for the start and the states of one byte.
  private let rows: [Int32]
  private let fullRows: Int32

  static let start: Int32 = 0

  /// No word may be empty.
  init(_ words: some Collection<[UInt8]>) {
    let words = Set(words).sorted { $0.lexicographicallyPrecedes($1) }
    var levels = Levels(words)
    while levels.addChildren() {}
    (firstChild, label) = (levels.firstChild, levels.label)
    fullRows = Int32(levels.depth.prefix { $0 <= 1 }.count)
    let links = levels.links(fullRows: Int(fullRows))
    (fallback, found, open, rows) = (links.fallback, links.found, links.open, links.rows)
  }

  /// How many of the bytes that were read last may be the beginning of a word that has not ended.
  func open(in state: Int32) -> Int { Int(open[Int(state)]) }

  /// Calls `body` with the end and the length of the longest word that ends at a place, from left to right; returns the state at the end.
  func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, _ state: Int32, _ body: (_ end: Int, _ length: Int) -> Void) -> Int32
  {
    rows.withUnsafeBufferPointer { rows in
      found.withUnsafeBufferPointer { found in
        var state = state
        for index in start..<max(start, bytes.count) {
          state = state < fullRows ? rows[Int(state) << 8 | Int(bytes[index])] : deep(state, bytes[index], rows)
          let length = found[Int(state)]
          if length > 0 { body(index + 1, Int(length)) }
        }
        return state
      }
    }
  }

  /// A step from a state without a row: every fall back undoes an earlier step, so that all of them together are linear.
  private func deep(_ state: Int32, _ byte: UInt8, _ rows: UnsafeBufferPointer<Int32>) -> Int32 {
    var state = state
    while state >= fullRows {
      for child in firstChild[Int(state)]..<firstChild[Int(state) + 1] where label[Int(child)] == byte { return child }
      state = fallback[Int(state)]
    }
    return rows[Int(state) << 8 | Int(byte)]
  }
}

/// The states, one level after the other: a state is a range of the sorted words that begin alike.
private struct Levels {
  let words: [[UInt8]]
  var firstChild: [Int32] = []
  var label: [UInt8] = [0]
  var depth: [Int32] = [0]
  private var isWord = [false]
  private var ranges: [Range<Int>]
  private var next = 0

  init(_ words: [[UInt8]]) {
    self.words = words
    ranges = [0..<words.count]
  }

  /// Adds what the next state leads to; `false` when there is no next state.
  mutating func addChildren() -> Bool {
    firstChild.append(Int32(label.count))
    guard next < ranges.count else { return false }
    let length = Int(depth[next])
    var range = ranges[next]
    // The shortest of the words that begin alike comes first.
    if let first = range.first, words[first].count == length { range.removeFirst() }
    while let first = range.first {
      let byte = words[first][length]
      let end = range.first { words[$0][length] != byte } ?? range.upperBound
      label.append(byte)
      depth.append(Int32(length + 1))
      isWord.append(words[first].count == length + 1)
      ranges.append(first..<end)
      range = end..<range.upperBound
    }
    next += 1
    return true
  }

  /// Where each state falls back to, what ends in it, what is open in it, and the rows of the first states.
  func links(fullRows: Int) -> (fallback: [Int32], found: [Int32], open: [Int32], rows: [Int32]) {
    var fallback = [Int32](repeating: 0, count: label.count), found = fallback, open = fallback
    var rows = [Int32](repeating: 0, count: fullRows << 8)
    func child(_ state: Int, _ byte: UInt8) -> Int32? {
      (firstChild[state]..<firstChild[state + 1]).first { label[Int($0)] == byte }
    }
    func step(_ state: Int32, _ byte: UInt8) -> Int32 {
      var state = state
      while Int(state) >= fullRows {
        if let child = child(Int(state), byte) { return child }
        state = fallback[Int(state)]
      }
      return rows[Int(state) << 8 | Int(byte)]
    }
    for state in label.indices {
      if state < fullRows {
        if state > 0 { rows.replaceSubrange(state << 8..<(state + 1) << 8, with: rows[..<256]) }
        for child in firstChild[state]..<firstChild[state + 1] { rows[state << 8 | Int(label[Int(child)])] = child }
      }
      for child in (firstChild[state]..<firstChild[state + 1]).map(Int.init) {
        fallback[child] = state == 0 ? 0 : step(fallback[state], label[child])
        found[child] = isWord[child] ? depth[child] : found[Int(fallback[child])]
        open[child] = firstChild[child] == firstChild[child + 1] ? open[Int(fallback[child])] : depth[child]
      }
    }
    return (fallback, found, open, rows)
  }
}
