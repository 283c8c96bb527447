import Tasks

/// What is known of a run at the moment at which a message about it is sent.
package struct RunMoment: Sendable, Equatable {
  /// Every field; empty where nothing is known.
  package var fields: [RunField: String]
  package var started: Timestamp
  package var now: Timestamp
  /// How the task ended, once it has.
  package var outcome: Outcome?

  package init(fields: [RunField: String], started: Timestamp, now: Timestamp, outcome: Outcome? = nil) {
    self.fields = fields
    self.started = started
    self.now = now
    self.outcome = outcome
  }

  package func text(of field: RunField) -> String { fields[field] ?? "" }
}

extension RunContext {
  /// The run as it stands now.
  package func moment(outcome: Outcome? = nil) -> RunMoment {
    var fields: [RunField: String] = [
      .duration: (Clock.now - started).text, .outcome: outcome?.rawValue ?? "",
      .version: distinct(liveVersions) ?? plan?.version ?? "", .previousVersion: distinct(previousVersions) ?? "",
    ]
    if let plan {
      for field in RunField.allCases where field.isKnownAtStart { fields[field] = facts.text(of: field, in: plan) }
    }
    return RunMoment(fields: fields, started: facts.started, now: .now(), outcome: outcome)
  }

  /// The versions in the order of their hosts, each once.
  private func distinct(_ versions: [String: String]) -> String? {
    var seen: Set<String> = []
    let texts = order.compactMap { versions[$0.host.name] }.filter { seen.insert($0).inserted }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }
}
