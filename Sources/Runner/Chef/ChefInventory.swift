import Tasks

/// The inventory that a Chef server's search gives.
enum ChefInventory {
  @Engine static func load(_ source: ChefSource, root: String, _ trust: FileTrust) async throws(InventoryError) -> Inventory {
    let nodes: [ChefNode]
    do throws(ChefError) {
      let connection = try await ChefConnection(source, root: root, trust)
      let search = ChefSearch(
        query: source.query, user: source.user, signing: source.signing, path: connection.address.path,
        organization: connection.address.organization, answer: connection.answer)
      nodes = try await search.nodes(ChefKeys(source))
    } catch { throw .chef(source.server, error) }
    return try inventory(of: nodes, source)
  }

  /// Hosts in the order of their names, whatever order the server's index has today.
  static func inventory(of nodes: [ChefNode], _ source: ChefSource) throws(InventoryError) -> Inventory {
    let nodes = nodes.sorted { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
    let hosts: [Host]
    do throws(ChefError) { hosts = try self.hosts(of: nodes, source) } catch { throw .chef(source.server, error) }
    return try Inventory(hosts, at: Place(source.server))
  }

  private static func hosts(of nodes: [ChefNode], _ source: ChefSource) throws(ChefError) -> [Host] {
    guard !nodes.isEmpty else { throw .noNodes(query: source.query) }
    if source.environmentRoles { try checkClashes(nodes) }
    var hosts: [Host] = []
    var withoutAddress: [String] = []
    for node in nodes {
      guard let address = try address(of: node, source.address) else {
        withoutAddress.append(node.name)
        continue
      }
      hosts.append(
        Host(
          node.name, address: address, port: source.port, user: source.login, roles: try roles(of: node, source),
          variables: variables(of: node, source.variables)))
    }
    if !withoutAddress.isEmpty, source.withoutAddress == .refuse || hosts.isEmpty {
      throw .noAddress(nodes: withoutAddress, attribute: source.address.paths)
    }
    return hosts
  }

  private static func address(of node: ChefNode, _ attribute: ChefAttribute) throws(ChefError) -> String? {
    for (index, path) in attribute.paths.enumerated() {
      switch node.values["address \(index)"] {
      case nil, .string(""): continue
      case .string(let text): return text
      default: throw .addressIsNoText(node: node.name, path: path)
      }
    }
    return nil
  }

  private static func roles(of node: ChefNode, _ source: ChefSource) throws(ChefError) -> [String] {
    var roles: [String] = []
    for role in node.roles + (source.environmentRoles ? [node.environment].compactMap { $0 } : []) where !roles.contains(role) {
      // What Chef allows is a role's name here as well; anything else is not from Chef, and a pattern would read it differently.
      guard role != "all", role != "ungrouped", HostSyntax.isUser(role) else { throw .role(role, node: node.name) }
      roles.append(role)
    }
    return roles
  }

  private static func variables(of node: ChefNode, _ attributes: [String: ChefAttribute]) -> [String: Value] {
    var variables: [String: Value] = [:]
    for (name, attribute) in attributes {
      variables[name] = attribute.paths.indices.lazy.compactMap { node.values["variable \($0) \(name)"] }.first
    }
    return variables
  }

  /// One name for a role and an environment is harmless only as long as both hold the same nodes.
  private static func checkClashes(_ nodes: [ChefNode]) throws(ChefError) {
    var byRole: [String: Set<String>] = [:], byEnvironment: [String: Set<String>] = [:]
    for node in nodes {
      for role in node.roles { byRole[role, default: []].insert(node.name) }
      if let environment = node.environment { byEnvironment[environment, default: []].insert(node.name) }
    }
    for (name, members) in byEnvironment.sorted(by: { $0.key < $1.key }) {
      if let others = byRole[name], others != members { throw .roleAndEnvironment(name) }
    }
  }
}
