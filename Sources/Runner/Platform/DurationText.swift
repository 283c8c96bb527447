extension Duration {
  /// Whole seconds, rounded up: what a POSIX `sleep` understands.
  package var wholeSeconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) + (attoseconds > 0 ? 1 : 0)
  }

  package var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  /// As people read it: `2 s`, `0.25 s`, `1 min 30 s`, `2 h`.
  package var text: String {
    let total = seconds
    guard (total * 100).rounded() >= 6000 else { return "\(Duration.trimmed(total)) s" }
    let whole = Int(total.rounded())
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// At most two decimals, without final zeros.
  private static func trimmed(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
    let decimals = hundredths % 10 == 0 ? "\(hundredths % 100 / 10)" : (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    return "\(hundredths / 100).\(decimals)"
  }
}
