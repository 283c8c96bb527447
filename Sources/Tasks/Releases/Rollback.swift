/// Which release a fleet goes back to: one for all hosts, chosen before any of them is touched.
///
/// It is the newest good release that every host has and that is older than what is to be left. What is to be left is the newest live
/// release; in a run that has just switched hosts, it is what that run has made live there: what was live on them before comes first, even
/// if that differs, and hosts that the run has not switched stay.
enum Rollback {
  typealias Fleet = [(host: String, survey: ReleaseSurvey)]

  /// `all:ID`, `switched:ID` when only hosts that this run has switched go back, `switched:before` when each of them goes back to its own, or
  /// nothing when there is nothing to go back from.
  static func verdict(_ name: String, _ answers: Answers, to version: String?) throws(Refusal) -> Verdict {
    let fleet = answers.map { (host: $0.host.name, survey: ReleaseSurvey($0.output)) }
    let switched = fleet.filter(\.survey.isOfThisRun)
    if switched.isEmpty && answers.isCleaningUp {
      return Verdict(message: "\(name): this run has switched no host, so there is nothing to go back from")
    }
    let leaving = switched.isEmpty ? fleet : switched
    if let stranger = leaving.first(where: { $0.survey.live.hasPrefix("unknown:") }) {
      throw Refusal("\(stranger.host): current points to \(stranger.survey.live.dropFirst(8)), which is no release of \(name)")
    }
    let live = leaving.map(\.survey.live).max() ?? "-"
    if live == "-" { throw Refusal("nothing of \(name) is live, so there is nothing to go back from") }
    let target: ReleaseSurvey.Release
    if let version {
      target = try chosen(version, leaving)
    } else if let known = unfinished(fleet) ?? (switched.isEmpty ? nil : previous(of: switched)) {
      target = known
    } else if !switched.isEmpty, let before = before(switched) {
      return Verdict("switched:before", message: "\(name) goes back to what was live before\n" + before.joined(separator: "\n"))
    } else {
      target = try newest(name, olderThan: live, leaving)
    }
    let message = message(name, target, fleet, switchedOnly: !switched.isEmpty)
    return Verdict((switched.isEmpty ? "all:" : "switched:") + target.id, message: message)
  }

  /// Where an earlier rollback has taken every host without coming to its end: going on from there would be one release too far.
  private static func unfinished(_ fleet: Fleet) -> ReleaseSurvey.Release? {
    guard let live = fleet.first?.survey.live, fleet.allSatisfy({ $0.survey.live == live }) else { return nil }
    return fleet.first { $0.survey.isGoingBack }?.survey.liveRelease
  }

  /// What was live on all these hosts before this run, which need not be the newest older one: somebody may have gone back further.
  private static func previous(of fleet: Fleet) -> ReleaseSurvey.Release? {
    guard let first = fleet.first?.survey, first.previous < first.live else { return nil }
    let isCommon = fleet.allSatisfy { host in
      host.survey.previous == first.previous && host.survey.releases.contains { $0.id == first.previous && $0.isGood }
    }
    return isCommon ? first.releases.first { $0.id == first.previous } : nil
  }

  /// What each of these hosts had before this run, as lines for people; nothing when one of them cannot go back to it.
  private static func before(_ fleet: Fleet) -> [String]? {
    var lines: [String] = []
    for (host, survey) in fleet {
      let target = survey.releases.first { $0.id == survey.previous && $0.isGood }
      guard let target, target.id < survey.live else { return nil }
      lines.append("  \(host): from \(survey.liveVersion) to \(target.version)")
    }
    return lines
  }

  private static func newest(_ name: String, olderThan live: String, _ fleet: Fleet) throws(Refusal) -> ReleaseSurvey.Release {
    let candidates = fleet.map { $0.survey.releases.filter { $0.isGood && $0.id < live } }
    let common = candidates.dropFirst().reduce(candidates.first ?? []) { known, other in
      known.filter { release in other.contains { $0.id == release.id } }
    }
    if let best = common.max(by: { $0.id < $1.id }) { return best }
    let older = "good release that is older than \(version(of: live, in: fleet))"
    guard let nearest = candidates.joined().max(by: { $0.id < $1.id }) else { throw Refusal("no host has a \(older)") }
    throw Refusal("there is no \(older) on every host: \(lacking(nearest, fleet, isIncluded: { $0.isGood && $0.id < live }))")
  }

  private static func chosen(_ version: String, _ fleet: Fleet) throws(Refusal) -> ReleaseSurvey.Release {
    // A release that was gone back from once was good before: whoever names it wants it.
    let wanted = fleet.map { $0.survey.releases.filter { $0.isComplete && !$0.good.isEmpty && isSame($0.version, version) } }
    let common = wanted.dropFirst().reduce(wanted.first ?? []) { known, other in
      known.filter { release in other.contains { $0.id == release.id } }
    }
    if let best = common.max(by: { $0.id < $1.id }) { return best }
    guard let nearest = wanted.joined().max(by: { $0.id < $1.id }) else {
      let known = Set(fleet.flatMap { $0.survey.releases.filter { $0.isComplete && !$0.good.isEmpty }.map(\.version) })
      let list = known.isEmpty ? "there are none at all" : "there are \(known.sorted(by: isNewer).joined(separator: ", "))"
      throw Refusal("no host has a good release of version \(version); \(list)")
    }
    throw Refusal(lacking(nearest, fleet, isIncluded: { !$0.good.isEmpty && $0.isComplete }))
  }

  private static func lacking(
    _ release: ReleaseSurvey.Release, _ fleet: Fleet, isIncluded: (ReleaseSurvey.Release) -> Bool
  ) -> String {
    let hosts = fleet.filter { host in !host.survey.releases.contains { $0.id == release.id && isIncluded($0) } }.map(\.host)
    let which = "\(release.version) (\(release.id)) is not there, or not good, on \(hosts.joined(separator: ", "))"
    return "\(which); deploy version \(release.version) instead, or leave those hosts out with --limit"
  }

  private static func version(of id: String, in fleet: Fleet) -> String {
    fleet.lazy.compactMap { $0.survey.releases.first { $0.id == id }?.version }.first ?? id
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right || left == ReleaseFolder.word(right) { return true }
    guard let left = Version(left), let right = Version(right) else { return false }
    return left == right
  }

  private static func isNewer(_ left: String, _ right: String) -> Bool {
    guard let left = Version(left), let right = Version(right) else { return left > right }
    return left > right
  }

  private static func message(_ name: String, _ target: ReleaseSurvey.Release, _ fleet: Fleet, switchedOnly: Bool) -> String {
    var lines = ["\(name) goes back to \(target.version): installed \(target.installed.moment), good since \(target.good.moment)"]
    var groups: [(text: String, hosts: [String])] = []
    for (host, survey) in fleet {
      let since = survey.liveRelease.map { ", live since \($0.activated.moment)\($0.user.isEmpty ? "" : " by \($0.user)")" } ?? ""
      let text =
        switchedOnly && !survey.isOfThisRun
        ? "stays on \(survey.liveVersion), because this run has not switched it"
        : survey.live == target.id ? "is on it" : "from \(survey.liveVersion)\(since)"
      if let index = groups.firstIndex(where: { $0.text == text }) {
        groups[index].hosts.append(host)
      } else {
        groups.append((text, [host]))
      }
    }
    for group in groups {
      let shown = group.hosts.prefix(20).joined(separator: ", ")
      lines.append("  \(shown)\(group.hosts.count > 20 ? " and \(group.hosts.count - 20) more" : ""): \(group.text)")
    }
    return lines.joined(separator: "\n")
  }
}
