import Rehearsal
import Testing

@testable import Deployment

@Suite struct DeploymentTests {
  let rehearsal = Rehearsal(deployfile)

  @Test func planOfProduction() async throws {
    let plan = try await rehearsal.plan("deploy:production", "--version", "1.4.2")
    #expect(plan.hosts == ["web1", "web2", "web3", "web4", "db1"])
    #expect(try plan.batches(of: "restart the shop") == [["web1"], ["web2", "web3"], ["web4"]])
    #expect(try plan.step("migrate").once == "db1")
    try plan.check(against: "deploy-production.txt")
  }

  @Test func everythingSucceeds() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2")
    #expect(run.exitStatus == 0, "\(run)")
    #expect(try run.began("fetch", before: "migrate"))
    #expect(try run.began("migrate", before: "switch"))
    #expect(try run.hosts(thatBegan: "migrate") == ["db1"])
    #expect(run.messages == ["slack: shop 1.4.2: succeeded"])
    #expect(run.neverBegun == ["switch back"])
  }

  @Test func noMigrationWhereNoneIsNeeded() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") { step("needs-migration").isFalse() }
    #expect(run.exitStatus == 0, "\(run)")
    #expect(try !run.began("migrate"))
  }

  @Test func oneBadHostIsTolerated() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") {
      step("restart the shop", on: "web3").fails(status: 3, printing: "Job for shop.service failed")
    }
    #expect(run.exitStatus == 3, "\(run)")
    #expect(run.outcomes == ["web1": .succeeded, "web2": .succeeded, "web3": .failed, "web4": .succeeded, "db1": .succeeded])
    #expect(try !run.began("healthy", on: "web3"))
  }

  @Test func twoBadHostsStopTheRollout() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") {
      step("what runs now").prints("1.4.1")
      step("healthy", on: "web1", "web2").fails()
    }
    #expect(run.exitStatus == 1, "\(run)")
    #expect(try run.batches(of: "restart the shop") == [["web1"], ["web2", "web3"]])
    #expect(try run.host("web2").problem == "[8] healthy: status 1")
    #expect(try run.hosts(thatBegan: "switch back").sorted() == ["web1", "web2", "web3", "web4"])
    #expect(run.messages == ["slack: shop 1.4.2: failed"])
  }

  @Test func anUnreachableHostIsKnownBeforeAnythingIsDone() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") { host("web4").isUnreachable() }
    #expect(run.exitStatus == 4, "\(run)")
    #expect(run.steps.isEmpty)
  }

  @Test func aSlowFetchIsTriedAgain() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") { step("fetch", on: "web2").fails(times: 2) }
    #expect(run.exitStatus == 0, "\(run)")
    #expect(try run.begun("fetch", on: "web2").map(\.attempts) == [3])
  }

  @Test func onlyOneDeploysAtATime() async throws {
    let run = try await rehearsal.rehearse("deploy:production", "--version", "1.4.2") { lock("shop").isHeld(by: "anna") }
    #expect(run.exitStatus == 5, "\(run)")
    #expect(run.steps.isEmpty)
  }
}
