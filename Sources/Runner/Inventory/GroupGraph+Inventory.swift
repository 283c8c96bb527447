import Tasks

extension GroupGraph {
  /// The finished inventory: members of every group, and variables merged in Ansible's order.
  func inventory(_ files: VariableFiles?) throws(InventoryError) -> Inventory {
    let members = groups.indices.map(members(of:))
    var merged = try mergedVariables(members: members, files: files)
    var roles = [[String]](repeating: [], count: hosts.count)
    for group in groups.indices where group != Self.all && group != Self.ungrouped {
      for host in members[group] { roles[host].append(groups[group].name) }
    }
    var result: [Host] = []
    var position = [Int](repeating: 0, count: hosts.count)
    result.reserveCapacity(hosts.count)
    for host in members[Self.all] {
      position[host] = result.count
      result.append(try connection(of: hosts[host], variables: &merged[host], roles: roles[host]))
    }
    return Inventory(
      hosts: result,
      groups: groups.indices.map { index in Inventory.Group(name: groups[index].name, members: members[index].map { position[$0] }) },
      declared: hosts.indices.map { position[$0] })
  }

  /// Hosts of the group and of the groups inside it, level by level: each group's own hosts before its children's.
  private func members(of group: Int) -> [Int] {
    var queue = [group], next = 0
    var seenGroups: Set<Int> = [group], seen: Set<Int> = []
    var members: [Int] = []
    while next < queue.count {
      let current = groups[queue[next]]
      next += 1
      for host in current.hosts where seen.insert(host).inserted { members.append(host) }
      for child in current.children where seenGroups.insert(child).inserted { queue.append(child) }
    }
    return members
  }

  /// Lowest first: `all`, groups by depth, priority and name, the files in group_vars in the same order, the host's own,
  /// its files in host_vars.
  private func mergedVariables(members: [[Int]], files: VariableFiles?) throws(InventoryError) -> [[String: Variable]] {
    var merged = [[String: Variable]](repeating: [:], count: hosts.count)
    func merge(_ variables: [String: Variable], into hosts: [Int]) {
      for (key, variable) in variables { for host in hosts { merged[host][key] = variable } }
    }
    let order = [Self.all] + byPrecedence()
    for group in order { merge(groups[group].variables, into: members[group]) }
    if let files {
      for group in order { merge(try files.variables(ofGroup: groups[group].name), into: members[group]) }
    }
    for (index, host) in hosts.enumerated() {
      merge(host.variables, into: [index])
      if let files { merge(try files.variables(ofHost: host.name), into: [index]) }
    }
    return merged
  }

  private func byPrecedence() -> [Int] {
    let depth = depths()
    return groups.indices.filter { $0 != Self.all }.sorted { left, right in
      let l = (depth[left], groups[left].priority), r = (depth[right], groups[right].priority)
      return l != r ? l < r : groups[left].name.unicodeScalars.lexicographicallyPrecedes(groups[right].name.unicodeScalars)
    }
  }

  /// The longest way down from `all`; groups have no loops.
  private func depths() -> [Int] {
    var depth = [Int](repeating: 0, count: groups.count)
    var waiting = groups.map(\.parents.count)
    var ready = groups.indices.filter { waiting[$0] == 0 }
    while let group = ready.popLast() {
      for child in groups[group].children {
        depth[child] = max(depth[child], depth[group] + 1)
        waiting[child] -= 1
        if waiting[child] == 0 { ready.append(child) }
      }
    }
    return depth
  }

  private func connection(of entry: Entry, variables: inout [String: Variable], roles: [String]) throws(InventoryError) -> Host {
    for name in variables.keys where Self.internalVariables.contains(name) { variables[name] = nil }
    var connection = Connection(name: entry.name, place: entry.place)
    try connection.read(variables)
    return Host(
      entry.name, address: connection.address, port: connection.port, user: connection.user, roles: roles,
      variables: variables.mapValues(\.value))
  }

  /// Ansible computes these itself and leaves them out of `ansible-inventory --list`, even when the inventory sets them.
  private static let internalVariables: Set = [
    "ansible_async_path", "ansible_collection_name", "ansible_config_file", "ansible_dependent_role_names", "ansible_diff_mode",
    "ansible_facts", "ansible_forks", "ansible_inventory_sources", "ansible_limit", "ansible_play_batch", "ansible_play_hosts",
    "ansible_play_hosts_all", "ansible_play_role_names", "ansible_playbook_python", "ansible_role_name", "ansible_role_names",
    "ansible_run_tags", "ansible_skip_tags", "ansible_verbosity", "ansible_version", "inventory_dir", "inventory_file",
    "inventory_hostname", "inventory_hostname_short", "groups", "group_names", "hostvars", "playbook_dir", "play_hosts", "role_name",
    "role_names", "role_path", "role_uuid",
  ]
}
