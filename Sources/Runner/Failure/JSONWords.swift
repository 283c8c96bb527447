extension JSONError.Problem {
  /// What is wrong, to be put behind a line and a column.
  var words: String {
    switch self {
    case .expected(let expectation): "expected \(expectation.words)"
    case .malformedNumber: "malformed number"
    case .malformedEscape: "malformed escape in a string"
    case .unpairedSurrogate: "half of a surrogate pair in a string"
    case .controlCharacter(let byte): "control character \(byte) in a string, which must be escaped"
    case .invalidUTF8: "a string is not UTF-8"
    case .tooDeep(let limit): "more than \(limit) levels"
    }
  }
}

extension JSONError.Expectation {
  fileprivate var words: String {
    switch self {
    case .value: "a value"
    case .memberName: "a name in double quotes"
    case .memberNameOrEnd: "a name in double quotes or \"}\""
    case .colon: "\":\""
    case .commaOrEnd(.object): "\",\" or \"}\""
    case .commaOrEnd(.array): "\",\" or \"]\""
    case .endOfString: "the end of a string"
    case .endOfText: "the end of the text"
    }
  }
}
