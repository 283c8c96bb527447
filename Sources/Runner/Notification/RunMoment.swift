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

  /// The versions in the order of their hosts, each once; behind the application's name where there are several.
  private func distinct(_ versions: [String: [String: String]]) -> String? {
    let texts = versions.sorted { $0.key < $1.key }.map { application, versions in
      var seen: Set<String> = []
      let text = order.compactMap { versions[$0.host.name] }.filter { seen.insert($0).inserted }.joined(separator: ", ")
      return self.liveVersions.count > 1 ? "\(application) \(text)" : text
    }
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }
}
