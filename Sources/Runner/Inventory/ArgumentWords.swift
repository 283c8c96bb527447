/// Splits text into words as a POSIX shell would, without expanding anything: quotes group, a backslash takes the next character.
///
/// Nothing when a quote is not closed, or when a backslash has nothing to take. It goes by bytes, like shells: a mark behind a quote does
/// not make another character of it.
package func shellWords(_ text: String) -> [String]? {
  var words: [String] = []
  var word: [UInt8] = []
  var isInWord = false
  var quote: UInt8?
  var bytes = text.utf8.makeIterator()

  func finish() {
    if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
    word = []
    isInWord = false
  }

  while let byte = bytes.next() {
    switch (quote, byte) {
    case (nil, UInt8(ascii: " ")), (nil, UInt8(ascii: "\t")), (nil, UInt8(ascii: "\n")): finish()
    case (nil, UInt8(ascii: "'")), (nil, UInt8(ascii: "\"")):
      quote = byte
      isInWord = true
    case (.some(let open), _) where open == byte: quote = nil
    case (nil, UInt8(ascii: "\\")), (UInt8(ascii: "\""), UInt8(ascii: "\\")):
      guard let next = bytes.next() else { return nil }
      // Inside double quotes only these lose their backslash.
      if quote != nil, !"\"\\$`".utf8.contains(next) { word.append(byte) }
      word.append(next)
      isInWord = true
    default:
      word.append(byte)
      isInWord = true
    }
  }
  guard quote == nil else { return nil }
  finish()
  return words
}
