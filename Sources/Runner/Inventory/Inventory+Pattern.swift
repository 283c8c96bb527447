import Tasks

extension Inventory {
  /// The hosts that a pattern selects, each once, in the order in which Ansible lists them: term by term.
  ///
  /// A term that matches nothing is an error; a combination that leaves nothing is not, for `web:&canary` may be empty for good reason.
  package func hosts(matching pattern: Pattern) throws(PatternError) -> [Host] {
    let resolver = PatternResolver(inventory: self, pattern: pattern.description)
    return try resolver.resolve(pattern.expression, isExclusion: false).map { hosts[$0] }
  }
}

/// Resolves one pattern into positions of hosts.
private struct PatternResolver {
  let inventory: Inventory
  let pattern: String

  func resolve(_ expression: Pattern.Expression, isExclusion: Bool) throws(PatternError) -> [Int] {
    switch expression {
    case .text(let text): return try resolve(text: text, isExclusion: isExclusion)
    case .role(let name):
      guard let members = inventory.members(of: name) else { throw error(name, .unknown(.role, known: inventory.roles)) }
      return try checked(members, ofRole: name, isExclusion: isExclusion)
    case .host(let name):
      if let host = inventory.position(of: name) { return [host] }
      let known = inventory.hosts.map(\.name)
      // One Deployfile serves several environments, and a host left out by name is in one of them; a near name is a typing error.
      if isExclusion, suggestions(for: name, among: known).isEmpty { return [] }
      throw error(name, .unknown(.host, known: known))
    case .either(let left, let right):
      var union = HostSet(count: inventory.hosts.count)
      union.insert(try resolve(left, isExclusion: isExclusion))
      union.insert(try resolve(right, isExclusion: isExclusion))
      return union.ordered
    case .both(let left, let right):
      let first = try resolve(left, isExclusion: isExclusion)
      let second = HostSet(try resolve(right, isExclusion: isExclusion), count: inventory.hosts.count)
      return first.filter(second.contains)
    case .not(let inner):
      let excluded = HostSet(try resolve(inner, isExclusion: true), count: inventory.hosts.count)
      return inventory.hosts.indices.filter { !excluded.contains($0) }
    }
  }

  /// Unions first, then what is required, then what is excluded, whatever the order in which they are written.
  private func resolve(text: String, isExclusion: Bool) throws(PatternError) -> [Int] {
    let terms = try PatternTerm.split(text)
    var selected = HostSet(count: inventory.hosts.count)
    var found: [(PatternTerm.Role, [Int])] = []
    // All terms are looked at in written order, so that the first wrong one is the one that is reported.
    for term in terms { found.append((term.role, try hosts(of: term, isExclusion: isExclusion))) }
    for (role, hosts) in found where role == .included { selected.insert(hosts) }
    if !found.contains(where: { $0.0 == .included }) { selected.insert(Array(inventory.hosts.indices)) }
    var ordered = selected.ordered
    for (role, hosts) in found where role != .included {
      let set = HostSet(hosts, count: inventory.hosts.count)
      ordered = ordered.filter { set.contains($0) == (role == .required) }
    }
    return ordered
  }

  private func hosts(of term: PatternTerm, isExclusion: Bool) throws(PatternError) -> [Int] {
    let isExclusion = isExclusion || term.role == .excluded
    let (name, part) = term.parts
    guard let part else { return try hosts(named: name, term: term, isExclusion: isExclusion) }
    // A subscript needs a host to point at, also behind "!".
    let all = try hosts(named: name, term: term, isExclusion: false)
    switch part {
    case .index(let index):
      let position = index < 0 ? all.count + index : index
      guard all.indices.contains(position) else { throw error(term.text, .index(index, count: all.count)) }
      return [all[position]]
    case .slice(let first, let last):
      if let last, last < first { throw error(term.text, .reversedSlice) }
      guard first < all.count else { throw error(term.text, .slice(count: all.count)) }
      return Array(all[first...min(last ?? .max, all.count - 1)])
    case .dashed(let first, let last): throw error(term.text, .dashedSlice(first: first, last: last))
    }
  }

  private func hosts(named name: String, term: PatternTerm, isExclusion: Bool) throws(PatternError) -> [Int] {
    if name.hasPrefix("~") { return try matches(term, regex(String(name.dropFirst()), term: term)) }
    guard Glob.isPlain(name) else {
      let glob = Glob(name)
      return try matches(term) { glob.matches($0) }
    }
    switch (inventory.members(of: name), inventory.position(of: name)) {
    case (let members?, let host?):
      guard members == [host] else { throw error(term.text, .ambiguous) }
      return members
    case (let members?, nil): return try checked(members, ofRole: name, isExclusion: isExclusion)
    case (nil, let host?): return [host]
    case (nil, nil): throw error(term.text, .unknown(.roleOrHost, known: inventory.roles + inventory.hosts.map(\.name)))
    }
  }

  /// Hosts of the matching groups, then matching hosts.
  ///
  /// A host may be in it twice, which counts for subscripts, as in Ansible.
  private func matches(_ term: PatternTerm, _ isMatch: (String) -> Bool) throws(PatternError) -> [Int] {
    let members = inventory.groups.filter { isMatch($0.name) }.flatMap(\.members)
    let found = members + inventory.declared.filter { isMatch(inventory.hosts[$0].name) }
    guard !found.isEmpty else { throw error(term.text, .noMatch) }
    return found
  }

  private func regex(_ text: String, term: PatternTerm) throws(PatternError) -> (String) -> Bool {
    guard let regex = try? Regex(text).matchingSemantics(.unicodeScalar) else { throw error(term.text, .regex) }
    return { (try? regex.prefixMatch(in: $0)) != nil }
  }

  /// A role without hosts selects nothing, which is wrong, unless it is left out anyway.
  private func checked(_ members: [Int], ofRole name: String, isExclusion: Bool) throws(PatternError) -> [Int] {
    guard members.isEmpty, !isExclusion else { return members }
    throw error(name, inventory.hosts.isEmpty ? .emptyInventory : .emptyRole)
  }

  private func error(_ term: String, _ problem: PatternError.Problem) -> PatternError { .term(term, pattern: pattern, problem) }
}

/// Positions of hosts, in the order in which they were put in.
private struct HostSet {
  private var isMember: [Bool]
  private(set) var ordered: [Int] = []

  init(_ hosts: [Int] = [], count: Int) {
    isMember = [Bool](repeating: false, count: count)
    insert(hosts)
  }

  func contains(_ host: Int) -> Bool { isMember[host] }

  mutating func insert(_ hosts: [Int]) {
    for host in hosts where !isMember[host] {
      isMember[host] = true
      ordered.append(host)
    }
  }
}
