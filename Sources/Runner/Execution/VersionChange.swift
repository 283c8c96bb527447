import Tasks

/// `OLD -> NEW`, the last line of what a step printed that changes what is live.
package struct VersionChange: Equatable {
  package var previous: String
  package var live: String

  /// Nothing when the output says nothing of the kind.
  package init?(_ output: [UInt8]) {
    let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).last ?? ""
    let sides = line.split(separator: " -> ", omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    previous = String(sides[0])
    live = String(sides[1])
  }
}

extension RunContext {
  /// The first change of a run tells what was live before it.
  func record(_ change: VersionChange?, on host: Host) {
    guard let change else { return }
    if previousVersions[host.name] == nil { previousVersions[host.name] = change.previous }
    liveVersions[host.name] = change.live
  }
}
