import Tasks
import Testing

@testable import Runner

/// A Deployfile that compiles and is refused all the same.
struct ClashRow: CustomTestStringConvertible, Sendable {
  let id: String
  let deployfile: Deployfile
  let text: String

  init(_ id: String, _ text: String, @Declarations _ declarations: () -> [Declaration]) {
    self.id = id
    self.text = text
    deployfile = Deployfile(declarations)
  }

  var testDescription: String { id }
}

@Suite struct DeployfileCheckTests {
  private static let line: UInt = #line + 5
  private static let x = Parameter<String>("x")

  /// Places are replaced by the number of lines after `line`.
  static let rows = [
    ClashRow("two tasks", "+2: there are two tasks named \"a\", the other at +1\n  Rename one of them.") {
      task("a", "A", line: line + 1) {}
      task("a", "A", line: line + 2) {}
    },
    ClashRow("two environments", "+2: there are two environments named \"a\", the other at +1\n  Rename one of them.") {
      environment("a", inventory: "x", line: line + 1)
      environment("a", inventory: "x", line: line + 2)
    },
    ClashRow(
      "a task with a space",
      "+1: \"a b\" cannot be the name of a task\n  Use letters, digits, \"-\", \"_\" and \".\", and \":\" between parts."
    ) {
      task("a b", "A", line: line + 1) {}
    },
    ClashRow(
      "a task like an option",
      "+1: \"-a\" cannot be the name of a task\n  Use letters, digits, \"-\", \"_\" and \".\", and \":\" between parts."
    ) {
      task("-a", "A", line: line + 1) {}
    },
    ClashRow(
      "a task with a final colon",
      "+1: \"a:\" cannot be the name of a task\n  Use letters, digits, \"-\", \"_\" and \".\", and \":\" between parts."
    ) {
      task("a:", "A", line: line + 1) {}
    },
    ClashRow(
      "a task without a name",
      "+1: \"\" cannot be the name of a task\n  Use letters, digits, \"-\", \"_\" and \".\", and \":\" between parts."
    ) {
      task("", "A", line: line + 1) {}
    },
    ClashRow(
      "an environment with a colon", "+1: \"a:b\" cannot be the name of an environment\n  Use letters, digits, \"-\", \"_\" and \".\"."
    ) {
      environment("a:b", inventory: "x", line: line + 1)
    },
    ClashRow(
      "ambiguous",
      "+1: run a:b could mean the task \"a:b\", or the task \"a\" in the environment \"b\"\n  Rename the task or the environment."
    ) {
      environment("b", inventory: "x")
      task("a", "A") {}
      task("a:b", "A", line: line + 1) {}
    },
    ClashRow("two parameters", "+1: the task \"a\" has two parameters named \"x\"\n  Rename one of them.") {
      task("a", "A", x, x, line: line + 1) { _, _ in }
    },
    ClashRow("a parameter with a space", "+1: \"x y\" cannot be the name of a parameter\n  Use letters, digits, \"-\", \"_\" and \".\".") {
      task("a", "A", Parameter<Int>("x y"), line: line + 1) { _ in }
    },
    ClashRow(
      "reserved", "+1: the parameter \"file\" of the task \"a\" is an option of run, which is read before the Deployfile\n  Rename it."
    ) {
      task("a", "A", Parameter<String>("file"), line: line + 1) { _ in }
    },
  ]

  @Test(arguments: rows) func refuses(row: ClashRow) {
    do throws(DeployfileError) {
      try DeployfileCheck.check(row.deployfile)
      Issue.record("accepted")
    } catch {
      var text = Failure(error).text
      for offset in 1...2 { text = text.replacing("DeployfileCheckTests.swift:\(Self.line + UInt(offset))", with: "+\(offset)") }
      #expect(text == "error: \(row.text)\n")
      #expect(Failure(error).status == .invalid)
    }
  }

  @Test func accepts() throws {
    try DeployfileCheck.check(Shop.deployfile)
    try DeployfileCheck.check(
      Deployfile {
        environment("b", inventory: "x")
        task("a:b", "A") {}
        task("c", "C", Parameter<String>("limit"), Parameter<String>("version")) { _, _ in }
      })
  }
}
