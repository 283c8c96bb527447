/// How far a host's clock is ahead of this machine's, as far as an answer in whole seconds and the time it took can tell.
package enum ClockDifference {
  /// Whole seconds, 0 where the two may well agree; `before` and `after` are the moments around the question.
  package static func seconds(host: Int, before: Timestamp, after: Timestamp) -> Int {
    let (earliest, latest) = (Int64(host) * 1000, Int64(host) * 1000 + 999)
    if earliest > after.milliseconds { return Int((earliest - after.milliseconds + 999) / 1000) }
    if latest < before.milliseconds { return -Int((before.milliseconds - latest + 999) / 1000) }
    return 0
  }

  /// More than this and logs, certificates and the order of releases suffer.
  package static let tolerated = 30

  /// `+95 s`, or `none`.
  package static func text(_ seconds: Int) -> String {
    guard seconds != 0 else { return "none" }
    return (seconds > 0 ? "+" : "-") + Duration.seconds(abs(seconds)).text
  }
}
