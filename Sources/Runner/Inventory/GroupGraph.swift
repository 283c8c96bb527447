import Tasks

/// Groups and hosts while an inventory is being read, with Ansible's rules for adding to them.
struct GroupGraph {
  /// A variable and where it was set, so that a wrong address can be pointed at.
  struct Variable {
    var value: Value
    var place: Place
  }

  struct Group {
    var name: String
    var hosts: [Int] = []
    var children: [Int] = []
    var parents: [Int] = []
    var variables: [String: Variable] = [:]
    var priority = 1
    fileprivate var hostSet: Set<Int> = []
    fileprivate var parentSet: Set<Int> = []
  }

  struct Entry {
    var name: String
    var place: Place
    var variables: [String: Variable] = [:]
    /// Groups that list the host itself.
    var groups: [Int] = []
  }

  /// Ansible's two built-in groups are always first.
  static let all = 0, ungrouped = 1

  private(set) var groups: [Group] = []
  private(set) var hosts: [Entry] = []
  private var groupIndex: [String: Int] = [:]
  private var hostIndex: [String: Int] = [:]

  init() {
    addGroup("all")
    addGroup("ungrouped")
    link(Self.all, to: Self.ungrouped)
  }

  func group(_ name: String) -> Int? { groupIndex[name] }

  @discardableResult mutating func addGroup(_ name: String) -> Int {
    if let known = groupIndex[name] { return known }
    groupIndex[name] = groups.count
    groups.append(Group(name: name))
    return groups.count - 1
  }

  @discardableResult mutating func addHost(_ name: String, to group: Int?, port: Int? = nil, at place: Place) -> Int {
    let host: Int
    if let known = hostIndex[name] {
      host = known
    } else {
      host = hosts.count
      hostIndex[name] = host
      hosts.append(Entry(name: name, place: place))
      // As in Ansible, only the first mention of a host gives it the port of `host:port`.
      if let port, port != 0 { hosts[host].variables["ansible_port"] = Variable(value: .int(port), place: place) }
    }
    if let group { add(host: host, to: group) }
    return host
  }

  private mutating func add(host: Int, to group: Int) {
    guard groups[group].hostSet.insert(host).inserted else { return }
    groups[group].hosts.append(host)
    hosts[host].groups.append(group)
  }

  mutating func addChild(_ child: Int, to parent: Int, at place: Place) throws(InventoryError) {
    if child == Self.ungrouped && parent != Self.all { throw .ungroupedChild(place, parent: groups[parent].name) }
    guard !groups[child].parentSet.contains(parent) else { return }
    // Nothing leads back from a group that holds no other, and most are like that when they are added.
    guard child != parent, groups[child].children.isEmpty || !ancestors(of: parent).contains(child) else {
      throw .loop(place, child: groups[child].name, parent: groups[parent].name)
    }
    link(parent, to: child)
  }

  private mutating func link(_ parent: Int, to child: Int) {
    groups[parent].children.append(child)
    groups[child].parents.append(parent)
    groups[child].parentSet.insert(parent)
  }

  private func ancestors(of group: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var next = groups[group].parents
    while let parent = next.popLast() {
      if seen.insert(parent).inserted { next.append(contentsOf: groups[parent].parents) }
    }
    return seen
  }

  /// Sets a variable of the group or else of the host of that name: Ansible looks for the group first, so a host that is
  /// named like a group gives its variables to the group.
  mutating func set(_ key: String, to value: Value, for name: String, at place: Place) throws(InventoryError) {
    if let group = groupIndex[name] {
      try set(key, to: value, ofGroup: group, at: place)
    } else if let host = hostIndex[name] {
      hosts[host].variables[key] = Variable(value: value, place: place)
    }
  }

  mutating func set(_ key: String, to value: Value, ofGroup group: Int, at place: Place) throws(InventoryError) {
    guard key == "ansible_group_priority" else {
      groups[group].variables[key] = Variable(value: value, place: place)
      return
    }
    guard let priority = value.wholeNumber else { throw .text(place, .priority(value.plainText)) }
    groups[group].priority = priority
  }

  /// What Ansible does after reading everything: every group without a parent belongs to `all`, and hosts are in
  /// `ungrouped` exactly when no other group has them.
  mutating func reconcile() {
    for group in groups.indices where group != Self.all && groups[group].parents.isEmpty { link(Self.all, to: group) }
    for host in hosts.indices {
      let isGrouped = hosts[host].groups.contains { $0 != Self.all && $0 != Self.ungrouped }
      if isGrouped {
        groups[Self.ungrouped].hostSet.remove(host)
        hosts[host].groups.removeAll { $0 == Self.ungrouped }
      } else {
        add(host: host, to: Self.ungrouped)
      }
    }
    let members = groups[Self.ungrouped].hostSet
    groups[Self.ungrouped].hosts.removeAll { !members.contains($0) }
  }
}
