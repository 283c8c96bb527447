import Foundation
import TestSupport
import Testing

/// After `run --edit`, the toolchain's own language server knows a Deployfile: it explains, completes, and finds what is wrong.
@Suite(.ownThreads, .serialized, .enabled(if: Launched.isAvailable && LanguageServer.path != nil, "needs a built run and sourcekit-lsp"))
struct LanguageServerTests {
  static let deployfile = """
    import Tasks

    let warm = task("warm", "Fills the cache") {
      hosts(pattern) {
        run("true")
      }
    }

    let deployfile = Deployfile { warm }

    """

  /// The folder that an editor opens, in which the Deployfile is not always at the top.
  struct Layout: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var place = "."
    var files: [String: String] = [:]
    /// Whether the server believes what it is told enough to underline what does not compile: not where something else rules the folder.
    var isBelieved = true
  }

  static let package = """
    // swift-tools-version: 6.0
    import PackageDescription
    let package = Package(name: "site", targets: [.target(name: "Site")])

    """

  static let layouts = [
    Layout(testDescription: "alone"),
    Layout(testDescription: "in a subfolder", place: "deploy"),
    Layout(
      testDescription: "beside a package", files: ["Package.swift": package, "Sources/Site/Site.swift": "let site = 1\n"],
      isBelieved: false),
    Layout(
      testDescription: "in a subfolder of a package", place: "deploy",
      files: ["Package.swift": package, "Sources/Site/Site.swift": "let site = 1\n"]),
    Layout(
      testDescription: "beside another program's commands",
      files: ["compile_commands.json": #"[{"directory": "/", "file": "a.c", "arguments": ["cc", "a.c"]}]"#], isBelieved: false),
  ]

  private func checkout(_ layout: Layout) throws -> Checkout {
    let checkout = try Checkout(nil)
    for (name, text) in layout.files { try checkout.write("project/\(name)", text) }
    try checkout.write("project/\(layout.place)/Deployfile.swift", Self.deployfile)
    try checkout.write(
      "project/\(layout.place)/Deployfile/Web.swift", "import Tasks\n\nlet pattern: Pattern = \"web\"\nlet again = [warm]\n")
    return checkout
  }

  @Test(arguments: layouts) func knows(layout: Layout) throws {
    let checkout = try checkout(layout)
    #expect(try checkout.run("--edit", in: "project/\(layout.place)").status == 0)
    let answers = try LanguageServer.ask(
      checkout, "\(layout.place)/Deployfile.swift", "hover=task(", "complete=hosts(pattern) {\\n    ", "diagnostics")
    #expect(answers.problems == [])
    let hover = try #require(answers.hover)
    #expect(hover.contains("func task"), "\(hover)")
    for word in ["run", "upload", "restart", "parallel", "serially", "waitFor"] { #expect(answers.completions.contains(word), "\(word)") }

    let beside = try LanguageServer.ask(checkout, "\(layout.place)/Deployfile/Web.swift", "hover=warm", "diagnostics")
    #expect(beside.problems == [])
    #expect(beside.hover?.contains("let warm: TaskDefinition") ?? false, "\(beside)")
  }

  @Test(arguments: layouts) func findsTypos(layout: Layout) throws {
    let checkout = try checkout(layout)
    try checkout.write(
      "project/\(layout.place)/Deployfile.swift", Self.deployfile.replacing("run(\"true\")", with: "rum(\"true\")"))
    #expect(try checkout.run("--edit", in: "project/\(layout.place)").status == 0)
    let answers = try LanguageServer.ask(checkout, "\(layout.place)/Deployfile.swift", "diagnostics")
    #expect(answers.problems == (layout.isBelieved ? ["5:5 Cannot find 'rum' in scope"] : []))
  }

  @Test("which it does not before") func knowsNothingBefore() throws {
    let checkout = try checkout(Self.layouts[0])
    let answers = try LanguageServer.ask(checkout, "Deployfile.swift", "hover=task(", "--once", "diagnostics")
    #expect(answers.hover == nil)
    #expect(answers.problems == ["1:8 No such module 'Tasks'"])
  }
}

/// The toolchain's sourcekit-lsp, asked as an editor asks it.
enum LanguageServer {
  static let path: String? = Launched.swiftc.map {
    URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "sourcekit-lsp").path
  }.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }

  struct Answers {
    var hover: String?
    var completions: [String] = []
    var problems: [String]?
  }

  static func ask(_ checkout: Checkout, _ file: String, _ questions: String...) throws -> Answers {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Support/language_server.py").standardized
      .path
    let command = [try #require(path), checkout.project, "\(checkout.project)/\(file)"] + questions
    let outcome = try Started(
      ["/usr/bin/env", "python3", script] + command, in: checkout.project,
      checkout.environment.merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]) { $1 }
    ).wait()
    let found = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome)")
    var answers = Answers()
    for (question, answer) in found {
      if question.hasPrefix("hover=") { answers.hover = answer as? String }
      if question.hasPrefix("complete=") { answers.completions = answer as? [String] ?? [] }
      if question == "diagnostics" { answers.problems = answer as? [String] }
    }
    return answers
  }
}
