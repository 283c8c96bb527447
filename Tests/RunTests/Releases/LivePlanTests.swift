import Foundation
import TestSupport
import Testing

/// Plans of a deploy: the version that is meant, what is live now as far as this machine knows, and no connection.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct LivePlanTests {
  @Test func nothingIsKnownAtFirst() throws {
    let bench = try StandInBench.bench()
    let ended = try bench.run("--plan", "deploy", "--version", "latest")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("plan of deploy:test --version=1.5.0"))
    #expect(!ended.output.contains("live now, as far as"))
    #expect(!(try bench.run("--plan", "--json", "deploy", "--version", "latest").output.contains("\"live\"")))
    #expect(bench.names("a") == [])
    #expect(bench.names("state") == [])
  }

  @Test func whatIsLiveIsShown() throws {
    let bench = try StandInBench.bench()
    #expect(try bench.run("deploy", "--version", "1.0").status == 0)
    #expect(try bench.run("deploy", "--version", "1.4.2", "--limit", "b").status == 0)
    let before = bench.hosts.map(bench.snapshot) + [bench.snapshot("state")]
    let plan = try bench.run("--plan", "deploy", "--version", ">=1,<1.5")
    #expect(plan.status == 0)
    #expect(plan.output.contains("plan of deploy:test --version=1.4.2"), "\(plan)")
    let moment = #/\(20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC\)/#
    let text = plan.output.replacing(moment, with: "(_)")
    #expect(text.contains("live now, as far as this machine knows: 1.0 on a (_), 1.4.2 on b (_)"), "\(plan)")
    let json = try bench.run("--plan", "--json", "deploy", "--version", "latest").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["parameters"] as? [String: String])?["version"] == "1.5.0", "\(json)")
    let live = try #require(object["live"] as? [String: [String: [String: String]]])
    #expect(live["shop"]?.mapValues { $0["version"] } == ["a": "1.0", "b": "1.4.2"])
    let back = try bench.run("--plan", "rollback")
    #expect(back.output.contains("live now, as far as this machine knows"), "\(back)")
    #expect(bench.hosts.map(bench.snapshot) + [bench.snapshot("state")] == before)
  }

  @Test func aRollbackAndAFailedDeployAreRemembered() throws {
    let bench = try StandInBench.bench()
    for version in ["0.9", "1.0"] { #expect(try bench.run("deploy", "--version", version).status == 0) }
    try bench.folder.write("a/sick", "")
    #expect(try bench.run("deploy", "--version", "latest").status == 1)
    #expect(try bench.run("--plan", "rollback").output.contains("this machine knows: 1.0 on a, b ("))
    #expect(try bench.run("rollback").status == 0)
    #expect(try bench.run("--plan", "rollback").output.contains("this machine knows: 0.9 on a, b ("))
  }

  /// A memory that cannot be read or written is no reason to fail.
  @Test func aMemoryThatIsNoneIsIgnored() throws {
    let bench = try StandInBench.bench()
    #expect(try bench.run("deploy", "--version", "1.0").status == 0)
    let file = try #require(bench.names("state/pushbutton/live").first)
    for text in ["", "{", "[]", "{\"a\": 1}", "{\"a\": {\"version\": 7}}"] {
      try bench.folder.write("state/pushbutton/live/\(file)", text)
      let plan = try bench.run("--plan", "deploy", "--version", "1.0")
      #expect(plan.status == 0, "\(plan)")
      #expect(!plan.output.contains("live now, as far as"))
    }
    let unusable = try bench.run("deploy", "--version", "1.4.2", environment: ["XDG_STATE_HOME": "/dev/null/no"])
    #expect(unusable.status == 0, "\(unusable)")
  }
}
