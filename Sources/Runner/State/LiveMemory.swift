import Tasks

/// What is live on hosts, as far as runs from this machine have made it so: plans show it without connecting to anything.
///
/// It is a memory, not the truth: somebody else may have deployed from elsewhere, and `releases` asks the hosts.
package struct LiveMemory: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var version: String
    /// As a host's release log has it.
    package var since: String
  }

  /// By host.
  package var entries: [String: Entry] = [:]

  package init(entries: [String: Entry] = [:]) { self.entries = entries }

  /// The memory of one application in an environment of a Deployfile; empty when there is none, or none that can be read.
  package init(of application: String, environment: String?, root: String) {
    guard let folder = StateFolder.path, let bytes = try? File.read("\(folder)/\(Self.file(application, environment, root))"),
      let value = try? JSON.parse(bytes), case .object(let members) = value
    else { return }
    for member in members {
      guard case .object(let fields) = member.value else { continue }
      var entry = Entry(version: "", since: "")
      for field in fields {
        guard case .string(let text) = field.value else { continue }
        switch field.key {
        case "version": entry.version = text
        case "since": entry.since = text
        default: break
        }
      }
      if !entry.version.isEmpty { entries[member.key] = entry }
    }
  }

  /// Remembers changes; a memory that cannot be written is no reason to fail.
  package static func add(_ changes: [String: Entry], of application: String, environment: String?, root: String) {
    var memory = LiveMemory(of: application, environment: environment, root: root)
    memory.entries.merge(changes) { $1 }
    let members = memory.entries.sorted { $0.key < $1.key }.map { host, entry in
      Value.Member(key: host, value: ["version": .string(entry.version), "since": .string(entry.since)])
    }
    try? StateFolder.write(Array((JSON.text(.object(members), pretty: true) + "\n").utf8), to: file(application, environment, root))
  }

  private static func file(_ application: String, _ environment: String?, _ root: String) -> String {
    var digest = SHA256()
    digest.update(Array([root, environment ?? "", application].joined(separator: "\0").utf8)[...])
    return "live/\(SHA256.hex(digest.finish()).prefix(16)).json"
  }

  /// What a plan says of some hosts: those of one version together.
  package func text(for hosts: [String]) -> String? {
    var groups: [(version: String, since: String, hosts: [String])] = []
    for host in hosts {
      guard let entry = entries[host] else { continue }
      if let index = groups.firstIndex(where: { $0.version == entry.version }) {
        groups[index].hosts.append(host)
        groups[index].since = max(groups[index].since, entry.since)
      } else {
        groups.append((entry.version, entry.since, [host]))
      }
    }
    if groups.isEmpty { return nil }
    return groups.map { "\($0.version) on \(folded($0.hosts)) (\($0.since))" }.joined(separator: ", ")
  }
}
