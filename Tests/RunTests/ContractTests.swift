import Foundation
import TestSupport
import Testing

/// A command line in the contract's folder, and the file beside its Deployfile that holds what it prints.
struct ContractRow: CustomTestStringConvertible, Sendable {
  let words: [String]
  let expected: String

  init(_ words: String, _ expected: String) {
    self.words = words.split(separator: " ").map(String.init)
    self.expected = expected
  }

  var testDescription: String { words.joined(separator: " ") }
}

@Suite("the contract", .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ContractTests {
  private static let folder = "\(BuiltRun.root)/Tests/Contract"

  static let rows = [
    ContractRow("--list", "list.txt"),
    ContractRow("--list --json", "list.json"),
    ContractRow("--hosts --json -e production", "hosts.json"),
    ContractRow("--plan deploy:production --version 1.4.2", "plan.txt"),
    ContractRow("--plan --json deploy:production --version 1.4.2", "plan.json"),
    ContractRow("--plan warm:cache:production", "warm.txt"),
    ContractRow("--help deploy", "help.txt"),
  ]

  @Test("prints what it always printed", arguments: rows) func prints(row: ContractRow) throws {
    let ended = try Self.run(row.words)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output == (try String(contentsOfFile: "\(Self.folder)/expected/\(row.expected)", encoding: .utf8)))
    #expect(ended.errors == "")
  }

  @Test(
    "every task can be planned in every environment", arguments: ["staging", "production"],
    [["deploy", "--version", "1.4.2"], ["rollback"], ["warm:cache"], ["uptime"]])
  func plans(environment: String, task: [String]) throws {
    let ended = try Self.run(["--plan", "-e", environment] + task)
    #expect(ended.status == 0)
    #expect(ended.errors == "")
  }

  @Test func missingVersion() throws {
    let ended = try Self.run(["--plan", "deploy:production"])
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(
      ended.errors == """
        error: the task "deploy" needs --version VERSION
          --version: the version to install, for example 1.4.2.

        """)
  }

  @Test(arguments: [("1.4.", "\".\" fits nothing in \"1.4.\"."), ("", "A version is missing.")])
  func malformedVersion(text: String, reason: String) throws {
    let ended = try Self.run(["--plan", "deploy:production", "--version", text])
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(
      ended.errors == """
        error: --version of the task "deploy" is "\(text)", which is no version
          \(reason) A version looks like 1.4.2 or 2.0rc1; latest and specifiers such as '>=1.4,<2' are understood, too.

        """)
  }

  /// Compiles once, before tests that run together would wait for each other and say so.
  private static let compiled = try? start(["--list"])

  private static func run(_ words: [String]) throws -> Ended {
    _ = try #require(compiled)
    return try start(words)
  }

  private static func start(_ words: [String]) throws -> Ended {
    let started = try Started(
      [BuiltRun.path ?? "run"] + words, folder: folder, environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "NO_COLOR": "1"],
      without: ["PUSHBUTTON_LIB_DIR"])
    return started.end()
  }
}
