import TestSupport
import Testing

/// What is decided for all hosts, and what this machine knows without them.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct FleetDecisionTests {
  static let deployfile = #"""
    func newest(_ name: String) -> Decision {
      Decision("newest", ask: "printf %s- \(name); echo \(host: .name)") { Verdict($0.map(\.output).max() ?? "") }
    }
    let both = task("both", "Two of one name") { hosts("web") {
      run("echo \(newest("one")) \(newest("two")) >>$D/both")
      waitFor(.command("echo \(newest("one")) >>$D/waited"), within: .seconds(5)) } }
    let fields = task("fields", "Swift code knows the run") { hosts("web") {
      perform("say it") { session in try await session.run("echo \(run: .task) \(run: .environment) >>$D/fields") } } }
    let late = task("late", "Swift code cannot know the end") { hosts("web") {
      perform("say it") { session in try await session.run("echo x >>$D/late; echo \(run: .outcome)") } } }
    let versions = task("versions", "Two applications") {
      hosts("web") {
        capture("echo '1.0 -> 1.1'", as: Captured("one")).reportsVersions(of: "one")
        capture("echo '2.0 -> 2.1'", as: Captured("two")).reportsVersions(of: "two")
      }
      notify(.command("cat >>$D/told"), "\(run: .version) after \(run: .previousVersion)") }
    let namesake = task("namesake", "A host that is called as this machine is") {
      attempt { hosts("web") { run("exit 3") } } onFailure: { local("echo x >>$D/told"); hosts("web") { run("echo x >>$D/cleaned") } } }
    let unrelated = task("unrelated", "A local command fails") { hosts("web") { run("true") }
      local("exit 4") }
    """#

  private func bench(_ hosts: [String] = ["a", "b"]) throws -> Bench { try Bench(Self.deployfile, hosts: hosts) }

  @Test func ofOneName() throws {
    let bench = try bench()
    let ended = try bench.run("both")
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    #expect(bench.marks.read("both") == "one-b two-b\none-b two-b\n")
    #expect(bench.marks.read("waited") == "one-b\none-b\n")
  }

  @Test func fieldsOfTheRun() throws {
    let bench = try bench(["a"])
    #expect(try bench.run("fields").status == 0)
    #expect(bench.marks.read("fields") == "fields test\n")
    let late = try bench.run("late")
    #expect(late.status == 1)
    #expect(late.output.contains(#"\(run: .outcome) is known at the end of a run only"#), "\(late.output)")
    #expect(bench.count("late") == 0)
  }

  @Test func versionsOfTwoApplications() throws {
    let bench = try bench()
    #expect(try bench.run("versions").status == 0)
    #expect(bench.marks.read("told").contains("one 1.1, two 2.1 after one 1.0, two 2.0"), "\(bench.marks.read("told"))")
  }

  /// What fails here is no failure of a host, and what failed there is not forgotten here.
  @Test func aHostCalledLocalhost() throws {
    let bench = try bench(["localhost"])
    #expect(try bench.run("namesake").status == 1)
    #expect(bench.counts("told", "cleaned") == [1, 1])
    let ended = try bench.run("unrelated")
    #expect(ended.status == 1)
    #expect(!ended.output.contains("localhost  failed"), "\(ended.output)")
  }
}
