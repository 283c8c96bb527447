extension NotificationProblem {
  /// What a warning says; what came from elsewhere is one short line.
  package var words: String {
    switch self {
    case .noCurl: "curl is not in PATH"
    case .missing(let what): "there is no \(what) to tell"
    case .lineBreak(let header): "the value of the header \(header) holds a line break"
    case .notStarted(let program, let reason): "\(program) could not be started: \(reason)"
    case .tooLate(let limit): "no answer within \(limit.text)"
    case .interrupted: "interrupted"
    case .noAnswer(let status, let words): Self.joined("no answer", words.isEmpty ? "curl ended with status \(status)" : words)
    case .redirected(let status): "answered \(status), a redirect, which is not followed"
    case .refused(let status, let answer): Self.joined("answered \(status)", answer)
    case .rejected(let answer): Self.joined("answered with errors", answer)
    case .commandFailed(let status, let output): Self.joined("status \(status)", output)
    }
  }

  private static func joined(_ what: String, _ words: String) -> String { words.isEmpty ? what : "\(what): \(words)" }
}
