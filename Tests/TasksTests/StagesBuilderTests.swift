import Testing

@testable import Tasks

/// What a builder of phases makes of phases and of steps without a block.
struct PhasesRow: CustomTestStringConvertible, Sendable {
  let id: String
  let phases: [Phase]
  let outline: String

  init(_ id: String, _ outline: String, @Phases _ phases: () -> [Phase]) {
    self.id = id
    self.outline = outline
    self.phases = phases()
  }

  var testDescription: String { id }
}

/// What a builder of stages makes of Swift's statements.
struct StagesRow: CustomTestStringConvertible, Sendable {
  let id: String
  let stages: [Stage]
  let outline: String

  init(_ id: String, _ outline: String, @Stages _ stages: () -> [Stage]) {
    self.id = id
    self.outline = outline
    self.stages = stages()
  }

  var testDescription: String { id }
}

@Steps private func stepRecipe() -> [Step] {
  run("r1")
  run("r2")
}

@Phases private func phaseRecipe() -> [Phase] {
  parallel { run("p") }
  run("loose")
}

@Stages private func stageRecipe() -> [Stage] {
  local("s1")
  local("s2")
}

private let yes = true
private let two = 2
private let no = false

@Suite struct PhasesBuilderTests {
  static let rows: [PhasesRow] = [
    PhasesRow("nothing", "") {},
    PhasesRow("neighbours are one phase", "implicit\n  run a\n  run b") {
      run("a")
      run("b")
    },
    PhasesRow("a block cuts", "implicit\n  run a\nparallel\n  run b\nimplicit\n  run c") {
      run("a")
      parallel { run("b") }
      run("c")
    },
    PhasesRow("blocks stay apart", "parallel\n  run a\nparallel at most 5\n  run b") {
      parallel { run("a") }
      parallel(limit: 5) { run("b") }
    },
    PhasesRow("serially", "serially [Tasks.Share.count(1)] pause 0.0 seconds tolerating count(0)\n  run a") { serially { run("a") } },
    PhasesRow(
      "serially with everything",
      "serially [Tasks.Share.count(1), Tasks.Share.percent(25), Tasks.Share.rest] pause 2.0 seconds tolerating percent(10)\n  run a"
    ) {
      serially(by: [.count(1), .percent(25), .rest], pause: .seconds(2), tolerating: .percent(10)) { run("a") }
    },
    PhasesRow("serially by one share", "serially [Tasks.Share.percent(10)] pause 0.0 seconds tolerating count(0)\n  run a") {
      serially(by: .percent(10)) { run("a") }
    },
    PhasesRow("an if does not cut", "implicit\n  run a\n  run b\n  run c") {
      run("a")
      if yes { run("b") }
      run("c")
    },
    PhasesRow("an empty if does not cut", "implicit\n  run a\n  run c") {
      run("a")
      if no { parallel { run("b") } }
      run("c")
    },
    PhasesRow("a block in an if cuts", "implicit\n  run a\nparallel\n  run b\nimplicit\n  run c") {
      run("a")
      if yes { parallel { run("b") } } else { run("b") }
      run("c")
    },
    PhasesRow("a loop is one phase", "implicit\n  run a\n  run 1\n  run 2\n  run b") {
      run("a")
      for number in 1...2 { run("\(number)") }
      run("b")
    },
    PhasesRow("a loop of blocks", "parallel\n  run 1\nparallel\n  run 2") { for number in 1...2 { parallel { run("\(number)") } } },
    PhasesRow("a switch does not cut", "implicit\n  run a\n  run two") {
      run("a")
      switch two {
      case 1: run("one")
      case 2: run("two")
      default: run("many")
      }
    },
    PhasesRow("recipes of steps do not cut", "implicit\n  run a\n  run r1\n  run r2\n  run b") {
      run("a")
      stepRecipe()
      run("b")
    },
    PhasesRow("recipes of phases", "implicit\n  run a\nparallel\n  run p\nimplicit\n  run loose\n  run b") {
      run("a")
      phaseRecipe()
      run("b")
    },
    PhasesRow("scopes and conditions do not cut", "implicit\n  within /srv: run a\n  when t\n    run b\n  run c") {
      within("/srv") { run("a") }
      when("t") { run("b") }
      run("c")
    },
    PhasesRow("an empty scope is nothing", "implicit\n  run a") {
      within("/srv") {}
      run("a")
    },
  ]

  @Test(arguments: rows) func collects(row: PhasesRow) { #expect(Outline.text(row.phases) == row.outline) }
}

@Suite struct StagesBuilderTests {
  static let rows: [StagesRow] = [
    StagesRow("nothing", "") {},
    StagesRow(
      "every stage",
      """
      hosts web
        implicit
          run a
      local b
      local b named c
      notify slack: live
      confirm sure?
      invoke d []
      invoke d ["x=1", "y=2"]
      """
    ) {
      hosts("web") { run("a") }
      local("b")
      local("b", named: "c")
      notify(.slack(.environment("HOOK")), "live")
      confirm("sure?")
      invoke("d")
      invoke("d", ["y": "2", "x": "1"])
    },
    StagesRow(
      "nesting",
      """
      attempt
        locked shop
          always
            hosts web and db
              parallel
                run a
          finally
            local b
      onFailure
        invoke rollback []
      """
    ) {
      attempt {
        locked("shop") {
          always {
            hosts("web and db") { parallel { run("a") } }
          } finally: {
            local("b")
          }
        }
      } onFailure: {
        invoke("rollback")
      }
    },
    StagesRow("statements", "local a\nlocal 1\nlocal 2\nlocal else\nlocal s1\nlocal s2") {
      if yes { local("a") }
      for number in 1...2 { local("\(number)") }
      if no { local("then") } else { local("else") }
      stageRecipe()
    },
    StagesRow("switch", "local b") {
      switch "b" {
      case "a": local("a")
      default: local("b")
      }
    },
    StagesRow("available", "local new") { if #available(macOS 15, *) { local("new") } },
  ]

  @Test(arguments: rows) func collects(row: StagesRow) { #expect(Outline.text(row.stages) == row.outline) }

  @Test func deployfilesListTasksAndEnvironments() {
    let build = task("build", "Build") { local("make") }
    let deployfile = Deployfile {
      environment("test", inventory: "hosts.ini")
      build
      task("inline", "Inline") {}
      if yes { task("if", "If") {} }
      for name in ["x", "y"] { task("for:\(name)", "For") {} }
      if no { task("then", "Then") {} } else { task("else", "Else") {} }
      [build, build]
      environment("production", inventory: "hosts.ini", protected: true)
    }
    #expect(
      Outline.text(deployfile.declarations) == """
        environment test
        task build
        task inline
        task if
        task for:x
        task for:y
        task else
        task build
        task build
        environment production
        """)
    #expect(deployfile.environments.map(\.isProtected) == [false, true])
    #expect(deployfile.tasks.count == 8)
  }
}
