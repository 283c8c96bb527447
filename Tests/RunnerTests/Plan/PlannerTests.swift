import Tasks
import Testing

@testable import Runner

/// What the planner makes of fan-out, limits, `once` and numbers.
@Suite struct PlannerTests {
  private func phases(_ plan: Plan) -> [PlannedPhase] { PlannedStage.phases(of: plan.stages) }

  @Test(arguments: [(nil, nil, 32), (2, nil, 2), (50, nil, 50), (nil, 4, 4), (50, 4, 4), (2, 4, 4)] as [(Int?, Int?, Int)])
  func fanOut(limit: Int?, jobs: Int?, expected: Int) throws {
    let plan = try Fleet.plan(jobs: jobs) { hosts("web") { parallel(limit: limit) { run("a") } } }
    #expect(phases(plan).map(\.fanOut) == [expected])
    #expect(plan.fanOut == jobs ?? 32)
  }

  @Test func serialPhases() throws {
    let plan = try Fleet.plan { hosts("web") { serially(by: [.count(1), .percent(25)], tolerating: .percent(50)) { run("a") } } }
    #expect(phases(plan)[0].batches.map { $0.map(\.name) } == [["web1"], ["web2"], ["web3"], ["web4"]])
    #expect(phases(plan)[0].tolerated == 2)
    #expect(phases(plan)[0].fanOut == 32)
  }

  @Test func batchesAreOfTheHostsThatRemain() throws {
    let plan = try Fleet.plan(limit: "web1:web2") { hosts("web") { serially(by: .percent(50), tolerating: .percent(50)) { run("a") } } }
    #expect(phases(plan)[0].batches.map(\.count) == [1, 1])
    #expect(phases(plan)[0].tolerated == 1)
  }

  @Test func onceIsOnTheFirstSelectedHost() throws {
    let plan = try Fleet.plan(limit: "!web1") { hosts("web") { run("a \(host: .variable("port"))").once() } }
    #expect(plan.steps.map(\.onlyHost) == ["web2"])
  }

  @Test func onceNeedsItsHostOnly() throws {
    let plan = try Fleet.plan { hosts("web") { run("a \(host: .variable("note"))").once() } }
    #expect(plan.steps.map(\.onlyHost) == ["web1"])
  }

  @Test func numbersRunOn() throws {
    let plan = try Fleet.plan(others: [task("other", "O") { local("o") }]) {
      hosts("web") {
        when("t") {
          run("a")
        } else: {
          run("b")
        }
      }
      invoke("other")
      invoke("other")
      attempt {
        local("c")
      } onFailure: {
        local("d")
      }
    }
    #expect(plan.steps.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test func hostsInOrderOfTheirFirstStage() throws {
    let plan = try Fleet.plan {
      hosts("db") { run("a") }
      hosts("web3:web1") { run("b") }
      hosts("all") { run("c") }
    }
    #expect(plan.hosts.map(\.name) == ["db1", "web3", "web1", "web2", "web4"])
  }

  /// Wherever a step may hold a decision, it is asked for before the block.
  @Test func decisionsAreFound() throws {
    let oldest = Decision("the oldest", ask: "ask") { _ in Verdict() }
    let holders: [[Step]] = [
      [run("a \(oldest)")], [capture("a \(oldest)", as: Captured("x"))], when("a \(oldest)") { run("b") }, when("a") { run("b \(oldest)") },
      [restart(.command("a \(oldest)"))], [waitFor(.command("a \(oldest)"), within: .seconds(1))], sudo(as: "x") { run("a \(oldest)") },
      [run("a \(oldest)").atTheEnd()],
    ]
    for steps in holders {
      let plan = try Fleet.plan { hosts("web") { serially { steps } } }
      #expect(plan.steps.first?.kind == "ask")
    }
  }

  @Test func emptyPhasesAreLeftOut() throws {
    let plan = try Fleet.plan {
      hosts("web") {
        parallel {}
        serially { run("a") }
      }
    }
    #expect(phases(plan).count == 1)
  }

  @Test func aTaskMayBeInvokedTwice() throws {
    let plan = try Fleet.plan(others: [task("other", "O", Parameter<Int>("n")) { n in local("echo \(n)") }]) {
      invoke("other", ["n": "1"])
      invoke("other", ["n": "2"])
    }
    #expect(plan.steps.map(\.shown.template) == ["echo 1", "echo 2"])
  }

  @Test func localStagesNeedNoInventory() throws {
    #expect(try Fleet.plan(hosts: nil) { local("make") }.steps.count == 1)
  }

  @Test func aLockIsTakenOnAllHostsOfItsBlockInOneOrder() throws {
    let plan = try Fleet.plan {
      locked("l", wait: .seconds(90)) {
        hosts("web[1]") { run("a") }
        attempt {
          hosts("web[0]") { run("b") }
        } onFailure: {
          hosts("db") { run("c").atTheEnd() }
        }
      }
      locked("here") { local("make") }
      locked("nothing") {}
    }
    let locks = plan.stages.compactMap { if case .locked(let lock, _) = $0 { lock } else { nil } }
    #expect(locks.map { $0.hosts.map(\.name) } == [["db1", "web1", "web2"], ["localhost"], []])
    #expect(locks.map(\.wait) == [.seconds(90), .zero, .zero])
    // What is left for the end of `onFailure` is over before the block is.
    #expect(locks.map(\.isHeldToTheEnd) == [false, false, false])
  }

  @Test func aLockIsHeldUntilWhatIsLeftForTheEnd() throws {
    let plan = try Fleet.plan {
      locked("l") {
        hosts("web") {
          run("a"); run("b").atTheEnd()
        }
      }
    }
    guard case .locked(let lock, _)? = plan.stages.first else { throw CancellationError() }
    #expect(lock.isHeldToTheEnd)
    #expect(lock.hosts.map(\.name) == ["web1", "web2", "web3", "web4"])
  }

  @Test func aBlockOfStepsForTheEndIsLockedToo() throws {
    let plan = try Fleet.plan { locked("l") { hosts("web[0:1]") { run("b").atTheEnd() } } }
    guard case .locked(let lock, _)? = plan.stages.first else { throw CancellationError() }
    #expect(lock.isHeldToTheEnd)
    #expect(lock.hosts.map(\.name) == ["web1", "web2"])
  }
}
