import Tasks

/// What `--doctor` knows of one host.
package struct HostReport: Sendable {
  package var host: Host
  /// How long it took to get a shell there; nothing for a host that was not reached.
  package var took: Duration?
  package var facts: HostFacts?
  /// Whole seconds by which its clock is ahead.
  package var clock: Int?
  /// Nothing but trouble and notes.
  package var findings: [Finding] = []

  package init(host: Host, took: Duration? = nil, facts: HostFacts? = nil, clock: Int? = nil, findings: [Finding] = []) {
    self.host = host
    self.took = took
    self.facts = facts
    self.clock = clock
    self.findings = findings
  }

  /// The tools that are not there, for the table.
  var lacking: [String] {
    guard let facts else { return [] }
    var lacking = ["setsid", "tar", "rsync"].filter { !facts.tools.contains($0) }
    if !facts.hasDigest { lacking.append("sha256sum") }
    if !facts.tools.contains("python3") { lacking.append("python3") }
    return lacking
  }

  /// What sudo does for the login user as root, in a word.
  var sudoWord: String {
    guard let facts else { return "" }
    if facts.isRoot { return "is root" }
    switch facts.sudo["root"] ?? facts.sudo.sorted(by: { $0.key < $1.key }).first?.value {
    case .free: return "free"
    case .asks: return "asks"
    case .refuses: return "refuses"
    case nil: return "none"
    }
  }

  package var json: Value {
    func place(_ space: FreeSpace?) -> Value {
      guard let space else { return .null }
      return ["freeBytes": .int(space.bytes), "freeInodes": space.inodes.map(Value.int) ?? .null]
    }
    return [
      "name": .string(host.name), "reached": .bool(took != nil),
      "took": took.map { .double(($0.seconds * 1000).rounded() / 1000) } ?? .null,
      "user": facts.map { .string($0.user) } ?? .null, "sudo": facts == nil ? .null : .string(sudoWord),
      "home": place(facts?.homeSpace), "tmp": place(facts?.temporarySpace), "clock": clock.map(Value.int) ?? .null,
      "tools": .array((facts?.tools.sorted() ?? []).map(Value.string)), "findings": .array(findings.map(\.json)),
    ]
  }
}
