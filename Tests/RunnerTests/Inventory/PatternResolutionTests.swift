import Tasks
import Testing

@testable import Runner

@Suite("Patterns select what Ansible selects", .enabled(if: AnsibleOracle.isAvailable, Comment(rawValue: AnsibleOracle.reason)))
struct PatternOracleTests {
  @Test(arguments: PatternRow.all) func equalsAnsible(row: PatternRow) async throws {
    let expected = try #require(AnsibleOracle.answers[row.inventory]?.patterns[row.pattern])
    let inventory = try await InventoryLoader(root: AnsibleOracle.files.path, run: runner).load(.path(row.inventory + ".ini"))
    #expect(try inventory.hosts(matching: Pattern(row.pattern)).map(\.name) == expected)
  }

  /// The script that is asked for all rows must say what the real program says.
  @Test(arguments: ["db:web", "!api:web", "2001:db8::1,web"])
  func scriptEqualsProgram(pattern: String) throws {
    let output = String(
      decoding: AnsibleOracle.program("ansible", ["-i", AnsibleOracle.path("fleet"), pattern, "--list-hosts"]), as: UTF8.self)
    let hosts = output.split(separator: "\n").dropFirst().map { $0.trimmingPrefix("    ") }
    #expect(hosts.map(String.init) == AnsibleOracle.answers["fleet"]?.patterns[pattern])
  }
}
