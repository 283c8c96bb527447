/// The XML that Jenkins and GitLab read as test results: a suite for each phase, a case for each step on each host.
package struct JUnitText: Sendable {
  package struct Suite: Sendable, Equatable {
    package var name: String
    package var timestamp: Timestamp
    package var cases: [Case]
  }

  package struct Case: Sendable, Equatable {
    package var name: String
    package var host: String
    package var result: Result
    /// Seconds.
    package var duration = 0.0
  }

  package enum Result: Sendable, Equatable {
    case passed
    /// With what the step printed last.
    case failed(String, lines: [String])
    /// Nobody can say how it ended, or it could not begin.
    case error(String, lines: [String])
    case skipped(String)
  }

  package static func text(name: String, duration: Double, suites: [Suite]) -> String {
    let cases = suites.flatMap(\.cases)
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      "<testsuites name=\"\(attribute(name))\" \(counts(cases)) time=\"\(seconds(duration))\">",
    ]
    for suite in suites {
      let head = "name=\"\(attribute(suite.name))\" \(counts(suite.cases)) skipped=\"\(suite.cases.count { $0.result.isSkipped })\""
      let time = seconds(suite.cases.reduce(0) { $0 + $1.duration })
      lines.append("  <testsuite \(head) time=\"\(time)\" timestamp=\"\(suite.timestamp.text.prefix(19))\">")
      lines += suite.cases.map(text)
      lines.append("  </testsuite>")
    }
    return lines.joined(separator: "\n") + "\n</testsuites>\n"
  }

  private static func text(_ test: Case) -> String {
    let head = "    <testcase classname=\"\(attribute(test.host))\" name=\"\(attribute(test.name))\" time=\"\(seconds(test.duration))\""
    switch test.result {
    case .passed: return head + "/>"
    case .failed(let message, let lines): return head + ">\n" + element("failure", message, lines) + "    </testcase>"
    case .error(let message, let lines): return head + ">\n" + element("error", message, lines) + "    </testcase>"
    case .skipped(let message): return head + ">\n      <skipped message=\"\(attribute(message))\"/>\n    </testcase>"
    }
  }

  private static func element(_ name: String, _ message: String, _ lines: [String]) -> String {
    let body = lines.map { escaped($0.safeOutput()) }.joined(separator: "\n")
    return "      <\(name) message=\"\(attribute(message))\" type=\"\(name)\">\(body)</\(name)>\n"
  }

  private static func counts(_ cases: [Case]) -> String {
    "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.result.isFailure })\" errors=\"\(cases.count { $0.result.isError })\""
  }

  /// Milliseconds are enough; schemas want a plain decimal.
  private static func seconds(_ value: Double) -> String {
    let milliseconds = Int((value * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private static func attribute(_ text: String) -> String { escaped(text.safe) }

  /// `safe` has taken out the control characters that XML 1.0 has no way to write; these two are what is left.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\\u" + String(scalar.value, radix: 16)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension JUnitText.Result {
  var isSkipped: Bool { if case .skipped = self { true } else { false } }
  var isFailure: Bool { if case .failed = self { true } else { false } }
  var isError: Bool { if case .error = self { true } else { false } }
}
