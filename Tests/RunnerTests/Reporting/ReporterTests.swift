import Foundation
import Tasks
import Testing

@testable import Runner

@Suite(.engine) struct ReporterTests {
  private static let off = Palette(isOn: false)

  /// What a sink got.
  @Engine private static func written(_ body: @Engine (Sink) -> Void) throws -> String {
    let folder = try ScratchFolder()
    let file = "\(folder.path)/output"
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    body(Sink(descriptor: descriptor))
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  private static let summary = Summary(
    title: "deploy:production", status: .failed, duration: 2.5,
    rows: [
      .init(host: "web1", outcome: .succeeded, isStarted: true, duration: 1.25, problem: nil, lastLines: []),
      .init(
        host: "web10", outcome: .failed, isStarted: true, duration: 2, problem: "make: status 2", lastLines: ["no \u{1B}[31mrule", "stop"]),
      .init(host: "db", outcome: .unreachable, isStarted: true, duration: 0, problem: "no route", lastLines: []),
      .init(host: "x", outcome: .cancelled, isStarted: false, duration: 0, problem: nil, lastLines: []),
      .init(host: "y", outcome: .unknown, isStarted: true, duration: 61, problem: nil, lastLines: []),
    ])

  @Test func summaryText() {
    #expect(
      SummaryText.lines(of: Self.summary, Self.off).joined(separator: "\n") == """

        deploy:production: failed in 2.5 s
          web1   succeeded        1.25 s
          web10  failed           2 s  make: status 2
              no \\x1b[31mrule
              stop
          db     unreachable      0 s  no route
          x      not started
          y      outcome unknown  1 min 1 s
        """)
  }

