import Testing

@testable import Tasks

@Test func hostsAreWrittenInSwift() {
  let isLarge = true
  let source = InventorySource.hosts {
    host("db1", address: "10.0.0.5", port: 2222, user: "deploy", roles: ["db"], variables: ["size": 3])
    if isLarge {
      host("db2", roles: ["db"])
    }
    if isLarge { host("big") } else { host("small") }
    for number in 1...2 { host("web\(number)", roles: ["web"]) }
    ["x", "y"].map { host($0) }
  }
  guard case .hosts(let hosts) = source.kind else {
    Issue.record("not a list of hosts")
    return
  }
  #expect(hosts.map(\.name) == ["db1", "db2", "big", "web1", "web2", "x", "y"])
  #expect(hosts[0] == Host("db1", address: "10.0.0.5", port: 2222, user: "deploy", roles: ["db"], variables: ["size": .int(3)]))
}

@Test func pathsAreLiterals() {
  let stage = "staging"
  #expect("inventory/\(stage).ini" as InventorySource == .path("inventory/staging.ini"))
  #expect(InventorySource.ansible("x").kind == .ansible("x"))
}

@Test func objectsKeepTheirOrder() {
  let value: Value = ["b": 1, "a": ["x", .null, true]]
  #expect(value == .object(["b": .int(1), "a": .array([.string("x"), .null, .bool(true)])]))
  #expect(value["a"] == ["x", .null, true])
  #expect(value["c"] == nil)
}
