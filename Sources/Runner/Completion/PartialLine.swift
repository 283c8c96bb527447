/// A command line that is still being typed, read as bash reads it.
package struct PartialLine {
  /// Those that are whole, the program first, without their quotes.
  package private(set) var words: [String] = []
  /// What there is of the word at the end, without its quotes.
  package private(set) var current = ""
  /// The same as it was typed.
  package private(set) var typed = ""
  /// The quote that is open at the end.
  package private(set) var quote: Unicode.Scalar?
  /// Whether the word at the end is a file that input or output goes to.
  package private(set) var isRedirected = false

  private var isInWord = false
  private var isEscaped = false

  // Scalars, because a quote and a combining mark behind it are one character.
  package init(_ line: String) {
    for scalar in line.unicodeScalars { read(scalar) }
  }

  private mutating func read(_ scalar: Unicode.Scalar) {
    if quote == nil, !isEscaped, isOutsideWords(scalar) { return }
    isInWord = true
    typed.unicodeScalars.append(scalar)
    if isEscaped {
      isEscaped = false
      // Between double quotes a backslash stays unless it is needed.
      if quote == "\"", !["\"", "\\", "$", "`", "\n"].contains(scalar) { current += "\\" }
      current.unicodeScalars.append(scalar)
    } else if scalar == "\\", quote != "'" {
      isEscaped = true
    } else if let open = quote {
      if scalar == open { quote = nil } else { current.unicodeScalars.append(scalar) }
    } else if scalar == "\"" || scalar == "'" {
      quote = scalar
    } else {
      current.unicodeScalars.append(scalar)
    }
  }

  /// Blanks end a word, and so does the sign of a redirection, which takes the next word for itself.
  private mutating func isOutsideWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n":
      finish()
      return true
    case "<", ">":
      // A number in front of it is a descriptor.
      if !typed.isEmpty, typed.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { isInWord = false }
      finish()
      isRedirected = true
      return true
    case "&", "|": return isRedirected && !isInWord
    default: return false
    }
  }

  private mutating func finish() {
    if isInWord {
      if !isRedirected { words.append(current) }
      isRedirected = false
    }
    (current, typed, isInWord) = ("", "", false)
  }
}
