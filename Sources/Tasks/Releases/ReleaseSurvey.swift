/// What one host says of its releases.
struct ReleaseSurvey: Equatable {
  struct Release: Equatable {
    var id: String
    var version: String
    /// When it was installed, marked good, marked bad; as the host's clock said it, and empty for "not".
    var installed = ""
    var good = ""
    var bad = ""
    /// The ID of what was live before it became so.
    var previous = ""
    /// When, by whom, and by which run it was made the live one.
    var activated = ""
    var user = ""
    var run = ""

    var isComplete: Bool { !installed.isEmpty }
    var isGood: Bool { isComplete && !good.isEmpty && bad.isEmpty }
  }

  /// The run that asked.
  var run = ""
  /// The ID of the live release, `-` for none, or `unknown:TARGET`.
  var live = "-"
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
      case "unsettled": isUnsettled = true
      case "release" where words.count >= 8:
        // A run that was killed at once has not said what it is.
        let version = words[2].isEmpty ? "unknown" : words[2]
        var release = Release(id: words[1], version: version, installed: words[3], good: words[4], bad: words[5], previous: words[6])
        release.activated = words[7]
        if words.count > 8 { release.user = words[8] }
        if words.count > 9 { release.run = words[9] }
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

  /// Whether the live release was made live by the run that asks.
  var isOfThisRun: Bool { liveRelease.map { !run.isEmpty && $0.run == run } ?? false }
}

extension String {
  /// `2026-11-22 22:40 UTC` for `2026-11-22T22:40:02Z`.
  var moment: String {
    guard utf8.count == 20, utf8.last == UInt8(ascii: "Z") else { return isEmpty || self == "-" ? "unknown" : self }
    return "\(prefix(10)) \(dropFirst(11).prefix(5)) UTC"
  }
}
