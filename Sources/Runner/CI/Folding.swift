/// How a CI's log is told where a part begins and ends that can be folded, and what went wrong.
package struct Folding: Sendable {
  private let service: CI.Service

  /// Nothing for a service whose logs have no parts.
  package init?(_ service: CI.Service) {
    switch service {
    case .gitHub, .gitLab, .buildkite, .teamCity, .azure, .travis: self.service = service
    case .jenkins, .circleCI, .bitbucket, .drone, .woodpecker: return nil
    }
  }

  /// The lines with which a part begins.
  ///
  /// `name` tells it from all others of the log.
  package func open(_ title: String, name: String, at time: Timestamp) -> String {
    switch service {
    case .gitHub: "::group::\(title)\n"
    case .azure: "##[group]\(title)\n"
    case .gitLab: "\u{1B}[0Ksection_start:\(time.milliseconds / 1000):\(name)[collapsed=true]\r\u{1B}[0K\(title)\n"
    case .travis: "travis_fold:start:\(name)\r\u{1B}[0K\(title)\n"
    case .buildkite: "--- \(title)\n"
    case .teamCity: "##teamcity[blockOpened name='\(Self.teamCity(title))']\n"
    default: ""
    }
  }

  /// Those with which it ends; where the log can unfold it, a failure is seen at once.
  package func close(_ title: String, name: String, at time: Timestamp, isFailure: Bool) -> String {
    switch service {
    case .gitHub: "::endgroup::\n"
    case .azure: "##[endgroup]\n"
    case .gitLab: "\u{1B}[0Ksection_end:\(time.milliseconds / 1000):\(name)\r\u{1B}[0K\n"
    case .travis: "travis_fold:end:\(name)\r\u{1B}[0K\n"
    case .buildkite: isFailure ? "^^^ +++\n" : ""
    case .teamCity: "##teamcity[blockClosed name='\(Self.teamCity(title))']\n"
    default: ""
    }
  }

  /// What comes before the summary, which must not be folded.
  package var beforeSummary: String { service == .buildkite ? "+++ Summary\n" : "" }

  /// A host that failed, where the CI shows such things outside of the log.
  package func error(host: String, _ problem: String) -> String {
    switch service {
    case .gitHub: "::error title=\(Self.gitHub(host, isProperty: true))::\(Self.gitHub(problem, isProperty: false))\n"
    case .azure: "##[error]\(host): \(problem)\n"
    default: ""
    }
  }

  private static func gitHub(_ text: String, isProperty: Bool) -> String {
    let data = text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    return isProperty ? data.replacing(":", with: "%3A").replacing(",", with: "%2C") : data
  }

  private static func teamCity(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "|", "'", "[", "]": "|\(scalar)"
      case "\n": "|n"
      case "\r": "|r"
      default: scalar.isASCII ? String(scalar) : "|0x" + padded(String(scalar.value & 0xFFFF, radix: 16))
      }
    }.joined()
  }

  private static func padded(_ digits: String) -> String { String(repeating: "0", count: max(0, 4 - digits.count)) + digits }
}

extension String {
  /// The line, with nothing in it that a CI would take for a command of its own.
  ///
  /// GitHub and Azure look for `##[` and `##vso[` anywhere in a line, TeamCity for its messages; GitHub for `::` and Buildkite for its
  /// signs at the beginning.
  package var withoutCICommands: String {
    var text = self
    for mark in ["##[", "##vso[", "##teamcity["] where text.contains(mark) {
      text = text.replacing(mark, with: "\(mark.dropLast()) [")
    }
    let start = text.drop { $0.isWhitespace }
    if start.utf8.starts(with: "::".utf8) { return text[..<start.startIndex] + ": " + start.dropFirst() }
    let isBuildkite = ["--- ", "+++ ", "~~~ ", "^^^ "].contains { text.hasPrefix($0) }
    return isBuildkite || text.hasPrefix("travis_fold:") ? " \(text)" : text
  }
}
