import Foundation
import TestSupport
import Testing

/// `--build` and `--edit` are the launcher's, before the first task; nothing is compiled for words that mean nothing.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct ErrandTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let words: [String]
    let text: String

    init(_ words: String, _ text: String) {
      self.words = words.split(separator: " ").map(String.init)
      self.text = text
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  static let rows = [
    Row("--build", "--build needs -o FILE, the program that is to be made\n  For example: run --build -o deploy"),
    Row("--build -o=", "--build needs -o FILE, the program that is to be made\n  For example: run --build -o deploy"),
    Row("--build -o", "-o needs a value: FILE\n  Write -o VALUE; -o=VALUE if the value begins with -."),
    Row("-o a --build --output=b", "--output is given more than once\n  It takes one value."),
    Row("--build=a", "--build takes no value, but \"a\" was given\n  Write --build alone."),
    Row("--build -o a deploy", "--build takes no tasks\n  run --help shows the form of the command line."),
    Row("--build -o a -- uptime", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    Row("--build -o a --plan", "--build and --plan exclude each other\n  Choose one."),
    Row("--edit --build", "--edit and --build exclude each other\n  Choose one."),
    Row("--edit --limit web", "--edit takes no --limit\n  run --help shows the form of the command line."),
    Row("-e qa --build -o a", "--build takes no -e\n  run --help shows the form of the command line."),
    Row("--edit --yess", "run takes no option --yess\n  Did you mean \"--yes\"?"),
    Row("--edit -yx", "run takes no option -x\n  Did you mean \"-K\", \"-e\" or \"-f\"?"),
  ]

  @Test(arguments: rows) func refused(row: Row) throws {
    let checkout = try Checkout()
    #expect(try checkout.start(row.words).wait() == Outcome(status: 2, errors: "error: \(row.text)\n"))
    #expect(checkout.compilations == 0)
  }

  @Test(
    "behind a task or a dash they are not the launcher's",
    arguments: [
      ["deploy", "--build", "-o", "a"], ["-e", "qa", "deploy", "--edit"], ["--on", "web", "--", "--build"], ["--colour", "--edit"],
    ])
  func ofTheProgram(words: [String]) throws {
    let checkout = try Checkout()
    let outcome = try checkout.start(words).wait()
    #expect(outcome == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)
  }

  @Test func withoutADeployfile() throws {
    let checkout = try Checkout(nil)
    for words in [["--build", "-o", "a"], ["--edit"]] {
      #expect(try checkout.start(words).wait().errors.hasPrefix("error: no Deployfile.swift in "))
    }
  }
}
