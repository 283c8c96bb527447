import Tasks

/// Reads JSON in the format of Ansible's inventory programs: `{"web": {"hosts": [], "vars": {}, "children": []}, "_meta": {"hostvars": {}}}`.
///
/// Groups may be plain lists of hosts, as in old programs, and `hosts` and `children` may be objects, as in YAML inventories.
struct DynamicInventory {
  private let place: Place
  private(set) var graph: GroupGraph
  /// Hosts in the order of their first mention.
  private(set) var hosts: [String] = []
  private var known: Set<String> = []
  /// Whether `_meta` gave the variables of the hosts; otherwise the program is asked for each host.
  private(set) var hasHostVariables = false

  init(_ value: Value, at place: Place, into graph: GroupGraph) throws(InventoryError) {
    self.place = place
    self.graph = graph
    guard case .object(let groups) = value else { throw .shape(place, path: [], expected: .object) }
    for group in groups where group.key != "_meta" { try readGroup(group.key, group.value, path: [group.key]) }
    guard let meta = value["_meta"] else { return }
    guard case .object = meta else { throw .shape(place, path: ["_meta"], expected: .object) }
    guard let variables = meta["hostvars"] else { return }
    guard case .object(let members) = variables else { throw .shape(place, path: ["_meta", "hostvars"], expected: .object) }
    hasHostVariables = true
    // Variables of hosts that no group has are ignored, as Ansible does.
    for member in members where known.contains(member.key) {
      try setVariables(member.value, of: member.key, path: ["_meta", "hostvars", member.key])
    }
  }

  /// The variables that the program gave for one host.
  mutating func setVariables(_ variables: Value, of host: String, path: [String]) throws(InventoryError) {
    guard case .object(let members) = variables else { throw .shape(place, path: path, expected: .object) }
    for member in members { try graph.set(member.key, to: member.value.withoutMarks, for: host, at: place) }
  }

  private mutating func readGroup(_ name: String, _ value: Value, path: [String]) throws(InventoryError) {
    guard Self.isGroupName(name) else { throw .shape(place, path: path, expected: .name) }
    let group = graph.addGroup(name)
    switch value {
    case .null: return
    case .array: try readHosts(value, of: group, path: path)
    case .object(let members):
      let isGroup = members.isEmpty || members.contains { ["hosts", "vars", "children"].contains($0.key) }
      guard isGroup else { throw .shape(place, path: path, expected: .group) }
      if let hosts = value["hosts"] { try readHosts(hosts, of: group, path: path + ["hosts"]) }
      if let variables = value["vars"] { try readVariables(variables, of: group, path: path + ["vars"]) }
      if let children = value["children"] { try readChildren(children, of: group, path: path + ["children"]) }
    default: throw .shape(place, path: path, expected: .group)
    }
  }

  private static func isGroupName(_ name: String) -> Bool {
    !name.isEmpty && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  private mutating func readHosts(_ value: Value, of group: Int, path: [String]) throws(InventoryError) {
    switch value {
    case .null: return
    case .array(let names):
      for name in names {
        guard case .string(let name) = name else { throw .shape(place, path: path, expected: .hostNames) }
        add(name, to: group, port: nil)
      }
    case .object(let members):
      // Names in YAML's form may be ranges and have ports.
      for member in members {
        let (pattern, port) = HostPort.split(member.key)
        for name in try HostRange.expand(pattern, at: place) {
          add(name, to: group, port: port)
          if member.value != .null { try setVariables(member.value, of: name, path: path + [member.key]) }
        }
      }
    default: throw .shape(place, path: path, expected: .hostNames)
    }
  }

  private mutating func add(_ host: String, to group: Int, port: Int?) {
    graph.addHost(host, to: group, port: port, at: place)
    if known.insert(host).inserted { hosts.append(host) }
  }

  private mutating func readVariables(_ value: Value, of group: Int, path: [String]) throws(InventoryError) {
    guard value != .null else { return }
    guard case .object(let members) = value else { throw .shape(place, path: path, expected: .object) }
    for member in members { try graph.set(member.key, to: member.value.withoutMarks, ofGroup: group, at: place) }
  }

  private mutating func readChildren(_ value: Value, of group: Int, path: [String]) throws(InventoryError) {
    switch value {
    case .null: return
    case .array(let names):
      for name in names {
        guard case .string(let name) = name, Self.isGroupName(name) else { throw .shape(place, path: path, expected: .groupNames) }
        try graph.addChild(graph.addGroup(name), to: group, at: place)
      }
    case .object(let members):
      for member in members {
        try readGroup(member.key, member.value, path: path + [member.key])
        try graph.addChild(graph.addGroup(member.key), to: group, at: place)
      }
    default: throw .shape(place, path: path, expected: .groupNames)
    }
  }
}

extension Value {
  /// The value without the wrappers with which `ansible-inventory` marks text that must not be templated.
  var withoutMarks: Value {
    switch self {
    case .object(let members):
      if members.count == 1, let only = members.first, only.key == "__ansible_unsafe" { return only.value }
      return .object(members.map { Member(key: $0.key, value: $0.value.withoutMarks) })
    case .array(let elements): return .array(elements.map(\.withoutMarks))
    default: return self
    }
  }
}
