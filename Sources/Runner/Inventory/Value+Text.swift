import Tasks

extension Value {
  /// A string as it is, anything else as JSON: for variables that stand for a word, such as an address of digits only.
  package var plainText: String {
    if case .string(let text) = self { text } else { JSON.text(self) }
  }

  /// A whole number, also one that is written as a string.
  var wholeNumber: Int? {
    switch self {
    case .int(let number): number
    case .string(let text): Int(text)
    default: nil
    }
  }
}
