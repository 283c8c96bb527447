import Tasks
import Testing

@testable import Runner

@Suite struct InventoryLoaderTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func load(_ source: InventorySource) async throws -> Inventory {
    try await InventoryLoader(root: folder.path, run: runner).load(source)
  }

  static let dynamic = """
    {"web": {"hosts": ["w2", "w1"], "vars": {"x": 1}}, "old": ["o1"], "p": {"children": ["web", "late"]}, "late": {"hosts": ["l1"]},
     "e": {}, "_meta": {"hostvars": {"w1": {"ansible_host": "10.0.0.1", "s": {"__ansible_unsafe": "{{"}}, "zz": {"a": 1}}}}
    """

  @Test func readsDynamicJSON() async throws {
    try folder.write(Self.dynamic, to: "hosts")
    let inventory = try await load("hosts")
    #expect(inventory.hosts.map(\.name) == ["o1", "w2", "w1", "l1"])
    #expect(
      inventory.host("w1")
        == Host("w1", address: "10.0.0.1", roles: ["web", "p"], variables: ["x": 1, "ansible_host": "10.0.0.1", "s": "{{"]))
    #expect(inventory.roles == ["web", "old", "p", "late", "e"])
    #expect(inventory.hostNames(in: "p") == ["w2", "w1", "l1"])
    #expect(inventory.hostNames(in: "e") == [])
  }

  @Test func readsStaticJSON() async throws {
    try folder.write(#"{"all": {"children": {"web": {"hosts": {"w1": {"x": 1}, "r[1:2]:22": null}}}, "vars": {"y": 2}}}"#, to: "hosts.json")
    let inventory = try await load("hosts.json")
    #expect(inventory.hosts.map(\.name) == ["w1", "r1", "r2"])
    #expect(inventory.host("w1")?.variables == ["x": 1, "y": 2])
    #expect(inventory.host("r2")?.port == 22)
  }

  @Test func asksPrograms() async throws {
    try folder.write("#!/bin/sh\n[ \"$1\" = --list ] && cat <<'X'\n\(Self.dynamic)\nX\n", to: "hosts.sh", mode: 0o755)
    #expect(try await load("hosts.sh").host("w1")?.address == "10.0.0.1")
  }

  @Test func asksForEveryHostWithoutMeta() async throws {
    let script = """
      #!/bin/sh
      case $1 in
        --list) echo '{"web": ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10"]}';;
        --host) [ "$2" = w3 ] || echo "{\\"name\\": \\"$2\\"}";;
      esac

      """
    try folder.write(script, to: "hosts.sh", mode: 0o755)
    let inventory = try await load("hosts.sh")
    #expect(inventory.hosts.map { $0.variables["name"] } == ["w1", "w2", nil, "w4", "w5", "w6", "w7", "w8", "w9", "w10"])
  }

  @Test func readsExecutableText() async throws {
    try folder.write("[web]\nw1\n", to: "hosts", mode: 0o755)
    #expect(try await load("hosts").hosts.map(\.name) == ["w1"])
  }

  @Test func acceptsByteOrderMarkAndForeignComments() async throws {
    try folder.write([0xEF, 0xBB, 0xBF] + Array("[web]\n# caf".utf8) + [0xE9] + Array("\nw1\n".utf8), to: "hosts")
    #expect(try await load("hosts").hostNames(in: "web") == ["w1"])
  }

  @Test func mergesFolders() async throws {
    try folder.write("[web]\nw1\nw2 x=1\n", to: "inv/1.ini")
    try folder.write("[web]\nw3\n[db]\nw2 x=2\n", to: "inv/2.ini")
    try folder.write(#"{"db": {"hosts": ["d1"]}}"#, to: "inv/3.json")
    for ignored in [".hidden", "a.md", "b.txt", "c~", "d.bak", "e.cfg"] { try folder.write("[broken", to: "inv/\(ignored)") }
    try folder.write(#"{"x": 9}"#, to: "inv/group_vars/all.json")
    let inventory = try await load("inv")
    #expect(inventory.hosts.map(\.name) == ["w1", "w2", "w3", "d1"])
    #expect(inventory.hosts.map { $0.variables["x"] } == [9, 2, 9, 9])
  }

  @Test func readsVariableFiles() async throws {
    try folder.write("[web]\nw1 own=1 host=1\n[web:vars]\nweb=1\n[all:vars]\nall=1\n", to: "inventory/hosts")
    try folder.write("{\"all\": 2, \"web\": 2, \"own\": 2, \"host\": 2}", to: "inventory/group_vars/all")
    try folder.write("{\"web\": 3}", to: "inventory/group_vars/web/a.json")
    try folder.write("# nothing\n", to: "inventory/group_vars/web/b.yml")
    try folder.write("{\"host\": 4}", to: "inventory/host_vars/w1.json")
    try folder.write("unknown: group", to: "inventory/group_vars/nobody.yml")
    let inventory = try await load("inventory/hosts")
    #expect(inventory.host("w1")?.variables == ["all": 2, "web": 3, "own": 1, "host": 4])
  }

  @Test func takesHostsFromSwift() async throws {
    let inventory = try await load(
      .hosts {
        host("w1", roles: ["web", "eu"])
        host("d1", address: "10.0.0.1", port: 22, user: "deploy", roles: ["db"], variables: ["x": 1])
        host("w2", roles: ["eu", "web"], variables: ["ansible_host": "10.0.0.2", "ansible_port": 23])
        host("lone")
      })
    #expect(inventory.hosts.map(\.name) == ["w1", "d1", "w2", "lone"])
    #expect(inventory.hosts.map(\.roles) == [["web", "eu"], ["db"], ["web", "eu"], []])
    #expect(inventory.host("d1") == Host("d1", address: "10.0.0.1", port: 22, user: "deploy", roles: ["db"], variables: ["x": 1]))
    #expect(inventory.host("w2")?.address == "10.0.0.2")
    #expect(inventory.host("w2")?.port == 23)
    #expect(inventory.hostNames(in: "ungrouped") == ["lone"])
    #expect(try inventory.hosts(matching: .role("web") && !.host("w2")).map(\.name) == ["w1"])
  }

  @Test func loadsTenThousandHosts() async throws {
    let groups = (0..<100).map { "[web\($0)]\nweb\($0)-[001:100].example.com ansible_port=2222 rack=\($0)\n[web\($0):vars]\nx=[1, 2]\n" }
    try folder.write("[web:children]\n" + (0..<100).map { "web\($0)\n" }.joined() + groups.joined(), to: "hosts")
    let inventory = try await load("hosts")
    #expect(inventory.hosts.count == 10_000)
    #expect(inventory.hostNames(in: "web")?.count == 10_000)
    #expect(inventory.hosts.last?.roles == ["web", "web99"])
    #expect(try inventory.hosts(matching: "web:!web7:!*-001.example.com").count == 9_801)
    let every = Pattern(inventory.hosts.map(\.name).joined(separator: ","))
    #expect(try inventory.hosts(matching: every).count == 10_000)
  }
}
