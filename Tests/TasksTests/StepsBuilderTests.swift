import Testing

@testable import Tasks

/// What a builder of steps makes of Swift's statements.
struct StepsRow: CustomTestStringConvertible, Sendable {
  let id: String
  let steps: [Step]
  let outline: String

  init(_ id: String, _ outline: String, @Steps _ steps: () -> [Step]) {
    self.id = id
    self.outline = outline
    self.steps = steps()
  }

  var testDescription: String { id }
}

private enum Color: CaseIterable { case red, green, blue }

@Steps private func warmUp(_ count: Int) -> [Step] {
  for number in 1...count { run("warm \(number)") }
  run("check")
}

@Suite struct StepsBuilderTests {
  private static let yes = true
  private static let no = false
  private static let text: String? = "x"
  private static let missing: String? = nil

  static let rows: [StepsRow] = [
    StepsRow("nothing", "") {},
    StepsRow("one", "run a") { run("a") },
    StepsRow("in order", "run a\nrun b\nrun c") {
      run("a")
      run("b")
      run("c")
    },
    StepsRow("if", "run a\nrun yes\nrun b") {
      run("a")
      if yes { run("yes") }
      if no { run("no") }
      run("b")
    },
    StepsRow("if else", "run then\nrun else") {
      if yes { run("then") } else { run("else") }
      if no { run("then") } else { run("else") }
    },
    StepsRow("else if", "run second") {
      if no { run("first") } else if yes { run("second") } else { run("third") }
    },
    StepsRow("if let", "run x") {
      if let text { run("\(text)") }
      if let missing { run("\(missing)") }
    },
    StepsRow("switch", "run r\nrun g\nrun b") {
      for color in Color.allCases {
        switch color {
        case .red: run("r")
        case .green: run("g")
        case .blue: run("b")
        }
      }
    },
    StepsRow("for", "run 1\nrun 2\nrun 3") { for number in 1...3 { run("\(number)") } },
    StepsRow("for over nothing", "run end") {
      for name in [String]() { run("\(name)") }
      run("end")
    },
    StepsRow("nested", "run 1 even\nrun 2 odd\nrun 2 even") {
      for row in 1...2 {
        for column in 0..<row {
          if column == row - 1 { run("\(row) even") } else { run("\(row) odd") }
        }
      }
    },
    StepsRow("let", "run a-b") {
      let parts = ["a", "b"]
      let whole = parts.joined(separator: "-")
      run("\(whole)")
    },
    StepsRow("available", "run new") { if #available(macOS 15, *) { run("new") } },
    StepsRow("recipe", "run a\nrun warm 1\nrun warm 2\nrun check\nrun b") {
      run("a")
      warmUp(2)
      run("b")
    },
    StepsRow("map", "run a\nrun b") { ["a", "b"].map { run("\($0)") } },
    StepsRow("scope", "within /srv: run a\nwithin /srv: run b\nrun c") {
      within("/srv") {
        run("a")
        run("b")
      }
      run("c")
    },
    StepsRow("scope around a recipe", "sudo root: run warm 1\nsudo root: run check") { sudo { warmUp(1) } },
    StepsRow("when", "when test\n  run then\nelse\n  run else") {
      when("test") {
        run("then")
      } else: {
        run("else")
      }
    },
    StepsRow("when without else", "when test\n  run then") { when("test") { run("then") } },
    StepsRow("scope around when", "within /srv: when test\n  sudo root: run then") {
      within("/srv") { when("test") { sudo { run("then") } } }
    },
    StepsRow(
      "every step",
      """
      run a
      capture b as c
      upload d to e
      upload d to e mode 600
      download f to g
      sync h to i
      sync h to i deleting
      render j to k ["l"] mode 644
      restart
      reload
      start
      stop
      waitFor within 5.0 seconds
      m: perform
      invalid: no
      """
    ) {
      run("a")
      capture("b", as: Captured("c"))
      upload("d", to: "e")
      upload("d", to: "e", mode: 0o600)
      download("f", to: "g")
      sync("h", to: "i")
      sync("h", to: "i", deleting: true)
      render("j", to: "k", values: ["l": "m"], mode: 0o644)
      restart("n")
      reload(.signal(.hup, pidfile: "n"))
      start(.command("n"))
      stop(.unit("n"))
      waitFor(.tcp("n:1"), within: .seconds(5))
      perform("m") { _ in }
      invalid("no")
    },
  ]

  @Test(arguments: rows) func collects(row: StepsRow) { #expect(Outline.text(row.steps) == row.outline) }
}

@Suite struct ModifierTests {
  static let rows: [StepsRow] = [
    StepsRow("none", "run a") { run("a") },
    StepsRow("named", "b: run a") { run("a").named("b") },
    StepsRow("timeout", "run a timeout 20.0 seconds") { run("a").timeout(.seconds(20)) },
    StepsRow("retry", "run a attempts 3 pause 1.0 seconds") { run("a").retry(3) },
    StepsRow("retry every", "run a attempts 3 pause 0.5 seconds") { run("a").retry(3, every: .milliseconds(500)) },
    StepsRow("ignoringFailure", "run a ignoringFailure") { run("a").ignoringFailure() },
    StepsRow("once", "run a once") { run("a").once() },
    StepsRow("all", "b: run a timeout 1.0 seconds attempts 2 pause 3.0 seconds ignoringFailure once") {
      run("a").named("b").timeout(.seconds(1)).retry(2, every: .seconds(3)).ignoringFailure().once()
    },
    StepsRow("all, the other way round", "b: run a timeout 1.0 seconds attempts 2 pause 3.0 seconds ignoringFailure once") {
      run("a").once().ignoringFailure().retry(2, every: .seconds(3)).timeout(.seconds(1)).named("b")
    },
    StepsRow("the last one counts", "c: run a timeout 2.0 seconds") {
      run("a").named("b").timeout(.seconds(1)).named("c").timeout(.seconds(2))
    },
    StepsRow("of other steps", "shop: restart attempts 2 pause 1.0 seconds\nupload a to b once") {
      restart("shop").named("shop").retry(2)
      upload("a", to: "b").once()
    },
  ]

  @Test(arguments: rows) func changes(row: StepsRow) { #expect(Outline.text(row.steps) == row.outline) }

  @Test func copies() {
    let step = run("a")
    _ = step.named("b").once()
    #expect(Outline.text([step]) == "run a")
  }

  @Test func keepsThePlace() {
    let line: UInt = #line + 1
    let step = run("a").named("b")
    #expect(step.location.description == "StepsBuilderTests.swift:\(line)")
  }
}

@Suite struct ScopeTests {
  static let rows: [StepsRow] = [
    StepsRow("within", "within a: run x") { within("a") { run("x") } },
    StepsRow("sudo", "sudo root: run x") { sudo { run("x") } },
    StepsRow("sudo as", "sudo shop: run x") { sudo(as: "shop") { run("x") } },
    StepsRow("with", #"with ["A=1", "B=2"]: run x"#) { with(["B": "2", "A": "1"]) { run("x") } },
    StepsRow("outermost first", #"within a: sudo shop: with ["A=1"]: run x"#) {
      within("a") { sudo(as: "shop") { with(["A": "1"]) { run("x") } } }
    },
    StepsRow("the other way round", #"with ["A=1"]: sudo shop: within a: run x"#) {
      with(["A": "1"]) { sudo(as: "shop") { within("a") { run("x") } } }
    },
    StepsRow("folders nest", "within a: within b: run x\nwithin a: run y") {
      within("a") {
        within("b") { run("x") }
        run("y")
      }
    },
    StepsRow("host fields", "within /srv/<host name>: run x") { within("/srv/\(host: .name)") { run("x") } },
  ]

  @Test(arguments: rows) func surrounds(row: StepsRow) { #expect(Outline.text(row.steps) == row.outline) }
}
