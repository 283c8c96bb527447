/// What one step has printed on its hosts: what is the same is put together, and what differs is compared with what is most common.
///
///     let folded = FoldedOutput([.init(host: "web1", outcome: .succeeded, output: kept), ...])
///     folded.groups.first?.names   // "web[01-38]"
///     folded.text                  // the same as lines for people
package struct FoldedOutput: Sendable, Equatable {
  package struct Entry: Sendable {
    package var host: String
    /// Hosts whose step has ended in another way are another group.
    package var outcome: Outcome?
    package var output: StepOutput

    package init(host: String, outcome: Outcome? = nil, output: StepOutput) {
      self.host = host
      self.outcome = outcome
      self.output = output
    }
  }

  package typealias Change = LineDifference.Change<StepOutput.Line>

  package struct Group: Sendable, Equatable {
    package var hosts: [String]
    package var outcome: Outcome?
    package var lines: [StepOutput.Line]
    /// What makes these lines of the first group's; nothing for itself, and where the two have little in common.
    package var changes: [Change]?

    /// In short, for example `web[01-38]`.
    package var names: String { folded(hosts) }
  }

  /// The most common one first, then in the order of size and of the hosts.
  package let groups: [Group]

  /// More comparisons than this nobody reads.
  private static let mostCompared = 200

  package init(_ entries: [Entry]) {
    struct Key: Hashable {
      var outcome: Outcome?
      var output: StepOutput
    }
    var places: [Key: Int] = [:]
    var found: [(group: Group, first: Int)] = []
    for (number, entry) in entries.enumerated() {
      let key = Key(outcome: entry.outcome, output: entry.output)
      if let place = places[key] {
        found[place].group.hosts.append(entry.host)
      } else {
        places[key] = found.count
        found.append((Group(hosts: [entry.host], outcome: entry.outcome, lines: entry.output.lines), number))
      }
    }
    var groups = found.sorted { (-$0.group.hosts.count, $0.first) < (-$1.group.hosts.count, $1.first) }.map(\.group)
    let most = groups.first?.lines ?? []
    for index in groups.indices.dropFirst().prefix(Self.mostCompared) {
      groups[index].changes = LineDifference.changes(from: most, to: groups[index].lines)
    }
    self.groups = groups
  }

  /// As people read it, without colours: what a host has printed is indented by four.
  package var text: [String] {
    let common = groups.first?.names ?? ""
    return groups.enumerated().flatMap { index, group -> [String] in
      let words = [group.names] + (group.outcome.flatMap { $0 == .succeeded ? nil : $0.words }.map { [$0] } ?? [])
      let title = words.joined(separator: ", ")
      if group.lines.isEmpty { return ["\(title): no output"] }
      guard let changes = group.changes else { return ["\(title):"] + group.lines.map { "    \($0.text)" } }
      if changes.allSatisfy(\.isUnchanged) { return ["\(title): the same as \(common)"] }
      return ["\(title), unlike \(common):"] + LineDifference.shortened(changes).map(\.text)
    }
  }
}

extension LineDifference.Change where Line == StepOutput.Line {
  package var isUnchanged: Bool {
    switch self {
    case .same, .skipped: true
    case .removed, .added: false
    }
  }

  fileprivate var text: String {
    switch self {
    case .same(let line): "    \(line.text)"
    case .removed(let line): "  - \(line.text)"
    case .added(let line): "  + \(line.text)"
    case .skipped(let number): "    (\(count(number, "line")) the same)"
    }
  }
}
