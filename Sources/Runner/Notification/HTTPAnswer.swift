import Tasks

/// What curl says of a request: the answer's body with its status behind it.
package struct HTTPAnswer: Sendable {
  package var exit: ChildExit
  package var output: [UInt8]
  package var errorOutput: [UInt8]

  package init(exit: ChildExit, output: [UInt8], errorOutput: [UInt8]) {
    self.exit = exit
    self.output = output
    self.errorOutput = errorOutput
  }

  /// Why the request was not accepted, or nothing.
  ///
  /// `mask` hides secrets, and does so first: what is cut off one would not be known for it.
  package func problem(limit: Duration, mask: ([UInt8]) -> [UInt8] = { $0 }) -> NotificationProblem? {
    func excerpt(of bytes: some Sequence<UInt8>) -> String { Runner.excerpt(of: mask(Array(bytes))) }
    guard exit.isSuccess, let status = Int(String(decoding: output.suffix(3), as: UTF8.self)) else {
      guard case .exited(let status) = exit else { return .noAnswer(status: 0, "curl was ended") }
      // Its own number for a limit that is over.
      return status == 28 ? .tooLate(limit) : .noAnswer(status: status, excerpt(of: errorOutput))
    }
    let body = output.dropLast(3)
    switch status {
    case 200..<300: return Self.hasErrors(Array(body)) ? .rejected(excerpt(of: body)) : nil
    case 300..<400: return .redirected(status: status)
    default: return .refused(status: status, excerpt(of: body))
    }
  }

  /// GraphQL says no with status 200 and a list of errors.
  private static func hasErrors(_ body: [UInt8]) -> Bool {
    guard let value = try? JSON.parse(body), case .array(let errors)? = value["errors"] else { return false }
    return !errors.isEmpty
  }
}

/// The beginning of what somebody else wrote, as one line.
func excerpt(of bytes: some Sequence<UInt8>) -> String {
  let words = String(decoding: Array(bytes.prefix(2000)), as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return words.count > 200 ? words.prefix(200) + "..." : words
}
