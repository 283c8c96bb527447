/// Splits text into words as a POSIX shell would, without expanding anything: quotes group, a backslash takes the next character.
///
/// Nothing when a quote is not closed, or when a backslash has nothing to take. By scalars: a quote with a combining mark is a quote.
package func shellWords(_ text: String) -> [String]? {
  var words: [String] = []
  var word: String.UnicodeScalarView?
  var quote: Unicode.Scalar?
  var rest = text.unicodeScalars[...]
  func finish() {
    if let finished = word { words.append(String(finished)) }
    word = nil
  }
  func add(_ scalars: Unicode.Scalar...) { word = (word ?? String.UnicodeScalarView()) + scalars }
  while let scalar = rest.popFirst() {
    switch (quote, scalar) {
    case (nil, " "), (nil, "\t"), (nil, "\n"): finish()
    case (nil, "'"), (nil, "\""):
      quote = scalar
      word = word ?? String.UnicodeScalarView()
    case (.some(let open), _) where open == scalar: quote = nil
    case (nil, "\\"), ("\"", "\\"):
      guard let next = rest.popFirst() else { return nil }
      // Inside double quotes only these lose their backslash.
      if quote == "\"", !["\"", "\\", "$", "`"].contains(next) { add("\\", next) } else { add(next) }
    default: add(scalar)
    }
  }
  guard quote == nil else { return nil }
  finish()
  return words
}
