import Foundation
import TestSupport
import Testing

/// What `run --edit` writes, and what it leaves alone; that a server understands it is tested in `LanguageServerTests`.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct EditTests {
  private func checkout() throws -> Checkout {
    let checkout = try Checkout()
    try checkout.write("project/Deployfile/Web.swift", "let web = 1\n")
    try checkout.write("project/Deployfile/README.md", "")
    // Without it a note would say that there is none.
    try checkout.write("bin/sourcekit-lsp", "#!/bin/sh\n", executable: true)
    return checkout
  }

  private func json(_ checkout: Checkout, _ path: String) throws -> NSObject {
    try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(checkout.project)/\(path)"))) as? NSObject)
  }

  private func flags() throws -> [String] {
    ["-module-name", "Deployfile", "-parse-as-library", "-swift-version", "6", "-I", try #require(Launched.modules)]
  }

  private func commands(_ checkout: Checkout, _ names: [String]) throws -> [[String: NSObject]] {
    let arguments = try ["\(checkout.root)/bin/swiftc"] + flags() + names
    return names.map { ["directory": checkout.project as NSString, "file": $0 as NSString, "arguments": arguments as NSArray] }
  }

  private func wrote(_ checkout: Checkout, _ path: String) -> Outcome {
    Outcome(
      status: 0, output: "wrote \(checkout.project)/\(path)\nEditors with sourcekit-lsp now complete, explain and check Deployfile.swift.\n"
    )
  }

  @Test("a command for each file, written anew when they are others, and not when they are the same") func commands() throws {
    let checkout = try checkout()
    let path = "\(checkout.project)/compile_commands.json"
    #expect(try checkout.run("--edit") == wrote(checkout, "compile_commands.json"))
    #expect(try json(checkout, "compile_commands.json") == commands(checkout, ["Deployfile.swift", "Deployfile/Web.swift"]) as NSObject)
    #expect(checkout.compilations == 0)

    let before = try FileManager.default.attributesOfItem(atPath: path) as NSDictionary
    #expect(try checkout.run("--edit", in: "project/Deployfile") == Outcome(status: 0, output: "\(path) is as it should be\n"))
    #expect(try FileManager.default.attributesOfItem(atPath: path) as NSDictionary == before)

    try FileManager.default.moveItem(atPath: "\(checkout.project)/Deployfile/Web.swift", toPath: "\(checkout.project)/Deployfile/DB.swift")
    #expect(try checkout.run("--edit") == wrote(checkout, "compile_commands.json"))
    #expect(try json(checkout, "compile_commands.json") == commands(checkout, ["Deployfile.swift", "Deployfile/DB.swift"]) as NSObject)

    // Another Deployfile beside it has commands of its own.
    try checkout.write("project/Other.swift", Checkout.probe())
    #expect(try checkout.run("--edit", "-f", "Other.swift").status == 0)
    #expect(try checkout.run("--edit") == Outcome(status: 0, output: "\(path) is as it should be\n"))
    let all = try commands(checkout, ["Deployfile.swift", "Deployfile/DB.swift"]) + commands(checkout, ["Other.swift"])
    #expect(try json(checkout, "compile_commands.json") == all as NSObject)
  }

  @Test(
    "where something else rules the folder, its files stay as they are and the server's settings are written",
    arguments: [
      ("Package.swift", "// swift-tools-version: 6.1\n"), ("buildServer.json", "{}"), ("compile_flags.txt", ""),
      ("build/compile_commands.json", "[]"), ("compile_commands.json", "no JSON"),
      ("compile_commands.json", #"[{"directory": "/", "file": "a.c", "command": "cc a.c"}]"#),
    ])
  func settings(name: String, text: String) throws {
    let checkout = try checkout()
    try checkout.write("project/\(name)", text)
    #expect(try checkout.run("--edit") == wrote(checkout, ".sourcekit-lsp/config.json"))
    let all = try flags() + ["\(checkout.project)/Deployfile.swift", "\(checkout.project)/Deployfile/Web.swift"]
    #expect(
      try json(checkout, ".sourcekit-lsp/config.json") == ["fallbackBuildSystem": ["swiftCompilerFlags": all]] as NSObject)
    #expect(try String(contentsOfFile: "\(checkout.project)/\(name)", encoding: .utf8) == text)
    let same = Outcome(status: 0, output: "\(checkout.project)/.sourcekit-lsp/config.json is as it should be\n")
    #expect(try checkout.run("--edit") == same)
  }

  @Test("settings that are there already are added to only when somebody says so, and stay") func foreignSettings() throws {
    let checkout = try checkout()
    let path = "\(checkout.project)/.sourcekit-lsp/config.json"
    let text = #"{"backgroundIndexing": false, "fallbackBuildSystem": {"cCompilerFlags": ["-Wall"], "swiftCompilerFlags": ["-DX"]}}"#
    try checkout.write("project/Package.swift", "")
    try checkout.write("project/.sourcekit-lsp/config.json", text)
    #expect(
      try checkout.run("--edit")
        == Outcome(
          status: 2,
          errors: "error: \(path): has other settings, and nobody said yes to adding to them\n  Add --yes: those settings stay.\n"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)

    #expect(try checkout.run("--edit", "-y") == wrote(checkout, ".sourcekit-lsp/config.json"))
    func expected(_ names: [String]) throws -> NSObject {
      let all = try ["-DX"] + flags() + names.map { "\(checkout.project)/\($0)" }
      return ["backgroundIndexing": false, "fallbackBuildSystem": ["cCompilerFlags": ["-Wall"], "swiftCompilerFlags": all]] as NSObject
    }
    #expect(try json(checkout, ".sourcekit-lsp/config.json") == expected(["Deployfile.swift", "Deployfile/Web.swift"]))
    // From now on they are ours, too.
    try FileManager.default.removeItem(atPath: "\(checkout.project)/Deployfile/Web.swift")
    #expect(try checkout.run("--edit") == wrote(checkout, ".sourcekit-lsp/config.json"))
    #expect(try json(checkout, ".sourcekit-lsp/config.json") == expected(["Deployfile.swift"]))
  }

  @Test(arguments: ["{", "[]", #"{"fallbackBuildSystem": 1}"#]) func settingsThatAreNone(text: String) throws {
    let checkout = try checkout()
    let path = "\(checkout.project)/.sourcekit-lsp/config.json"
    try checkout.write("project/Package.swift", "")
    try checkout.write("project/.sourcekit-lsp/config.json", text)
    #expect(
      try checkout.run("--edit", "--yes")
        == Outcome(
          status: 2,
          errors:
            "error: \(path): is no JSON that sourcekit-lsp reads, so nothing can be added to it\n  Mend it or move it away, and run again.\n"
        ))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("how to keep it out of git is told until git does, and nowhere else", .enabled(if: Git.isAvailable, "needs git")) func git() throws
  {
    let checkout = try checkout()
    try Git.run(["init", "-q", checkout.root])
    let list = "\(checkout.project)/.gitignore"
    let advice = "It holds paths of this machine. To keep it out of git:\n  echo /compile_commands.json >>\(list)\n"
    var expected = wrote(checkout, "compile_commands.json")
    expected.output += advice
    #expect(try checkout.run("--edit") == expected)
    try checkout.write("project/.gitignore", "/compile_commands.json\n")
    #expect(try checkout.run("--edit") == Outcome(status: 0, output: "\(checkout.project)/compile_commands.json is as it should be\n"))
  }

  @Test func noServer() throws {
    let checkout = try checkout()
    try FileManager.default.removeItem(atPath: "\(checkout.root)/bin/sourcekit-lsp")
    let outcome = try checkout.run("--edit")
    #expect(
      outcome.output.hasSuffix(
        "\nsourcekit-lsp is neither beside swiftc nor on PATH: it comes with Swift from https://www.swift.org/install\n"))
    #expect(outcome.status == 0)
  }
}

/// The program, for repositories of a test's own.
enum Git {
  static let path = ["/usr/bin/git", "/bin/git"].first(where: FileManager.default.isExecutableFile(atPath:))
  static let isAvailable = path != nil

  static func run(_ words: [String]) throws {
    let outcome = try Started([path ?? "git"] + words, in: "/", ["HOME": "/nowhere", "PATH": "/usr/bin:/bin"]).wait()
    #expect(outcome.status == 0, "\(outcome)")
  }
}
