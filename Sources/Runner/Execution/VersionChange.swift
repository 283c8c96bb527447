import Tasks

/// `OLD -> NEW`, the last line of what a step printed that changes what is live.
package struct VersionChange: Equatable {
  package var previous: String
  package var live: String

  /// Nothing when the output says nothing of the kind.
  package init?(_ output: [UInt8]) {
    let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).last ?? ""
    let sides = line.split(separator: " -> ", omittingEmptySubsequences: false)
    // It is kept, shown and told to others: a host must not decide how much that is.
    guard sides.count == 2, line.utf8.count <= 500 else { return nil }
    previous = String(sides[0])
    live = String(sides[1])
  }
}

extension RunContext {
  /// The first change of a run tells what was live before it.
  func record(_ change: VersionChange?, of application: String, on host: Host) {
    guard var change else { return }
    // It is kept beyond the run, and told to others.
    change.live = mask(change.live)
    change.previous = mask(change.previous)
    journal?.append(.changed(host: host.key, application: application, previous: change.previous, live: change.live))
    unsavedChanges[application, default: [:]][host.name] = LiveMemory.Entry(
      version: change.live, since: String(Timestamp.now().text.prefix(16)).replacing("T", with: " ") + " UTC")
    if previousVersions[application]?[host.name] == nil { previousVersions[application, default: [:]][host.name] = change.previous }
    liveVersions[application, default: [:]][host.name] = change.live
  }

  /// What has become live, application by application, in host order.
  var changes: [RunStory.Change] {
    liveVersions.sorted { $0.key < $1.key }.flatMap { application, live in
      order.compactMap { state in
        live[state.host.name].map {
          RunStory.Change(
            application: application, host: state.host.name, previous: previousVersions[application]?[state.host.name] ?? "", live: $0)
        }
      }
    }
  }

  /// Makes plans on this machine know of the changes, a phase at a time.
  func saveChanges(of plan: Plan?) {
    if isRehearsal { return }
    for (application, entries) in unsavedChanges {
      LiveMemory.add(entries, of: application, environment: plan?.environment, root: root)
    }
    unsavedChanges = [:]
  }
}
