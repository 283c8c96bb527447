import Rehearsal
import Tasks
import Testing

/// Batches, tolerances and hosts that fail, by the real engine.
@Suite struct RolloutTests {
  private let rehearsal = Rehearsal(Shop.deployfile)
  private let restart = "systemctl restart -- shop, then active for 3 s without a restart, within 30 s"

  @Test func everythingSucceedsUnlessToldOtherwise() async throws {
    let result = try await rehearsal.rehearse("deploy:test")
    #expect(result.exitStatus == 0, "\(result)")
    #expect(result.outcomes == ["web1": .succeeded, "web2": .succeeded, "web3": .succeeded, "web4": .succeeded])
    #expect(result.hosts.map(\.name) == ["web1", "web2", "web3", "web4"])
    #expect(try result.steps(on: "web3") == ["install", restart, "healthy"])
    #expect(try result.batches(of: "healthy") == [["web1"], ["web2", "web3", "web4"]])
    #expect(try result.began("install", before: "systemctl"))
    #expect(try !result.began("healthy", before: "systemctl"))
    #expect(try result.hosts(thatBegan: "healthy").first == "web1")
    #expect(result.neverBegun == [])
    #expect(result.plans.map(\.task) == ["deploy"])
  }

  @Test func aFailureStopsTheRollout() async throws {
    let result = try await rehearsal.rehearse("deploy:test") {
      step("install", on: "web2").fails(status: 7, printing: "no space\nleft")
    }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.outcomes == ["web1": .cancelled, "web2": .failed, "web3": .cancelled, "web4": .cancelled])
    #expect(try result.host("web2").problem == "[1] install: status 7")
    #expect(try result.begun("install", on: "web2").map(\.errorOutput) == [["no space", "left"]])
    #expect(try result.begun("install", on: "web2").map(\.status) == [7])
    #expect(result.neverBegun == [restart, "healthy"])
    #expect(try result.batches(of: "healthy") == [])
  }

  @Test func toleratedFailuresDropOut() async throws {
    let result = try await rehearsal.rehearse("deploy:test") { step("systemctl", on: "web1").fails() }
    #expect(result.exitStatus == 3, "\(result)")
    #expect(result.outcomes == ["web1": .failed, "web2": .succeeded, "web3": .succeeded, "web4": .succeeded])
    #expect(try !result.began("healthy", on: "web1"))
    #expect(try result.began("healthy", on: "web4"))
  }

  @Test func oneMoreThanIsToleratedStopsIt() async throws {
    let result = try await rehearsal.rehearse("tolerant:test") { step("s", on: "web[1:2]").fails() }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.outcomes == ["web1": .succeeded, "web2": .failed, "web3": .failed, "web4": .notStarted])
    #expect(try result.batches(of: "s") == [["web1"], ["web2"], ["web3"]])
  }

  @Test func unreachableHosts() async throws {
    let result = try await rehearsal.rehearse("deploy:test") { host("web4").isUnreachable() }
    #expect(result.exitStatus == 4, "\(result)")
    #expect(result.outcomes == ["web1": .cancelled, "web2": .cancelled, "web3": .cancelled, "web4": .unreachable])
    #expect(try result.host("web4").problem == "no connection within 10 s (web4:22)")
    #expect(try !result.began("install", on: "web4"))
  }

  @Test func aLostConnectionLeavesTheOutcomeUnknown() async throws {
    let result = try await rehearsal.rehearse("deploy:test") { step("systemctl", on: "web1").losesConnection() }
    #expect(result.exitStatus == 3, "\(result)")
    #expect(result.outcomes == ["web1": .unknown, "web2": .succeeded, "web3": .succeeded, "web4": .succeeded])
    #expect(try result.host("web1").problem == "[2] \(restart): the connection was lost: the connection was reset")
    #expect(try result.begun("systemctl", on: "web1").map(\.outcome) == [.unknown])
  }

  @Test func slowHostsComeLast() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        parallel {
          run("a").named("a"); run("b").named("b")
        }
      }
    }
    let result = try await rehearsal.rehearse("t") {
      step("a", on: "web1").takes(.seconds(7200))
      step("a", on: "web2").takes(.seconds(3600))
    }
    #expect(result.exitStatus == 0, "\(result)")
    #expect(try result.hosts(thatBegan: "b") == ["web3", "web2", "web1"])
  }

  @Test func whatTakesLongerThanItsTimeoutIsEnded() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        run("a").named("a").timeout(.seconds(600))
        run("b").named("b")
      }
    }
    let result = try await rehearsal.rehearse("t") { step("a", on: "web1").takes(.seconds(601)) }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.outcomes == ["web1": .failed, "web2": .succeeded, "web3": .succeeded])
    #expect(try result.host("web1").problem == "[1] a: not done within 10 min, ended")
    #expect(try result.begun("a", on: "web1").map(\.problem) == ["not done within 10 min, ended"])
    #expect(try result.hosts(thatBegan: "b").sorted() == ["web2", "web3"])
  }

  @Test func attemptsThatFailAreTriedAgain() async throws {
    let rehearsal = Shop.rehearsal { hosts("web") { run("a").named("a").retry(3, every: .seconds(600)) } }
    let result = try await rehearsal.rehearse("t") {
      step("a", on: "web1").fails(times: 2)
      step("a", on: "web2").fails(status: 9)
    }
    #expect(result.exitStatus == 1, "\(result)")
    #expect(result.outcomes == ["web1": .succeeded, "web2": .failed, "web3": .succeeded])
    #expect(try ["web1", "web2", "web3"].map { host in try result.begun("a", on: host).map(\.attempts) } == [[3], [3], [1]])
  }

  @Test func severalTasksInOneRun() async throws {
    let result = try await Shop.rehearsal { hosts("web") { run("first").named("first") } }.rehearse("t", "other")
    #expect(result.exitStatus == 0, "\(result)")
    #expect(try result.began("first", before: "other"))
    #expect(result.plans.map(\.task) == ["t", "other"])
    #expect(result.outcomes["db1"] == .succeeded)
  }

  @Test func manyHosts() async throws {
    let deployfile = Deployfile {
      environment("e", inventory: .hosts { for number in 1...200 { host("h\(number)", roles: ["web"]) } })
      task("t", "T") { hosts("web") { serially(by: .percent(50)) { run("a").named("a") } } }
    }
    let result = try await Rehearsal(deployfile).rehearse("t") { step("a", on: "h150").fails() }
    #expect(result.exitStatus == 1)
    #expect(result.steps.count == 200)
    #expect(try result.batches(of: "a").map(\.count) == [100, 100])
    #expect(result.hosts.filter { $0.outcome == .failed }.map(\.name) == ["h150"])
  }
}
