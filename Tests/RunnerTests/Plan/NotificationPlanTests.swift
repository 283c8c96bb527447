import Tasks
import Testing

@testable import Runner

struct NotificationPlanTests {
  private static let hook = Channel.slack(.environment("HOOK"))
  private static let version = Parameter<Version>("version", "what")

  /// Occasions belong to the task that they stand in, however deep; an invoked task has its own.
  private static func plan() throws(Failure) -> Plan {
    let rollback = task("rollback", "R") {
      notify(hook, "going back", on: .start)
      local("back")
      notify(hook, "back", on: .success)
    }
    return try Fleet.plan(
      task("deploy", "D", version) { version in
        attempt {
          local("make")
          notify(hook, "\(version) is made")
          notify(hook, "\(run: .task) starts", on: .start)
        } onFailure: {
          notify(hook, "failed: \(run: .outcome)", on: .failure)
          invoke("rollback")
        }
        notify(.webhook("https://h"), "ended", on: .always)
        notify(hook, "done", on: .success)
      }, others: [rollback], words: ["version": ["v1.0"]])
  }

  @Test func text() throws {
    #expect(
      PlanText.text(of: try Self.plan()) == """
        plan of deploy:test --version=v1.0
          when it starts: notify slack: <run task> starts
          attempt:
            [1] on this machine: make
            notify slack: 1.0 is made
          if that fails:
            task rollback:
              when it starts: notify slack: going back
              [2] on this machine: back
              when it is done: notify slack: back
          when it fails: notify slack: failed: <run outcome>
          when it has ended: notify webhook: ended
          when it is done: notify slack: done

        """)
  }

  @Test func json() throws {
    let stages = try #require(PlanJSON.value(of: try Self.plan())["stages"])
    guard case .array(let values) = stages else { return #expect(Bool(false)) }
    #expect(
      values.map { "\($0["kind"].map { JSON.text($0) } ?? "") \($0["on"].map { JSON.text($0) } ?? "")" } == [
        #""notify" "start""#, #""attempt" "#, #""notify" "failure""#, #""notify" "always""#, #""notify" "success""#,
      ])
    #expect(JSON.text(values[0]) == #"{"kind":"notify","channel":"slack","message":"<run task> starts","on":"start"}"#)
  }

  @Test func versionThatWasAskedFor() throws {
    #expect(try Self.plan().version == "1.0")
    #expect(try Fleet.plan { local("make") }.version == nil)
  }

  @Test func secrets() throws {
    let token = Secret.environment("TOKEN")
    let plan = try Fleet.plan {
      notify(.grafana(server: "\(Secret.file("server"))", token: token), "\(Secret.command("x"))")
      notify(.webhook("https://h", headers: ["A": "\(Secret.prompt("?"))"]), "x", on: .failure)
    }
    #expect(plan.secrets == [token, .file("server"), .command("x"), .prompt("?")])
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var stage: Stage
    var message: String
  }

  static let rows = [
    Row(
      testDescription: "host", stage: notify(hook, "\(host: .name)"),
      message: #"a notification is sent once, not for each host: it cannot hold \(host: ...)"#),
    Row(
      testDescription: "host in an address", stage: notify(.webhook("https://\(host: .address)"), "x", on: .failure),
      message: #"a notification is sent once, not for each host: it cannot hold \(host: ...)"#),
    Row(
      testDescription: "captured", stage: notify(.command("echo \(Captured("was"))"), "x"),
      message: #"a notification is sent from this machine: it cannot hold \(was), which was captured on a host"#),
    Row(
      testDescription: "outcome in place", stage: notify(hook, "\(run: .outcome)"),
      message: #"\(run: .outcome) is known when the task has ended, and this notification is sent before"#),
    Row(
      testDescription: "outcome at the start", stage: notify(hook, "\(run: .outcome)", on: .start),
      message: #"\(run: .outcome) is known when the task has ended, and this notification is sent before"#),
  ]

  @Test(arguments: rows) func refused(row: Row) {
    let error = #expect(throws: Failure.self) { try Fleet.plan { row.stage } }
    #expect(error?.message == row.message)
  }
}
