import Tasks

/// The hosts of an environment and the groups that hold them.
package struct Inventory: Sendable, Equatable {
  /// A group: a role, or one of Ansible's built-in `all` and `ungrouped`.
  package struct Group: Sendable, Equatable {
    package var name: String
    /// Positions in `Inventory.hosts`, with those of the groups inside this one.
    package var members: [Int]
  }

  /// In the order of the group `all`, which is the order in which Ansible lists them.
  package let hosts: [Host]
  /// `all`, `ungrouped`, then the others in the order of their first mention.
  package let groups: [Group]
  /// Positions of the hosts in the order of their first mention, in which host names are matched with globs.
  let declared: [Int]
  private let hostIndex: [String: Int]
  private let groupIndex: [String: Int]

  init(hosts: [Host], groups: [Group], declared: [Int]) {
    self.hosts = hosts
    self.groups = groups
    self.declared = declared
    hostIndex = Dictionary(hosts.enumerated().map { ($1.name, $0) }) { first, _ in first }
    groupIndex = Dictionary(groups.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// Names of the groups that people name: not `all` and `ungrouped`.
  package var roles: [String] { groups.dropFirst(2).map(\.name) }

  /// Names of the hosts in a group, or nothing when there is no such group.
  package func hostNames(in group: String) -> [String]? { members(of: group)?.map { hosts[$0].name } }

  package func host(_ name: String) -> Host? { position(of: name).map { hosts[$0] } }

  func position(of host: String) -> Int? { hostIndex[host] }

  func members(of group: String) -> [Int]? { groupIndex[group].map { groups[$0].members } }
}

extension Inventory {
  /// An inventory of hosts that are known already, in their order; `place` is where they are from, for errors.
  package init(_ hosts: [Host], at place: Place = Place("Deployfile.swift")) throws(InventoryError) {
    var checked: [Host] = []
    var names: Set<String> = []
    var groups = [Group(name: "all", members: Array(hosts.indices)), Group(name: "ungrouped", members: [])]
    var index = ["all": 0, "ungrouped": 1]
    for (position, host) in hosts.enumerated() {
      guard names.insert(host.name).inserted else { throw .host(nil, name: host.name, .duplicate) }
      checked.append(try host.checked(at: place))
      for role in host.roles where role != "all" && index[role] == nil {
        index[role] = groups.count
        groups.append(Group(name: role, members: []))
      }
      let own = Set(host.roles.compactMap { index[$0] }).subtracting([0, 1])
      for group in own.isEmpty ? [1] : own { groups[group].members.append(position) }
    }
    var ordered = [[String]](repeating: [], count: hosts.count)
    for group in groups.dropFirst(2) { for member in group.members { ordered[member].append(group.name) } }
    for position in checked.indices { checked[position].roles = ordered[position] }
    self.init(hosts: checked, groups: groups, declared: Array(hosts.indices))
  }
}

extension Host {
  /// The host with its connection checked; its own fields count more than variables with Ansible's names.
  fileprivate func checked(at place: Place) throws(InventoryError) -> Host {
    var variables = variables.mapValues { GroupGraph.Variable(value: $0, place: place) }
    func set(_ key: String, _ value: Value) {
      variables["ansible_ssh_" + key] = nil
      variables["ansible_" + key] = GroupGraph.Variable(value: value, place: place)
    }
    if address != name { set("host", .string(address)) }
    if let port { set("port", .int(port)) }
    if let user { set("user", .string(user)) }
    var connection = Connection(name: name, place: place)
    try connection.read(variables)
    return Host(
      name, address: connection.address, port: connection.port, user: connection.user, roles: roles, variables: self.variables)
  }
}
