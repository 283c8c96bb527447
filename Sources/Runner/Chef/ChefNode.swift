import Tasks

/// The attributes that a search asks for.
struct ChefKeys {
  private let keys: [(name: String, path: [String])]

  /// The attributes that make a host: its name, environment and roles, and those that the Deployfile names.
  init(_ source: ChefSource) {
    var keys: [(name: String, path: [String])] = [
      ("name", ["name"]), ("environment", ["chef_environment"]), ("roles", ["roles"]), ("run_list", ["run_list"]),
    ]
    for (index, path) in source.address.paths.enumerated() { keys.append(("address \(index)", path)) }
    for (name, attribute) in source.variables.sorted(by: { $0.key < $1.key }) {
      for (index, path) in attribute.paths.enumerated() { keys.append(("variable \(index) \(name)", path)) }
    }
    self.keys = keys
  }

  /// What a partial search is sent.
  var body: String {
    JSON.text(.object(keys.map { Value.Member(key: $0.name, value: .array($0.path.map { .string($0) })) }))
  }

  fileprivate func values(_ value: (_ path: [String]) -> Value?) -> [String: Value] {
    Dictionary(keys.compactMap { key in value(key.path).map { (key.name, $0) } }) { first, _ in first }
  }
}

/// A node as a search has found it.
struct ChefNode: Equatable {
  let name: String
  let values: [String: Value]

  /// A row of a partial search: `{"url": ..., "data": {...}}`.
  init?(partial row: Value, _ keys: ChefKeys) {
    guard case .object(let members)? = row["data"] else { return nil }
    self.init(Dictionary(members.map { ($0.key, $0.value) }) { $1 })
  }

  /// A row of a full search, whose attributes stand in four levels, the highest one first.
  init?(full row: Value, _ keys: ChefKeys) {
    let levels = ["automatic", "override", "normal", "default"].compactMap { row[$0] }
    self.init(
      keys.values { path in
        ([row] + levels).lazy.compactMap { level in path.reduce(Value?.some(level)) { $0?[$1] } }.first { $0 != .null }
      })
  }

  private init?(_ values: [String: Value]) {
    guard case .string(let name)? = values["name"], !name.isEmpty else { return nil }
    self.name = name
    self.values = values.filter { $0.value != .null }
  }

  var environment: String? { values["environment"]?.plainText }

  /// The expanded roles, which a node has after its first run of Chef; until then, those of its run list.
  var roles: [String] {
    if case .array(let roles)? = values["roles"] { return roles.map(\.plainText) }
    guard case .array(let items)? = values["run_list"] else { return [] }
    return items.map(\.plainText).filter { $0.hasPrefix("role[") && $0.hasSuffix("]") }.map { item in
      // A role of a run list may name a version: role[web@1.0.0]
      String(item.dropFirst(5).dropLast().prefix { $0 != "@" })
    }
  }
}
