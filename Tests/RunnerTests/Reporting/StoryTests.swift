import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct StoryTests {
  private static func plan() throws -> Plan {
    try Fleet.plan {
      attempt {
        hosts("web1,web2") {
          parallel {
            run("make <\(host: .name)>").named("build")
            run("grep x").ignoringFailure()
          }
          serially(by: [.count(1)]) {
            when("test -f x") {
              run("yes")
            } else: {
              run("no")
            }
            run("true").once()
          }
        }
      } onFailure: {
        hosts("db1") { run("undo") }
      }
      local("git tag")
    }
  }

  private static func story(_ plans: Plan...) -> RunStory {
    var story = RunStory(facts: RunFacts(id: "r", started: Timestamp(milliseconds: 0), user: "anna"), title: "t:test")
    story.plan(plans, mask: { $0.replacing("grep x", with: "[secret]") })
    return story
  }

  @Test func phasesAndSteps() throws {
    let story = Self.story(try Self.plan())
    #expect(
      story.plans[0].phases.map { "\($0.title), \($0.how)\($0.isCleaningUp ? ", cleaning up" : ""): \($0.batches)" } == [
        #"hosts web1,web2, in parallel: [["web1", "web2"]]"#, #"hosts web1,web2, 2 batches: [["web1"], ["web2"]]"#,
        #"hosts db1, in parallel, cleaning up: [["db1"]]"#, #"on this machine, : [[""]]"#,
      ])
    #expect(
      story.plans[0].phases.flatMap(\.steps).map { step in
        "\(step.number) \(String(repeating: " ", count: step.depth))\(step.title)\(step.onlyHost.map { " on \($0)" } ?? "")"
          + (step.ignoresFailure ? ", ignored" : "")
      } == ["1 build", "2 [secret], ignored", "3 test -f x", "4  yes", "5  no", "6 true on web1", "7 undo", "8 git tag"])
    #expect(story.hosts == ["", "web1", "web2", "db1"])
    #expect(StoryPlan.all(["task": "t"]).count == 1)
    #expect(StoryPlan.all(["x", ["task": "t"]]).count == 1)
    #expect(StoryPlan.all("x").isEmpty)
  }

  @Engine private static func told(_ plan: Plan, _ story: RunStory, _ events: (StoryRecorder) -> Void) throws -> RunStory {
    var told: RunStory?
    let recorder = StoryRecorder(story) { told = $0 }
    recorder.begin(plan)
    events(recorder)
    recorder.finish(Summary(title: "t", status: .failed, duration: 2, rows: [], changes: [], logs: "/logs"))
    return try #require(told)
  }

  private static func event(
    _ kind: Event.Kind, _ plan: Plan, _ step: Int, _ host: String, words: (inout Event) -> Void = { _ in }
  ) -> Event {
    var event = Event(kind, host: host, step: plan.steps.first { $0.number == step })
    event.time = Timestamp(milliseconds: Int64(step) * 1000)
    words(&event)
    return event
  }

  @Test @Engine func recording() throws {
    let plan = try Self.plan()
    let story = try Self.told(plan, Self.story(plan)) { recorder in
      recorder.receive(Self.event(.stepStarted, plan, 1, "web1") { $0.attempt = 1 })
      recorder.receive(Self.event(.stepOutput, plan, 1, "web1") { $0.text = "attempt 1 of 2: status 1" })
      recorder.receive(Self.event(.stepStarted, plan, 1, "web1") { $0.attempt = 2 })
      for step in plan.steps where step.number == 1 {
        recorder.receive(OutputLines(host: "web1", step: step, stream: .output, lines: [Array("made".utf8)[...]]))
      }
      recorder.receive(
        Self.event(.stepFinished, plan, 1, "web1") {
          ($0.outcome, $0.status, $0.time) = (.succeeded, 0, Timestamp(milliseconds: 1500))
        })
      recorder.receive(Self.event(.stepStarted, plan, 8, "localhost"))
      recorder.receive(Self.event(.stepFinished, plan, 8, "localhost") { ($0.outcome, $0.text) = (.failed, "status 2") })
      recorder.receive(Event(.hostFinished, host: "web2", text: "no route", duration: 1, outcome: .unreachable))
      recorder.receive(Event(.notice, text: "look"))
    }
    let cell = try #require(story.cells[.init(plan: 0, step: 1, host: "web1")])
    #expect(cell.output.lines.map(\.text) == ["attempt 1 of 2: status 1", "made"])
    #expect([cell.begun?.milliseconds, cell.ended?.milliseconds] == [1000, 1500])
    #expect(cell.attempts == 2)
    // The journal's word for this machine, which a host may be called, too.
    let own = try #require(story.cells[.init(plan: 0, step: 8, host: "")])
    #expect(own.problem == "status 2")
    #expect(story.losses.mapValues(\.problem) == ["web2": "no route"])
    #expect(story.notices == ["look"])
    #expect([story.outcome, story.logs] == ["failed", "/logs"])
  }

  /// However much hosts print, no more than so much is held, and the last step's output is what stays.
  @Test @Engine func memoryIsBounded() throws {
    let plan = try Fleet.plan { hosts("web1") { for number in 1...40 { run("step \(raw: String(number))") } } }
    let line = [Array(String(repeating: "x", count: 900).utf8)[...]]
    let story = try Self.told(plan, Self.story(plan)) { recorder in
      for step in plan.steps {
        recorder.receive(Self.event(.stepStarted, plan, step.number, "web1"))
        for _ in 0..<200 { recorder.receive(OutputLines(host: "web1", step: step, stream: .output, lines: line)) }
        recorder.receive(Self.event(.stepFinished, plan, step.number, "web1") { $0.outcome = .succeeded })
      }
    }
    #expect(story.cells.values.reduce(0) { $0 + $1.output.size } < 200_000)
    #expect(story.cells[.init(plan: 0, step: 1, host: "web1")]?.output.lines.map(\.text) == ["(200 lines left out)"])
    #expect((story.cells[.init(plan: 0, step: 40, host: "web1")]?.output.lines.count ?? 0) > 20)
  }

  /// Before and after a run was cut off: what was done stays, and who was given up has another chance.
  @Test @Engine func goingOn() throws {
    let plan = try Self.plan()
    var before = Self.story(plan)
    before.cells[.init(plan: 0, step: 1, host: "web1")] = .init(
      begun: Timestamp(milliseconds: 10), ended: Timestamp(milliseconds: 20), outcome: .succeeded)
    before.losses["web2"] = .init(outcome: .failed, problem: "status 1", time: nil)
    let story = try Self.told(plan, before) { recorder in
      recorder.receive(Self.event(.stepStarted, plan, 1, "web2"))
      recorder.receive(Self.event(.stepFinished, plan, 1, "web2") { $0.outcome = .succeeded })
    }
    #expect(story.cells.count == 2)
    #expect(story.losses.isEmpty)
    #expect(story.pauses.map(\.from.milliseconds) == [20])
  }

  @Test func versions() {
    var story = Self.story()
    for host in ["web1", "web2", "web3"] {
      story.add(.init(application: "shop", host: host, previous: host == "web3" ? "1.3" : "1.4", live: "1.5"))
    }
    story.add(.init(application: "shop", host: "web2", previous: "1.5", live: "1.4"))
    #expect(
      story.versions.map { "\($0.application) \($0.previous) -> \($0.live): \($0.hosts)" } == [
        #"shop 1.4 -> 1.5: ["web1"]"#, #"shop 1.4 -> 1.4: ["web2"]"#, #"shop 1.3 -> 1.5: ["web3"]"#,
      ])
  }
}
