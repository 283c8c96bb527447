import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct RunMomentTests {
  @Engine private static func context(_ facts: RunFacts) throws -> RunContext {
    final class Silent: Reporter {
      func receive(_ event: Event) {}
      func finish(_ summary: Summary) {}
    }
    let workspace = try Workspace()
    defer { workspace.remove() }
    return RunContext(
      root: "/", reporter: Silent(), interruption: Interruption(), secrets: [:], workspace: workspace,
      ssh: SSHTransport(connectTimeout: .seconds(1), environment: []), facts: facts, answersYes: false, indexes: PackageIndexes(root: "/"))
  }

  private static let version = Parameter<Version>("version", "what")
  private static let facts = RunFacts(id: "r1", started: Timestamp(milliseconds: 1000), user: "ann", url: "https://ci/1")

  private static func plan() throws(Failure) -> Plan {
    try Fleet.plan(task("deploy", "D", version) { version in hosts("web") { run("echo \(version)") } }, words: ["version": ["v1.5"]])
  }

  @Test @Engine func whatIsKnownAtTheStart() throws {
    let context = try Self.context(Self.facts)
    let plan = try Self.plan()
    context.expect(plan)
    context.plan = plan
    let moment = context.moment()
    let known = RunField.allCases.filter { $0 != .duration }.map { "\($0.rawValue)=\(moment.text(of: $0))" }
    #expect(
      known == [
        "id=r1", "started=19700101T000001.000Z", "environment=test", "task=deploy", "user=ann", "url=https://ci/1", "outcome=",
        "version=1.5", "previousVersion=",
      ])
  }

  @Test @Engine func versionsAreThoseOfTheHostsInTheirOrder() throws {
    let context = try Self.context(Self.facts)
    let plan = try Self.plan()
    context.expect(plan)
    context.plan = plan
    context.liveVersions = ["web3": "1.5", "web1": "1.5", "web2": "1.4", "elsewhere": "9"]
    context.previousVersions = ["web4": "1.3", "web2": "1.4"]
    let moment = context.moment(outcome: .failed)
    #expect(moment.text(of: .version) == "1.5, 1.4")
    #expect(moment.text(of: .previousVersion) == "1.4, 1.3")
    #expect(moment.text(of: .outcome) == "failed")
    #expect(moment.outcome == .failed)
  }

  @Test func aBuildTellsWhoAndWhere() {
    let facts = RunFacts.make(in: CI(.gitLab, url: "https://gl/1", user: "ann"))
    #expect(facts.user == "ann")
    #expect(facts.url == "https://gl/1")
    #expect(RunFacts.make(in: nil).url == nil)
  }
}
