/// Splits text into words as a POSIX shell would, without expanding anything: quotes group, a backslash takes the next character.
package func shellWords(_ text: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var rest = text[...]
  while let character = rest.popFirst() {
    switch (quote, character) {
    case (nil, " "), (nil, "\t"), (nil, "\n"):
      if let finished = word { words.append(finished) }
      word = nil
    case (nil, "'"), (nil, "\""):
      quote = character
      word = word ?? ""
    case (.some(let open), _) where open == character: quote = nil
    case (nil, "\\"), ("\"", "\\"):
      guard let next = rest.popFirst() else { break }
      // Inside double quotes only these lose their backslash.
      let keeps = quote == "\"" && !["\"", "\\", "$", "`"].contains(next)
      word = (word ?? "") + (keeps ? "\\" : "") + String(next)
    default: word = (word ?? "") + String(character)
    }
  }
  if let finished = word { words.append(finished) }
  return words
}
