import Foundation

/// A run as its JSON events tell it.
package struct Report: Sendable {
  package struct Event: Decodable, Sendable, Equatable {
    package var event: String
    package var host: String?
    package var name: String?
    package var attempt: Int?
    package var stream: String?
    package var text: String?
    package var status: Int?
    package var outcome: String?
  }

  package let ended: Ended
  package let events: [Event]

  package init(_ ended: Ended) {
    self.ended = ended
    events = ended.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
  }

  package var status: Int32 { ended.status }

  /// Everything that happened on a host, without its name; the order of its two streams is chance.
  package func events(of host: RemoteHost) -> [[Event]] {
    let own = events.filter { $0.host == host.name }.map { event in
      var event = event
      event.host = nil
      return event
    }
    return [own.filter { $0.stream == nil }, own.filter { $0.stream == "stdout" }, own.filter { $0.stream == "stderr" }]
  }

  package func finished(_ host: RemoteHost, _ step: String = "s") -> Event? {
    events.last { $0.event == "step.finished" && $0.host == host.name && $0.name == step }
  }

  package func isBegun(_ host: RemoteHost, _ step: String) -> Bool {
    events.contains { $0.event == "step.started" && $0.host == host.name && $0.name == step }
  }

  package func lines(_ host: RemoteHost, _ step: String = "s", _ stream: String = "stdout") -> [String] {
    var running: String?
    var lines: [String] = []
    for event in events where event.host == host.name {
      if event.event == "step.started" { running = event.name }
      if event.event == "step.output", running == step, event.stream == stream { lines.append(event.text ?? "") }
    }
    return lines
  }

  package func outcome(_ host: RemoteHost) -> String? { events.last { $0.event == "host.finished" && $0.host == host.name }?.outcome }

  /// What a failed expectation shows.
  package var testDescription: String {
    let told = ended.output.split(separator: "\n").filter { !$0.contains("\"event\":\"host.log\"") }.joined(separator: "\n")
    return "\(told.suffix(4000))\n\(ended.errors.suffix(2000))"
  }
}
