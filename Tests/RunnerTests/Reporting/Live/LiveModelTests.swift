import Tasks
import Testing

@testable import Runner

/// Pictures, row by row, of what events tell.
@Suite struct LiveModelTests {
  private static let start = Clock.now

  private static func model(before: Duration? = nil, signs: Signs = .unicode) -> LiveModel {
    LiveModel(palette: Palette(isOn: false), signs: signs, detail: .usual, before: before, now: start)
  }

  private static func steps() throws -> [PlannedStep] {
    try Fleet.plan {
      hosts("web1") {
        run("make"); run("restart")
      }
    }.steps
  }

  private static func after(_ seconds: Int) -> Clock.Instant { start + .seconds(seconds) }

  @Test func aPhaseInTheMiddle() throws {
    let steps = try Self.steps()
    var model = Self.model(before: .seconds(95))
    #expect(model.receive(Event(.runStarted, name: "deploy:production"), now: Self.start) == ["deploy:production"])
    #expect(model.receive(Event(.phaseStarted, name: "hosts web, in parallel: web[1-4]", batches: [4]), now: Self.start) == [])
    _ = model.receive(Event(.hostConnected, host: "web1"), now: Self.start)
    _ = model.receive(Event(.stepStarted, host: "web2", step: steps[0], name: "make\nmore"), now: Self.after(1))
    model.receive(
      OutputLines(host: "web2", step: steps[0], stream: .output, lines: ["first", "a \u{1B}[31mred\u{7} one"].map { Array($0.utf8)[...] }),
      now: Self.after(2))
    _ = model.receive(Event(.stepStarted, host: "web3", step: steps[1], name: "restart", attempt: 2), now: Self.after(3))
    #expect(model.receive(Event(.hostFinished, host: "web4", outcome: .succeeded), now: Self.after(3)) == [])
    #expect(
      model.picture(width: 79, height: 23, frame: 0, now: Self.after(61)) == [
        "⠋ hosts web, in parallel: web[1-4]  ━━━━━───────────────  1/4 · 1:01",
        "  web1  connecting  1:01",
        "  web2  [1] make ...  1:00  a \\x1b[31mred\\x07 one",
        "  web3  [2] restart (attempt 2)  58 s",
        "  1:01 in all, 1:35 the last time",
      ])
    #expect(
      model.receive(Event(.phaseFinished, name: "hosts web", duration: 62, outcome: .succeeded), now: Self.after(62)) == [
        "✓ hosts web  1 min 2 s"
      ])
    #expect(model.picture(width: 79, height: 23, frame: 0, now: Self.after(63)) == [])
  }

  @Test func aFailureIsShownAtOnceWithItsLastLines() throws {
    let steps = try Self.steps()
    var model = Self.model(signs: .ascii)
    _ = model.receive(Event(.phaseStarted, name: "hosts web", batches: [1, 1]), now: Self.start)
    _ = model.receive(Event(.stepStarted, host: "web1", step: steps[0], name: "make"), now: Self.start)
    model.receive(
      OutputLines(host: "web1", step: steps[0], stream: .error, lines: (1...12).map { Array("line \($0)".utf8)[...] }), now: Self.start)
    #expect(
      model.receive(Event(.stepFinished, host: "web1", step: steps[0], name: "make", text: "status 2", outcome: .failed), now: Self.start)
        == ["  x web1  [1] make: status 2"] + (3...12).map { "      line \($0)" })
    #expect(model.receive(Event(.hostFinished, host: "web1", text: "…", outcome: .failed), now: Self.start) == [])
    #expect(
      model.picture(width: 60, height: 10, frame: 1, now: Self.start) == ["/ hosts web  batch 2/2 - 1/2 - 1 failed - 0 s", "  0 s in all"])
    #expect(
      model.receive(Event(.hostFinished, host: "web2", text: "refused", outcome: .unreachable), now: Self.start) == ["  x web2  refused"])
    #expect(
      model.receive(Event(.phaseFinished, name: "hosts web", duration: 1, outcome: .failed), now: Self.start) == [
        "x hosts web: 2 of 2 hosts failed  1 s"
      ])
  }

  @Test func manyHostsAreToldInOneRow() {
    var model = Self.model()
    _ = model.receive(Event(.phaseStarted, name: "hosts web", batches: [1000]), now: Self.start)
    for number in 100..<140 { _ = model.receive(Event(.hostConnected, host: "web\(number)"), now: Self.start) }
    let picture = model.picture(width: 79, height: 10, frame: 0, now: Self.start)
    #expect(picture.count == 10)
    #expect(picture[8] == "  and 33 more: web[107-139]")
  }

  /// Whatever there is, and however small the terminal: no row is wider, and there are not more than fit.
  @Test(arguments: [(1, 1), (8, 3), (9, 1), (20, 2), (20, 3), (20, 4), (40, 10), (79, 23), (199, 50)])
  func fitsEveryTerminal(width: Int, height: Int) throws {
    let steps = try Self.steps()
    var model = Self.model(before: .seconds(10))
    _ = model.receive(Event(.phaseStarted, name: "hosts 日本語日本語日本語日本語日本語日本語", batches: [30, 30]), now: Self.start)
    for number in 1...40 {
      _ = model.receive(
        Event(.stepStarted, host: "a-very-long-name-of-a-host-\(number)", step: steps[0], name: "日本語 with a long title of a step"),
        now: Self.start)
      let line = Array("🚀 output that is longer than most terminals are wide, and then some more of it, again and again".utf8)
      model.receive(
        OutputLines(host: "a-very-long-name-of-a-host-\(number)", step: steps[0], stream: .output, lines: [line[...]]), now: Self.start)
    }
    for frame in 0..<12 {
      let picture = model.picture(width: width, height: height, frame: frame, now: Self.after(4000))
      #expect(picture.count <= height)
      for row in picture { #expect(row.columns <= width, "\(row)") }
    }
  }

  @Test func hostsCannotWriteControlSequences() throws {
    let steps = try Self.steps()
    var model = Self.model()
    _ = model.receive(Event(.phaseStarted, name: "hosts web", batches: [1]), now: Self.start)
    _ = model.receive(Event(.stepStarted, host: "web1", step: steps[0], name: "a \u{1B}[2J b"), now: Self.start)
    model.receive(
      OutputLines(host: "web1", step: steps[0], stream: .output, lines: [Array("\u{1B}[2J\u{9B}1m\u{202E}".utf8)[...]]), now: Self.start)
    var lines = model.picture(width: 79, height: 10, frame: 0, now: Self.start)
    lines += model.receive(
      Event(.stepFinished, host: "web1", step: steps[0], name: "a \u{1B}[2J b", text: "\u{1B}[2J", outcome: .failed), now: Self.start)
    #expect(lines.count > 3)
    for line in lines { #expect(line == line.safe) }
  }
}
