/// What one host says of its releases.
struct ReleaseSurvey: Equatable {
  struct Release: Equatable {
    var id: String
    var version: String
    /// When it was installed, marked good, marked bad; as the host's clock said it, and empty for "not".
    var installed = ""
    var good = ""
    var bad = ""
    /// When, by whom, and by which run it was made the live one.
    var activated = ""
    var user = ""
    var run = ""
    /// Whether that was done by going back to it.
    var isBack = false

    var isComplete: Bool { !installed.isEmpty }
    var isGood: Bool { isComplete && !good.isEmpty && bad.isEmpty }
  }

  /// The run that asked.
  var run = ""
  /// The ID of the live release, `-` for none, or `unknown:TARGET`.
  var live = "-"
  /// What was live before that, in the same form.
  var previous = "-"
  /// A switch whose run has not ended well: what runs may still be the version before.
  var isUnsettled = false
  /// Newest first.
  var releases: [Release] = []

  /// What the host printed; lines that are not ours are left out.
  init(_ output: String) {
    for line in output.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch words[0] {
      case "run" where words.count == 2: run = words[1]
      case "live" where words.count == 2: live = words[1]
      case "previous" where words.count == 2: previous = words[1]
      case "unsettled": isUnsettled = true
      case "release" where words.count >= 7:
        // A run that was killed at once has not said what it is.
        let version = words[2].isEmpty ? "unknown" : words[2]
        var release = Release(id: words[1], version: version, installed: words[3], good: words[4], bad: words[5], activated: words[6])
        if words.count > 7 { release.user = words[7] }
        if words.count > 8 { release.run = words[8] }
        if words.count > 10 { release.isBack = words[10] == "back" }
        releases.append(release)
      default: break
      }
    }
  }

  var liveRelease: Release? { releases.first { $0.id == live } }
  var hasLive: Bool { live != "-" }

  /// What people call what is live.
  var liveVersion: String {
    if let liveRelease { return liveRelease.version }
    return hasLive ? "unknown (\(live.hasPrefix("unknown:") ? String(live.dropFirst(8)) : live))" : "nothing"
  }

  /// Whether the run that asks has made the live release live, other than by going back to it.
  var isOfThisRun: Bool { liveRelease.map { !run.isEmpty && $0.run == run && !$0.isBack } ?? false }
  /// Whether a rollback to the live release has not come to its end: its restart may be owed.
  var isGoingBack: Bool { isUnsettled && liveRelease.map { $0.isBack && $0.isGood } ?? false }
}

extension String {
  /// `2026-11-22 22:40 UTC` for `2026-11-22T22:40:02Z`.
  var moment: String {
    guard utf8.count == 20, utf8.last == UInt8(ascii: "Z") else { return isEmpty || self == "-" ? "unknown" : self }
    return "\(prefix(10)) \(dropFirst(11).prefix(5)) UTC"
  }
}
