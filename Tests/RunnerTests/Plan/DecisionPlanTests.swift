import Testing

@testable import Runner
@testable import Tasks

/// What is asked first, and what is left for the end, as plans show it.
@Suite struct DecisionPlanTests {
  static let oldest = Decision("the oldest schema", ask: "bin/schema") { Verdict($0.map(\.output).min() ?? "") }

  @Test func askedOnceAndFirst() throws {
    let plan = try Fleet.plan {
      hosts("web") {
        parallel { run("first") }
        serially {
          sudo(as: "shop") { run("migrate \(Self.oldest)") }
          when("test \(Self.oldest) = 1") { restart(.command("again \(Self.oldest)")) }
        }
      }
    }
    #expect(
      PlanText.text(of: plan).split(separator: "\n").dropFirst(2).joined(separator: "\n") == """
          hosts web: web[1-4]
            [1] every host is asked first, and this machine decides for all of them: the oldest schema
            in parallel, at most 32 at once
              [2] first
            one batch after the other; a failed host stops it
              batch 1: web1
              batch 2: web2
              batch 3: web3
              batch 4: web4
              [3] migrate <the oldest schema>  (as shop)
              [4] when test <the oldest schema> = 1
                [5] again <the oldest schema>
        """)
    #expect(plan.steps[0].attributes.user == "shop")
  }

  @Test func atTheEnd() throws {
    let plan = try Fleet.plan {
      attempt {
        hosts("web") {
          run("a")
          when("b") { run("last a").atTheEnd() }
          within("/srv") { run("last b").atTheEnd() }
        }
      } onFailure: {
        hosts("db") {
          run("last c").atTheEnd()
          run("c")
        }
      }
      hosts("db") { run("d") }
    }
    #expect(
      PlanText.text(of: plan).split(separator: "\n").dropFirst(2).joined(separator: "\n") == """
          attempt:
            hosts web: web[1-4]
              in parallel, at most 32 at once
                [1] a
                [2] when b
          if that fails:
            hosts db: db1
              in parallel, at most 32 at once
                [3] c
            at the end, when all that has succeeded:
              hosts db: db1
                in parallel, at most 32 at once
                  [4] last c
          hosts db: db1
            in parallel, at most 32 at once
              [5] d
          at the end, when all that has succeeded:
            hosts web: web[1-4]
              in parallel, at most 32 at once
                [6] last a
                [7] last b  (in /srv)
        """)
  }

  @Test func fieldsOfTheRun() throws {
    let plan = try Fleet.plan { hosts("db") { run("echo \(run: .user) \(run: .environment)") } }
    let facts = RunFacts(id: "r", started: Timestamp(milliseconds: 250), user: "o'hara")
    #expect(plan.steps[0].shown.template == "echo <run user> <run environment>")
    #expect(plan.filled(with: facts).steps[0].shown.template == "echo 'o'\\''hara' test")
    #expect(facts.text(of: .started, in: plan) == "19700101T000000.250Z")
  }

  @Test func whatIsKnownOfLiveVersions() {
    let memory = LiveMemory(entries: [
      "web1": .init(version: "1.0", since: "2026-01-01 10:00 UTC"), "web2": .init(version: "1.0", since: "2026-01-02 10:00 UTC"),
      "web3": .init(version: "1.1", since: "2026-01-03 10:00 UTC"),
    ])
    #expect(
      memory.text(for: ["web1", "web2", "web3", "web4"])
        == "1.0 on web[1-2] (2026-01-02 10:00 UTC), 1.1 on web3 (2026-01-03 10:00 UTC)")
    #expect(memory.text(for: ["web4"]) == nil)
  }

  @Test(arguments: [
    ("1.0 -> 1.1", "1.0", "1.1"), ("noise\nnothing -> 1.0\n", "nothing", "1.0"), ("unknown (x) -> 2 b", "unknown (x)", "2 b"),
  ]) func change(output: String, previous: String, live: String) throws {
    let change = try #require(VersionChange(Array(output.utf8)))
    #expect(change.previous == previous && change.live == live)
  }

  @Test(arguments: ["", "1.0", "a -> b -> c", "1.0->1.1", "1.0 -> \(String(repeating: "1", count: 500))"]) func noChange(output: String) {
    #expect(VersionChange(Array(output.utf8)) == nil)
  }
}
