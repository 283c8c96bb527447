/// Words of a host line, split as Python's `shlex.split(comments=True)` does.
enum ShellWords {
  static func split(_ line: String, at place: Place) throws(InventoryError) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isInWord = false
    var bytes = line.utf8.makeIterator()

    func finish() {
      if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
      isInWord = false
    }

    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): finish()
      // Unlike in a shell, a comment begins inside a word as well.
      case UInt8(ascii: "#"):
        finish()
        return words
      case UInt8(ascii: "\\"):
        guard let next = bytes.next() else { throw .text(place, .danglingEscape) }
        word.append(next)
        isInWord = true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        isInWord = true
        try quoted(by: byte, from: &bytes, into: &word, at: place)
      default:
        word.append(byte)
        isInWord = true
      }
    }
    finish()
    return words
  }

  private static func quoted(
    by quote: UInt8, from bytes: inout String.UTF8View.Iterator, into word: inout [UInt8], at place: Place
  ) throws(InventoryError) {
    while let byte = bytes.next() {
      if byte == quote { return }
      guard byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") else {
        word.append(byte)
        continue
      }
      guard let next = bytes.next() else { throw .text(place, .danglingEscape) }
      // Between double quotes a backslash stays unless it escapes a quote or itself.
      if next != UInt8(ascii: "\\") && next != quote { word.append(byte) }
      word.append(next)
    }
    throw .text(place, .unclosedQuote)
  }
}
