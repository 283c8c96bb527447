/// Hosts of which the same is to be told: a run over a thousand of them is a table of a few lines.
package struct HostGroups: Sendable, Equatable {
  package struct Group: Sendable, Equatable {
    package var hosts: [String]
    package var outcome: Outcome
    package var isStarted: Bool
    package var problem: String?
    package var lastLines: [String]
    /// Seconds: of the quickest host and of the slowest.
    package var durations: ClosedRange<Double>

    package var names: String { folded(hosts) }
    package var words: String { outcome.words(isStarted: isStarted) }

    /// How long they took, for example `2 s to 3.1 s`.
    package var time: String {
      guard isStarted else { return "" }
      let (first, last) = (seconds(durations.lowerBound), seconds(durations.upperBound))
      return first == last ? first : "\(first) to \(last)"
    }
  }

  /// What went wrong in front, each kind in host order.
  package let groups: [Group]

  package init(_ rows: [Summary.Row]) {
    struct Key: Hashable {
      var outcome: Outcome
      var isStarted: Bool
      var problem: String?
      var lastLines: [String]
    }
    var places: [Key: Int] = [:]
    var groups: [Group] = []
    for row in rows {
      let key = Key(outcome: row.outcome, isStarted: row.isStarted, problem: row.problem, lastLines: row.lastLines)
      if let place = places[key] {
        groups[place].hosts.append(row.host)
        let known = groups[place].durations
        groups[place].durations = min(known.lowerBound, row.duration)...max(known.upperBound, row.duration)
      } else {
        places[key] = groups.count
        groups.append(
          Group(
            hosts: [row.host], outcome: row.outcome, isStarted: row.isStarted, problem: row.problem, lastLines: row.lastLines,
            durations: row.duration...row.duration))
      }
    }
    self.groups = groups.filter(\.outcome.isFailure) + groups.filter { !$0.outcome.isFailure }
  }

  package var failures: [Group] { groups.filter(\.outcome.isFailure) }
}
