import Foundation
import TestSupport

/// One line of `--format json`.
struct EventLine: Decodable, Equatable, CustomStringConvertible {
  var time: String
  var run: String
  var event: String
  var host: String?
  var step: Int?
  var name: String?
  var attempt: Int?
  var stream: String?
  var text: String?
  var status: Int?
  var duration: Double?
  var outcome: String?

  /// What stays the same from run to run.
  var description: String {
    var words = [event]
    if let host { words.append(host) }
    if let step { words.append("[\(step)]") }
    if let attempt { words.append("#\(attempt)") }
    if let name { words.append(name) }
    if let stream { words.append(stream) }
    if let text { words.append("\"\(text)\"") }
    if let status { words.append("status \(status)") }
    if let outcome { words.append(outcome) }
    return words.joined(separator: " ")
  }
}

extension Ended {
  /// The events of a run with `--format json`.
  func events() throws -> [EventLine] {
    try output.split(separator: "\n").map { try JSONDecoder().decode(EventLine.self, from: Data($0.utf8)) }
  }
}
