import Tasks

/// Hosts and roles as words: alone, or as the last term of a pattern.
struct CompletionHosts {
  let hosts: [Candidate]
  private let roles: [Candidate]

  init(_ inventories: [Inventory]) {
    var seen: Set<String> = []
    let groups = inventories.flatMap { inventory in inventory.groups.dropFirst(2).map { ($0.name, $0.members.count) } }
    roles = groups.filter { seen.insert($0.0).inserted }.map { Candidate($0.0, "role, \(count($0.1, "host"))") }
    hosts = inventories.flatMap(\.hosts).filter { seen.insert($0.name).inserted }.map { host in
      Candidate(host.name, host.roles.isEmpty ? "host" : "host, \(host.roles.joined(separator: ", "))")
    }
  }

  /// What could stand behind the last separator and its sign, with all that is in front of them.
  func terms(behind pattern: String) -> [Candidate] {
    guard !hosts.isEmpty else { return [] }
    let head = Self.head(of: pattern)
    let names = roles + hosts
    // The colons of an address separate nothing.
    let addresses = head.isEmpty ? [] : names.filter { $0.text.contains(":") && $0.text.hasPrefix(pattern) }
    return ([Candidate("all", "every host")] + names).map { Candidate(head + $0.text, $0.help) } + addresses
  }

  private static func head(of pattern: String) -> Substring {
    let separators: Set<Character> = pattern.contains(",") ? [","] : [":"]
    var end = pattern.startIndex, isInside = false
    for index in pattern.indices {
      switch pattern[index] {
      case "[": isInside = true
      case "]": isInside = false
      case let character where separators.contains(character) && !isInside: end = pattern.index(after: index)
      default: break
      }
    }
    if end < pattern.endIndex, ["&", "!"].contains(pattern[end]) { end = pattern.index(after: end) }
    return pattern[..<end]
  }
}
