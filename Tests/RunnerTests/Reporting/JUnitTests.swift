import Foundation
import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct JUnitTests {
  private static func plan() throws -> Plan {
    try Fleet.plan {
      attempt {
        hosts("web1,web2") {
          parallel {
            run("make <\(host: .name)>").named("build & test")
            run("grep x").ignoringFailure()
          }
          serially {
            when("test -f x") {
              run("yes")
            } else: {
              run("no")
            }
            run("true").once()
          }
        }
      } onFailure: {
        hosts("db1") { run("never") }
      }
      local("git tag")
    }
  }

  private static func event(
    _ kind: Event.Kind, _ plan: Plan, _ step: Int, _ host: String, text: String? = nil, outcome: Outcome? = nil
  ) throws -> Event {
    let planned = try #require(plan.steps.first { $0.number == step })
    let target = try #require(Fleet.hosts.first { $0.name == host })
    var event = Event(
      kind, host: host, step: planned, name: planned.title(on: target), text: text, duration: outcome.map { _ in 0.25 }, outcome: outcome)
    event.time = Timestamp(milliseconds: 1000 * Int64(step))
    return event
  }

  @Test @Engine func report() throws {
    let folder = try ScratchFolder()
    let plan = try Self.plan()
    let reporter = JUnitReporter(
      file: try OutputFile("\(folder.path)/report.xml", isAtomic: true), mask: { $0.replacing("grep x", with: "[secret]") },
      complain: { Issue.record("\($0)") })
    reporter.begin(plan)
    for event in [
      try Self.event(.stepStarted, plan, 1, "web1"),
      try Self.event(.stepOutput, plan, 1, "web1", text: "a\u{1B}[1m <b>"),
      try Self.event(.stepOutput, plan, 1, "web1", text: "]]> \u{FFFE} ü"),
      try Self.event(.stepFinished, plan, 1, "web1", text: "status 2 \"no\"", outcome: .failed),
      try Self.event(.stepFinished, plan, 1, "web2", outcome: .succeeded),
      try Self.event(.stepFinished, plan, 2, "web2", text: "status 1, ignored", outcome: .failed),
      try Self.event(.stepFinished, plan, 3, "web2", outcome: .succeeded),
      try Self.event(.stepFinished, plan, 4, "web2", text: "connection lost", outcome: .unknown),
    ] {
      reporter.receive(event)
    }
    let rows = [
      Summary.Row(host: "localhost", outcome: .unreachable, isStarted: true, duration: 0, problem: "no route", lastLines: [])
    ]
    reporter.finish(Summary(title: "t:test", status: .failed, duration: 61.5, rows: rows))
    // The last suite was never begun: its time is now.
    let text = try String(contentsOfFile: "\(folder.path)/report.xml", encoding: .utf8).replacing(
      #/timestamp="202[0-9T:-]+"/#, with: "timestamp=\"NOW\"")
    #expect(
      text == #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="t:test" tests="9" failures="1" errors="2" time="61.500">
          <testsuite name="t:test: hosts web1,web2, phase 1" tests="4" failures="1" errors="0" skipped="1" time="0.750" timestamp="1970-01-01T00:00:01">
            <testcase classname="web1" name="[1] build &amp; test" time="0.250">
              <failure message="status 2 &quot;no&quot;" type="failure">a\x1b[1m &lt;b&gt;
        ]]&gt; \ufffe ü</failure>
            </testcase>
            <testcase classname="web1" name="[2] [secret]" time="0.000">
              <skipped message="not started"/>
            </testcase>
            <testcase classname="web2" name="[1] build &amp; test" time="0.250"/>
            <testcase classname="web2" name="[2] grep x" time="0.250"/>
          </testsuite>
          <testsuite name="t:test: hosts web1,web2, phase 2" tests="4" failures="0" errors="1" skipped="2" time="0.500" timestamp="NOW">
            <testcase classname="web1" name="[3] when test -f x" time="0.000">
              <skipped message="not started"/>
            </testcase>
            <testcase classname="web1" name="[6] true" time="0.000">
              <skipped message="not started"/>
            </testcase>
            <testcase classname="web2" name="[3] when test -f x" time="0.250"/>
            <testcase classname="web2" name="[4] yes" time="0.250">
              <error message="connection lost" type="error"></error>
            </testcase>
          </testsuite>
          <testsuite name="t:test: on this machine" tests="1" failures="0" errors="1" skipped="0" time="0.000" timestamp="NOW">
            <testcase classname="localhost" name="[8] git tag" time="0.000">
              <error message="no route" type="error"></error>
            </testcase>
          </testsuite>
        </testsuites>

        """#)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.xml"])
  }
}