  /// On a terminal, many hosts of which there is nothing to say are one row; each of the others stays.
  @Test func manyHostsAreFolded() {
    var rows = (1...30).map {
      Summary.Row(host: "web\($0)", outcome: .succeeded, isStarted: true, duration: Double($0), problem: nil, lastLines: [])
    }
    rows[6] = Summary.Row(host: "web7", outcome: .failed, isStarted: true, duration: 1, problem: "status 1", lastLines: ["why"])
    for index in 28..<30 { rows[index].outcome = .skipped; rows[index].isStarted = false }
    let summary = Summary(title: "t", status: .failed, duration: 31, rows: rows)
    #expect(
      SummaryText.lines(of: summary, Self.off, isFolded: true).joined(separator: "\n") == """

        t: failed in 31 s
          web[1-6,8-28]  succeeded    28 s
          web7           failed       1 s  status 1
          web[29-30]     not started
        """)
    #expect(SummaryText.lines(of: summary, Self.off).count == 33)
    // What they printed stands above the table then.
    #expect(
      SummaryText.lines(of: Self.summary, Self.off, isFolded: true)
        == SummaryText.lines(of: Self.summary, Self.off).filter { !$0.hasPrefix("      ") })
  }

  static let headlines: [(status: Runner.ExitStatus, text: String)] = [
    (.done, "t: done in 1 s"), (.partial, "t: done, except for tolerated hosts, in 1 s"),
    (.unreachable, "t: failed, a host could not be reached, in 1 s"),
    (.interrupted, "t: interrupted in 1 s"), (.terminated, "t: interrupted in 1 s"), (.failed, "t: failed in 1 s"),
  ]

  @Test(arguments: headlines) func headline(status: Runner.ExitStatus, text: String) {
    #expect(SummaryText.lines(of: Summary(title: "t", status: status, duration: 1, rows: []), Self.off) == ["", text])
  }

  private static func events() throws -> [Event] {
    let step = try #require(try Fleet.plan { hosts("web1") { run("make") } }.steps.first)
    var events = [
      Event(.runStarted, name: "deploy:production on 2 hosts"), Event(.phaseStarted, name: "web: in parallel"),
      Event(.hostConnected, host: "web1"),
      Event(.stepStarted, host: "web1", step: step, name: "make\nmore", attempt: 1),
      Event(.stepStarted, host: "web1", step: step, name: "make", attempt: 2),
      Event(.stepOutput, host: "web1", step: step, stream: .output, text: "compiling \u{1B}[1m"),
      Event(.stepOutput, host: "web10", step: step, stream: .error, text: "warning"),
      Event(.stepFinished, host: "web1", step: step, name: "make", status: 0, duration: 1.2345, outcome: .succeeded, attempt: 2),
      Event(.stepFinished, host: "web10", step: step, name: "make\nmore", text: "status 2", status: 2, duration: 0.5, outcome: .failed),
      Event(.hostFinished, host: "web1", duration: 2, outcome: .succeeded), Event(.phaseFinished), Event(.notice, text: "interrupted"),
      Event(.runFinished),
    ]
    for index in events.indices { events[index].time = Timestamp(milliseconds: 1000 * Int64(index)) }
    return events
  }

  static let plain: [(detail: Invocation.Detail, text: String)] = [
    (
      .usual,
      """
      deploy:production on 2 hosts
      - web: in parallel
      web1  > make ...
      web1  > make (attempt 2)
      web1  | compiling \\x1b[1m
      web10 ! warning
      web10 x failed: status 2 (make ...)
      interrupted

      """
    ),
    (
      .quiet,
      """
      web10 x failed: status 2 (make ...)
      interrupted

      """
    ),
    (
      .verbose,
      """
      deploy:production on 2 hosts
      - web: in parallel
      web1  + connected
      web1  > make ...
      web1  > make (attempt 2)
      web1  | compiling \\x1b[1m
      web10 ! warning
      web1  < done in 1.23 s
      web10 x failed: status 2 (make ...)
      web1  = succeeded in 2 s
      interrupted

      """
    ),
  ]

  @Test("a host's colours pass where ours do") @Engine func colors() throws {
    let step = try #require(try Fleet.plan { hosts("web1") { run("make") } }.steps.first)
    let written = try Self.written { sink in
      let reporter = PlainReporter(sink: sink, detail: .usual, palette: Palette(isOn: true), hosts: ["a"])
      reporter.receive(Event(.stepOutput, host: "a", step: step, stream: .output, text: "\u{1B}[31mred \u{1B}[2J"))
      reporter.receive(Event(.stepStarted, host: "a", step: step, name: "\u{1B}[31mmake"))
      reporter.receive(Event(.notice, host: "a", text: "a: no\nb \u{1B}[31m"))
      reporter.receive(Event(.notice, text: "two\nlines \u{9B}31m"))
      reporter.receive(Event(.phaseStarted, name: "hosts \u{202E}x"))
      sink.flush()
    }
    #expect(
      written.replacing("\u{1B}", with: "^") == """
        ^[32ma^[0m ^[2m|^[0m ^[31mred \\x1b[2J^[0m
        ^[32ma^[0m ^[2m>^[0m ^[2m\\x1b[31mmake^[0m
        ^[33ma: no\\x0ab \\x1b[31m^[0m
        ^[33mtwo
        lines \\x9b31m^[0m
        ^[1m- hosts \\x202ex^[0m

        """)
  }

  @Test(arguments: plain) @Engine func plainLines(detail: Invocation.Detail, text: String) throws {
    let events = try Self.events()
    let written = try Self.written { sink in
      let reporter = PlainReporter(sink: sink, detail: detail, palette: Self.off, hosts: ["web1", "web10"])
      for event in events { reporter.receive(event) }
      sink.flush()
    }
    #expect(written == text)
  }

  @Test @Engine func jsonLines() throws {
    let events = try Self.events()
    let written = try Self.written { sink in
      let reporter = JSONReporter(run: "r1", sink: sink)
      for event in events { reporter.receive(event) }
      reporter.finish(Self.summary)
    }
    #expect(
      written == #"""
        {"time":"1970-01-01T00:00:00.000Z","run":"r1","event":"run.started","name":"deploy:production on 2 hosts"}
        {"time":"1970-01-01T00:00:01.000Z","run":"r1","event":"phase.started","name":"web: in parallel"}
        {"time":"1970-01-01T00:00:02.000Z","run":"r1","event":"host.connected","host":"web1"}
        {"time":"1970-01-01T00:00:03.000Z","run":"r1","event":"step.started","host":"web1","step":1,"name":"make\nmore","attempt":1}
        {"time":"1970-01-01T00:00:04.000Z","run":"r1","event":"step.started","host":"web1","step":1,"name":"make","attempt":2}
        {"time":"1970-01-01T00:00:05.000Z","run":"r1","event":"step.output","host":"web1","step":1,"stream":"stdout","text":"compiling \u001b[1m"}
        {"time":"1970-01-01T00:00:06.000Z","run":"r1","event":"step.output","host":"web10","step":1,"stream":"stderr","text":"warning"}
        {"time":"1970-01-01T00:00:07.000Z","run":"r1","event":"step.finished","host":"web1","step":1,"name":"make","attempt":2,"status":0,"duration":1.235,"outcome":"succeeded"}
        {"time":"1970-01-01T00:00:08.000Z","run":"r1","event":"step.finished","host":"web10","step":1,"name":"make\nmore","text":"status 2","status":2,"duration":0.5,"outcome":"failed"}
        {"time":"1970-01-01T00:00:09.000Z","run":"r1","event":"host.finished","host":"web1","duration":2.0,"outcome":"succeeded"}
        {"time":"1970-01-01T00:00:10.000Z","run":"r1","event":"phase.finished"}
        {"time":"1970-01-01T00:00:11.000Z","run":"r1","event":"notice","text":"interrupted"}
        {"time":"1970-01-01T00:00:12.000Z","run":"r1","event":"run.finished"}

        """#)
  }

  @Test @Engine func aClosedOutputIsNoError() throws {
    let sink = Sink(descriptor: -1)
    sink.write("a\n")
    sink.flush()
    sink.write("b\n")
    sink.flush()
  }
}
