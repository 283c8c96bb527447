/// Why a notification did not arrive; never a reason for a run to fail.
package enum NotificationProblem: Error, Equatable {
  case noCurl
  /// A value that the service asks for is empty, for example `version`.
  case missing(String)
  /// The value of a header that would be two.
  case lineBreak(header: String)
  case notStarted(program: String, reason: String)
  /// Nothing came back within the limit.
  case tooLate(Duration)
  /// A person did not want to wait.
  case interrupted
  /// curl's own status and words: no answer.
  case noAnswer(status: Int32, String)
  case redirected(status: Int)
  case refused(status: Int, String)
  /// The service said yes and, in its answer, no.
  case rejected(String)
  case commandFailed(status: Int32, String)
}
