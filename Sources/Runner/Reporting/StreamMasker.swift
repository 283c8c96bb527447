/// Hides secrets in a stream of bytes, wherever it is cut into pieces; every other byte comes out as it went in.
///
/// Back it holds only what may be the beginning of a secret.
package struct StreamMasker: Sendable {
  private let finder: WordFinder?
  private var state = WordFinder.start
  /// What has been read and may still become part of a secret.
  private var held: [UInt8] = []
  /// What must be hidden of it, in order and apart from one another; one that begins before 0 has been replaced already.
  private var hidden: [Range<Int>] = []

  package init(_ masker: Masker) { finder = masker.finder }

  /// What is certain now.
  package mutating func feed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let finder else { return bytes }
    let known = held.count
    let buffer = known == 0 ? bytes : (held + bytes)[...]
    state = buffer.withUnsafeBufferPointer { finder.scan($0, from: known, state) { hide(from: $0 - $1, to: $0) } }
    let open = finder.open(in: state)
    // Most pieces hold nothing to hide: they pass as they are.
    if open == 0, hidden.isEmpty {
      held = []
      return buffer
    }
    return release(buffer, upTo: buffer.count - open)
  }

  /// What is left when the stream ends.
  package mutating func finish() -> ArraySlice<UInt8> {
    defer { state = WordFinder.start }
    return release(held[...], upTo: held.count)
  }

  /// Occurrences come by their ends; those that overlap are hidden as one.
  private mutating func hide(from start: Int, to end: Int) {
    var start = start
    while let last = hidden.last, last.upperBound > start {
      start = min(start, last.lowerBound)
      hidden.removeLast()
    }
    hidden.append(start..<end)
  }

  /// Nothing in front of the limit can become part of another secret.
  private mutating func release(_ buffer: ArraySlice<UInt8>, upTo limit: Int) -> ArraySlice<UInt8> {
    var output: [UInt8] = []
    let first = buffer.startIndex
    var place = 0
    var rest = hidden[...]
    while let range = rest.first, range.lowerBound < limit {
      rest.removeFirst()
      if range.lowerBound >= 0 {
        output += buffer[(first + place)..<(first + range.lowerBound)]
        output += Masker.mask
      }
      place = range.upperBound
    }
    if place < limit { output += buffer[(first + place)..<(first + limit)] }
    // Another one may begin inside of the last one: then its mask stands for both.
    let started = place > limit ? [-1..<(place - limit)] : []
    hidden = started + rest.map { ($0.lowerBound - limit)..<($0.upperBound - limit) }
    held = Array(buffer[(first + limit)...])
    return output[...]
  }
}
