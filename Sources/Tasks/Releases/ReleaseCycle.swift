/// What everything can do that is kept as releases: be gone back from, be marked, be pruned, be listed.
///
///     serially { shop.rollback(); restart("shop") }
///     hosts("web") { shop.releases() }
public protocol ReleaseCycle: Sendable {
  /// Where the releases are kept.
  var place: ReleasePlace { get }
}

extension ReleaseCycle {
  /// What is live on a host after `activate` or `rollback`, for health checks.
  ///
  ///     waitFor(.http("http://localhost:8000/version", contains: "\(shop.liveVersion)"), within: .seconds(30))
  public var liveVersion: Captured { place.liveVersion }

  /// Goes back to the newest good release that is older than the live one and that every host has.
  ///
  /// It is chosen for all hosts before any is touched, and shown with its dates; the release that is left is marked as bad. After a
  /// failed deploy in the same run, only the hosts that it has switched go back, to what was live there before. `to` chooses a version that
  /// was good once.
  public func rollback(to version: String? = nil, fileID: StaticString = #fileID, line: UInt = #line) -> [Step] {
    let target = rollbackTarget(version)
    return place.switching(
      "roll back \(place.name)", place.goingBack(to: target), shown: "\(path: place.root) goes back to \(target)",
      at: SourceLocation(fileID, line))
  }

  /// The steps for hosts that a rollback concerns: those on another release, and those whose restart may be owed.
  ///
  ///     serially { shop.whenRollingBack { shop.rollback(); restart("shop") } }
  public func whenRollingBack(to version: String? = nil, @Steps _ steps: () -> [Step]) -> [Step] {
    when(place.isOff(rollbackTarget(version)), steps).map { $0.shown(as: "the host is not on it, or may owe a restart") }
  }

  /// Marks what is live as good, at once; `activate` and `rollback` do so at the end of a run that succeeds.
  public func markGood(fileID: StaticString = #fileID, line: UInt = #line) -> Step {
    place.markGood(onlyThisRun: false, at: SourceLocation(fileID, line))
  }

  /// Removes releases that are older than the live one, but for the newest good ones.
  ///
  /// `keep` counts the live one; the last good one before it always stays, and so does what was live before it. Failed ones go, and never
  /// push out a good one.
  public func prune(keep: Int = 5, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
    place.prune(keep: keep, at: SourceLocation(fileID, line))
  }

  /// Shows a table of what is live on every host, since when, by whom, and what else is there.
  public func releases(fileID: StaticString = #fileID, line: UInt = #line) -> Phase {
    let name = place.name
    return ask(place.survey("the releases of \(name)") { ReleaseTable.verdict(name, $0) }, fileID: fileID, line: line)
  }

  private func rollbackTarget(_ version: String?) -> Decision {
    let name = place.name
    let title = version.map { "the release of \(name) \($0) to go back to" } ?? "the release of \(name) to go back to"
    return place.survey(title) { answers throws(Refusal) in try Rollback.verdict(name, answers, to: version) }
  }
}
