import Tasks
import Testing

@testable import Runner

/// What becomes of nodes that a search has found.
@Suite struct ChefInventoryTests {
  private static func source(
    address: ChefAttribute = "ipaddress" || "fqdn", withoutAddress: ChefMissingAddress = .refuse, login: String? = nil, port: Int? = nil,
    variables: [String: ChefAttribute] = [:], environmentRoles: Bool = true
  ) -> ChefSource {
    ChefSource(
      .chef(
        server: "https://chef", user: "u", key: "k", query: "role:web", address: address, withoutAddress: withoutAddress, login: login,
        port: port, variables: variables, environmentRoles: environmentRoles))
  }

  private func inventory(_ source: ChefSource, full: [String]) throws -> Inventory {
    let keys = ChefKeys(source)
    return try ChefInventory.inventory(of: full.compactMap { ChefNode(full: try JSON.parse(Array($0.utf8)), keys) }, source)
  }

  private func failure(_ source: ChefSource, _ full: String...) throws -> String {
    do {
      _ = try inventory(source, full: full)
      return "loaded"
    } catch let error as InventoryError { return Failure(error).text }
  }

  private let web =
    #"{"name": "web2", "chef_environment": "production", "run_list": ["recipe[x]", "role[no]"], "automatic": {"roles": ["web", "base"], "ipaddress": "10.0.0.2", "cloud": {"public_ipv4": "192.0.2.2"}}, "normal": {"shop": {"port": 80}}, "default": {"shop": {"port": 1, "size": [1]}}}"#
  private let fresh = #"""
    {"name": "web1", "chef_environment": "_default", "run_list": ["role[web@1.2.0]", "recipe[x]"], "automatic": {"fqdn": "web1.example.com"}}
    """#

  @Test func nodesAreHosts() throws {
    let source = Self.source(login: "deploy", port: 2222, variables: ["port": "shop.port", "size": "shop.size" || "none", "none": "no"])
    let inventory = try inventory(source, full: [web, fresh])
    #expect(
      inventory.hosts == [
        Host("web1", address: "web1.example.com", port: 2222, user: "deploy", roles: ["web", "_default"]),
        Host(
          "web2", address: "10.0.0.2", port: 2222, user: "deploy", roles: ["web", "base", "production"],
          variables: ["port": 80, "size": [1]]),
      ])
    #expect(try inventory.hosts(matching: "web:&production").map(\.name) == ["web2"])
  }

  @Test func addressesAreChosen() throws {
    #expect(try inventory(Self.source(address: "cloud.public_ipv4"), full: [web]).hosts[0].address == "192.0.2.2")
    #expect(try inventory(Self.source(address: ["cloud", "public_ipv4"]), full: [web]).hosts[0].address == "192.0.2.2")
    #expect(try inventory(Self.source(address: "cloud.public_ipv4" || "fqdn"), full: [fresh]).hosts[0].address == "web1.example.com")
    #expect(try inventory(Self.source(address: "ipaddress", withoutAddress: .skip), full: [web, fresh]).hosts.map(\.name) == ["web2"])
    let own = try inventory(Self.source(variables: ["ansible_user": "chef_environment"]), full: [web]).hosts[0]
    #expect(own.user == "production")
  }

  @Test func partialAndFullRowsAreTheSame() throws {
    let source = Self.source(variables: ["port": "shop.port"])
    let keys = ChefKeys(source)
    #expect(
      keys.body
        == #"{"name":["name"],"environment":["chef_environment"],"roles":["roles"],"run_list":["run_list"],"address 0":["ipaddress"],"address 1":["fqdn"],"variable 0 port":["shop","port"]}"#
    )
    let row =
      #"{"url": "x", "data": {"name": "web2", "environment": "production", "roles": ["web", "base"], "run_list": ["recipe[x]", "role[no]"], "address 0": "10.0.0.2", "address 1": null, "variable 0 port": 80}}"#
    #expect(
      ChefNode(partial: try JSON.parse(Array(row.utf8)), keys) == ChefNode(full: try JSON.parse(Array(web.utf8)), keys))
  }

  @Test func refusesWhatWouldBeWrong() throws {
    #expect(
      try failure(Self.source()) == """
        error: https://chef: no nodes match "role:web"
          knife search node 'role:web' shows what the server finds.

        """)
    #expect(
      try failure(Self.source(address: "ipaddress"), web, fresh) == """
        error: https://chef: 1 node has no ipaddress: web1
          Name another attribute with address: "...", or leave such nodes out with withoutAddress: .skip

        """)
    #expect(
      try failure(Self.source(address: "cloud"), web)
        == "error: https://chef: cloud of the node \"web2\" is no text, so it cannot be the address\n  Name another attribute with address: \"...\"\n"
    )
    let clash = #"{"name": "x", "chef_environment": "staging", "automatic": {"roles": ["production"], "ipaddress": "10.0.0.9"}}"#
    #expect(
      try failure(Self.source(), web, clash) == """
        error: https://chef: "production" is a Chef role and a Chef environment with different nodes
          Add environmentRoles: false to have Chef's roles only.

        """)
    #expect(try failure(Self.source(environmentRoles: false), web, clash) == "loaded")
    for role in ["all", "a:b", "a\\u0007", "-x"] {
      let node = #"{"name": "x", "automatic": {"roles": ["\#(role)"], "ipaddress": "10.0.0.9"}}"#
      #expect(try failure(Self.source(), node).contains("cannot be the name of a role here"))
    }
    let name = #"{"name": "a:b", "automatic": {"ipaddress": "10.0.0.9"}}"#
    #expect(try failure(Self.source(), name).hasPrefix("error: https://chef: \"a:b\" cannot be the name of a host\n"))
    let option = #"{"name": "x", "automatic": {"ipaddress": "-oProxyCommand=x"}}"#
    #expect(try failure(Self.source(), option).hasPrefix("error: https://chef: \"-oProxyCommand=x\" cannot be the address of \"x\"\n"))
  }
}
