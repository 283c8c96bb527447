import Foundation
import Tasks
import Testing

@testable import Runner

@Suite("INI inventories mean what Ansible says", .enabled(if: AnsibleOracle.isAvailable, Comment(rawValue: AnsibleOracle.reason)))
struct INITests {
  @Test(arguments: INIRow.all) func equalsAnsible(row: INIRow) async throws {
    let answer = try #require(AnsibleOracle.answers[row.id], "Ansible refuses the inventory")
    var graph = GroupGraph()
    try INIReader.read(Array(row.text.utf8), file: "x.ini", into: &graph)
    graph.reconcile()
    let inventory = try graph.inventory(nil)
    // Bytes, of which Ansible makes text that it does not trust with templates.
    let list = answer.list.withoutMarks.sorted
    // As lines, so that a failure shows those that differ.
    #expect(lines(listing(graph, inventory).sorted) == lines(list))
    #expect(inventory.hosts.map(\.name) == answer.order)
    let groups = inventory.groups.map { Value.array([.string($0.name), .array($0.members.map { .string(inventory.hosts[$0].name) })]) }
    #expect(Value.array(groups) == answer.groups)
  }

  /// The script that is asked for all rows must say what the real program says.
  @Test(arguments: ["fleet", "deep", "values-containers"])
  func scriptEqualsProgram(id: String) throws {
    let output = AnsibleOracle.program("ansible-inventory", ["-i", AnsibleOracle.path(id), "--list"])
    #expect(try JSON.parse(output).sorted == AnsibleOracle.answers[id]?.list.sorted)
  }

  @Test func loadsThroughAnsibleInventory() async throws {
    let loader = InventoryLoader(root: AnsibleOracle.files.path, run: runner)
    let direct = try await loader.load("fleet.ini")
    let asked = try await loader.load(.ansible("fleet.ini"))
    // Its listing does not tell the order of groups inside of groups, and so not that of a host's roles.
    #expect(asked.hosts.map(\.name) == direct.hosts.map(\.name))
    #expect(asked.hosts.map { Set($0.roles) } == direct.hosts.map { Set($0.roles) })
    #expect(asked.hosts.map(\.variables) == direct.hosts.map(\.variables))
    #expect(Set(asked.groups.map(\.name)) == Set(direct.groups.map(\.name)))
  }

  private func lines(_ value: Value) -> [Substring] { JSON.text(value, pretty: true).split(separator: "\n") }

  /// What `ansible-inventory --list` would print.
  private func listing(_ graph: GroupGraph, _ inventory: Inventory) -> Value {
    var groups: [Value.Member] = []
    for (index, group) in graph.groups.enumerated() {
      var members: [Value.Member] = []
      let hosts = group.hosts.map { Value.string(graph.hosts[$0].name) }
      if !hosts.isEmpty, index != GroupGraph.all { members.append(.init(key: "hosts", value: .array(hosts))) }
      let children = group.children.map { Value.string(graph.groups[$0].name) }
      if !children.isEmpty { members.append(.init(key: "children", value: .array(children))) }
      if !members.isEmpty { groups.append(.init(key: group.name, value: .object(members))) }
    }
    let variables = inventory.hosts.filter { !$0.variables.isEmpty }.map { host in
      Value.Member(key: host.name, value: .object(host.variables.map { Value.Member(key: $0.key, value: $0.value) }))
    }
    let meta: Value = ["hostvars": .object(variables), "profile": "inventory_legacy"]
    return .object(groups + [.init(key: "_meta", value: meta)])
  }
}

/// The process engine's place in these tests.
let runner: ProgramRunner = { argv, folder throws(SystemError) in
  do { return try TestProgram.run(argv, folder: folder) } catch { throw SystemError("posix_spawn", argv[0], code: ENOENT) }
}
