import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct HintTests {
  @Test("the compiler's text comes through with the file and line as the user knows them, wherever `run` was typed")
  func compilerText() throws {
    let checkout = try Checkout("import Tasks\nlet deployfile = Deployfile {\n  deploi\n}\n")
    try checkout.make("project/app")
    let outcome = try checkout.run(in: "project/app")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.replacing(version, with: "VERSION") == """
        Deployfile.swift:3:3: error: cannot find 'deploi' in scope
        1 | import Tasks
        2 | let deployfile = Deployfile {
        3 |   deploi
          |   `- error: cannot find 'deploi' in scope
        4 | }
        5 | 
        error: Deployfile.swift did not compile (VERSION)

        """)
  }

  @Test(
    "what is wrong with `deployfile` is found in the stub, and told in our words only",
    arguments: [
      (
        "import Tasks\n",
        "`let deployfile` is missing: list the tasks at the end of the file, as in `let deployfile = Deployfile { deploy }`"
      ),
      (
        "import Tasks\nlet deployfile = \"shop\"\n",
        "`deployfile` is not a Deployfile: declare it as `let deployfile = Deployfile { ... }`"
      ),
      (
        "import Tasks\nfunc deployfile() -> Deployfile { Deployfile {} }\n",
        "`deployfile` is not a Deployfile: declare it as `let deployfile = Deployfile { ... }`"
      ),
      (
        "import Tasks\nlet deployfile: Deployfile? = nil\n",
        "`deployfile` is not a Deployfile: declare it as `let deployfile = Deployfile { ... }`"
      ),
    ])
  func stub(deployfile: String, hint: String) throws {
    let outcome = try Checkout(deployfile).run()
    #expect(outcome.errors.replacing(version, with: "VERSION") == "hint: \(hint)\nerror: Deployfile.swift did not compile (VERSION)\n")
  }

  @Test("private", arguments: ["private", "fileprivate"])
  func hidden(access: String) throws {
    let outcome = try Checkout("import Tasks\n\(access) let deployfile = Deployfile {}\n").run()
    #expect(!outcome.errors.contains("PushbuttonMain"))
    #expect(outcome.errors.contains("hint: `let deployfile` is private, so `run` cannot see it: remove `private`\n"))
  }

  @Test(arguments: [
    ("import Tasks\nlet deployfile = Deployfile {}\nprint(1)\n", "a Deployfile holds declarations only"),
    ("import Tasks\nvar count = 1\nlet deployfile = Deployfile {}\n", "hosts are worked on at the same time"),
    ("let deployfile = Deployfile {}\n", "add `import Tasks` as the first line"),
    ("#!/usr/bin/env run\nimport Tasks\nlet deployfile = Deployfile {}\n", "remove the line that begins with #!"),
    ("import Tasks\nimport Alamofire\nlet deployfile = Deployfile {}\n", "a Deployfile can import Tasks, Foundation"),
    ("import Tasks\n@main enum Shop { static func main() {} }\nlet deployfile = Deployfile {}\n", "remove `@main`"),
    (
      "import Tasks\n@_silgen_name(\"gone\") func gone()\nlet deployfile = { gone(); return Deployfile {} }()\n",
      "Pushbutton's module and archive may not be of one build"
    ),
    (
      "import Tasks\nlet x = 1 + 2.0 + 3 - -1 + 4.0 * 1 - -2 + -1 + \"a\".count + 3.0 / 1 + 2 + [1, 2].map { $0 + 1 - 2.0 * 3 + $0 }"
        + ".reduce(0, +) + 2\nlet deployfile = Deployfile {}\n",
      "give each task a `let` of its own"
    ),
  ])
  func table(deployfile: String, hint: String) throws {
    let outcome = try Checkout(deployfile).run()
    let lines = outcome.errors.split(separator: "\n")
    #expect(outcome.status == 2)
    #expect(lines.filter { $0.hasPrefix("hint: ") }.map { $0.dropFirst(6).hasPrefix(hint) } == [true], "\(outcome.errors)")
    #expect(lines.last?.hasPrefix("error: Deployfile.swift did not compile (swiftc ") == true)
    #expect(!outcome.errors.contains("PushbuttonMain"))
  }

  @Test("an error elsewhere is not covered by one about the stub that follows from it")
  func both() throws {
    let outcome = try Checkout("import Tasks\nlet deploy = tusk()\n").run()
    #expect(outcome.errors.contains("Deployfile.swift:2:14: error: cannot find 'tusk' in scope"))
    #expect(!outcome.errors.contains("deployfile"))
  }

  @Test("what a compiler says of a program it made is not shown")
  func warnings() throws {
    let checkout = try Checkout(Checkout.probe().replacing("leave(7)", with: "let unused = 1\n  leave(7)"))
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
  }
}

nonisolated(unsafe) private let version = /swiftc \d+\.\d+(\.\d+)?/
