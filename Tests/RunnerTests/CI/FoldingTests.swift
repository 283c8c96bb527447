import Foundation
import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct FoldingTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var ci: CI.Service
    var text: String
    var testDescription: String { ci.rawValue }
  }

  static let rows = [
    Row(
      ci: .gitHub,
      text: """
        deploy
        ::group::hosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        ::endgroup::
        interrupted
        ::group::it's [ü]
        ::endgroup::

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x
        ::error title=a%3Ab%2Cweb1::50%25 of \\x0a, gone

        """),
    Row(
      ci: .azure,
      text: """
        deploy
        ##[group]hosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        ##[endgroup]
        interrupted
        ##[group]it's [ü]
        ##[endgroup]

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x
        ##[error]a:b,web1: 50% of \\x0a, gone

        """),
    Row(
      ci: .gitLab,
      text: """
        deploy
        E[0Ksection_start:1:pushbutton_1_1[collapsed=true]RE[0Khosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        E[0Ksection_end:3:pushbutton_1_1RE[0K
        interrupted
        E[0Ksection_start:4:pushbutton_4_2[collapsed=true]RE[0Kit's [ü]
        E[0Ksection_end:5:pushbutton_4_2RE[0K

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x

        """),
    Row(
      ci: .travis,
      text: """
        deploy
        travis_fold:start:pushbutton_1_1RE[0Khosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        travis_fold:end:pushbutton_1_1RE[0K
        interrupted
        travis_fold:start:pushbutton_4_2RE[0Kit's [ü]
        travis_fold:end:pushbutton_4_2RE[0K

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x

        """),
    Row(
      ci: .buildkite,
      text: """
        deploy
        --- hosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        ^^^ +++
        interrupted
        --- it's [ü]
        +++ Summary

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x

        """),
    Row(
      ci: .teamCity,
      text: """
        deploy
        ##teamcity[blockOpened name='hosts web, in parallel: web1']
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        ##teamcity[blockClosed name='hosts web, in parallel: web1']
        interrupted
        ##teamcity[blockOpened name='it|'s |[|0x00fc|]']
        ##teamcity[blockClosed name='it|'s |[|0x00fc|]']

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x

        """),
    Row(
      ci: .jenkins,
      text: """
        deploy
        - hosts web, in parallel: web1
        web1 > make
        web1 | a ## [add-mask]x
        web1 x failed: status 2 (make)
        interrupted
        - it's [ü]

        deploy: failed in 2 s
          web1  failed  1 s  50% of \\x0a, gone
              : :add-mask::x

        """),
  ]

  private static func events() throws -> [Event] {
    let step = try #require(try Fleet.plan { hosts("web1") { run("make") } }.steps.first)
    var events = [
      Event(.runStarted, name: "deploy"), Event(.phaseStarted, name: "hosts web, in parallel: web1"),
      Event(.stepStarted, host: "web1", step: step, name: "make"),
      Event(.stepFinished, host: "web1", step: step, name: "make", text: "status 2", status: 2, outcome: .failed),
      Event(.phaseFinished, name: "hosts web, in parallel: web1", outcome: .failed), Event(.notice, text: "interrupted"),
      Event(.phaseStarted, name: "it's [ü]"), Event(.phaseFinished, name: "it's [ü]", outcome: .succeeded),
    ]
    for (index, second) in [0, 1, 1, 2, 3, 3, 4, 5].enumerated() { events[index].time = Timestamp(milliseconds: 1000 * Int64(second)) }
    events.insert(Event(.stepOutput, host: "web1", step: step, stream: .output, text: "a ##[add-mask]x"), at: 3)
    return events
  }

  private static let summary = Summary(
    title: "deploy", status: .failed, duration: 2,
    rows: [
      .init(
        host: "a:b,web1", outcome: .failed, isStarted: true, duration: 1, problem: "50% of \n, gone", lastLines: ["::add-mask::x"])
    ])

  @Engine private static func written(_ ci: CI.Service, isFolding: Bool) throws -> String {
    let folder = try ScratchFolder()
    let file = "\(folder.path)/output"
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let sink = Sink(descriptor: descriptor)
    let reporter = PlainReporter(
      sink: sink, detail: .usual, palette: Palette(isOn: false), hosts: ["web1"], ci: CI(ci), isFolding: isFolding)
    for event in try events() { reporter.receive(event) }
    reporter.finish(summary)
    return try String(contentsOfFile: file, encoding: .utf8).replacing("\u{1B}", with: "E").replacing("\r", with: "R")
      .replacing("  a:b,web1  failed", with: "  web1  failed")
  }

  @Test(arguments: rows) @Engine func folds(row: Row) throws {
    #expect(try Self.written(row.ci, isFolding: true) == row.text)
  }

  @Test @Engine func explicitlyPlainIsNotFolded() throws {
    #expect(try Self.written(.gitHub, isFolding: false) == Self.rows.last?.text)
  }

  @Test @Engine func jsonLinesStayJSON() throws {
    let folder = try ScratchFolder()
    let file = "\(folder.path)/output"
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let reporter = JSONReporter(run: "r1", sink: Sink(descriptor: descriptor), ci: CI(.gitHub))
    reporter.receive(Event(.notice, text: "x ##[add-mask]y"))
    reporter.finish(Self.summary)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains(#""text":"x ##\u005badd-mask]y""#))
    #expect(try JSON.parse(Array(text.utf8))["text"] == "x ##[add-mask]y")
  }
}
