import Foundation
import TestSupport
import Testing

/// `bin/install`: what it installs works by itself, and is taken away without a trace.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct InstallTests {
  /// A made-up checkout whose build is the one that the tests were given.
  private let checkout: Checkout

  init() throws {
    checkout = try Checkout()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path
    try checkout.make("package/bin")
    for name in ["run", "install"] {
      try FileManager.default.copyItem(atPath: "\(root)/bin/\(name)", toPath: "\(checkout.root)/package/bin/\(name)")
    }
    try checkout.make("package/.build/release/Modules")
    let build = URL(fileURLWithPath: try #require(Launched.path)).resolvingSymlinksInPath().deletingLastPathComponent().path
    let modules = try #require(Launched.modules)
    var files = ["run": "\(build)/run", "libPushbutton.a": "\(build)/libPushbutton.a"]
    for kind in ["swiftmodule", "swiftdoc", "swiftsourceinfo"] { files["Modules/Tasks.\(kind)"] = "\(modules)/Tasks.\(kind)" }
    for (name, path) in files {
      try FileManager.default.createSymbolicLink(atPath: "\(checkout.root)/package/.build/release/\(name)", withDestinationPath: path)
    }
  }

  private func install(_ words: String..., in folder: String = "package") throws -> Outcome {
    try Started(["\(checkout.root)/package/bin/install"] + words, in: "\(checkout.root)/\(folder)", checkout.environment).wait()
  }

  private var installed: [String] {
    FileManager.default.subpaths(atPath: "\(checkout.root)/my tools")?.sorted() ?? []
  }

  private static let all = [
    "bin", "bin/run", "lib", "lib/pushbutton", "lib/pushbutton/Tasks.swiftdoc", "lib/pushbutton/Tasks.swiftmodule",
    "lib/pushbutton/Tasks.swiftsourceinfo", "lib/pushbutton/installed", "lib/pushbutton/libPushbutton.a",
  ]

  @Test("into a folder with a space in its name, for a user without a home, and the checkout is needed no more") func works() throws {
    checkout.environment["HOME"] = ""
    checkout.environment["PUSHBUTTON_CACHE_DIR"] = nil
    let prefix = "\(checkout.root)/my tools"
    let expected = Outcome(status: 0, output: "installed pushbutton 0.1.0 in \(prefix)\n\(prefix)/bin is not on PATH yet\n")
    #expect(try install("--prefix", "../my tools/") == expected)
    #expect(installed == Self.all)
    // Again, over what is there.
    checkout.environment["PATH", default: ""] += ":\(prefix)/bin"
    #expect(try install("--prefix=\(prefix)", in: "tmp") == Outcome(status: 0, output: "installed pushbutton 0.1.0 in \(prefix)\n"))
    #expect(installed == Self.all)

    try FileManager.default.moveItem(atPath: "\(checkout.root)/package", toPath: "\(checkout.root)/moved")
    let first = try run("deploy")
    #expect(first.status == 7)
    #expect(first.output == "probe\n")
    #expect(first.errors == "note: HOME is not set; compiled Deployfiles are kept in \(checkout.root)/tmp/pushbutton-\(geteuid())\n")
    #expect(try run("deploy") == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)
    // Whoever calls it by a link elsewhere finds the same.
    try FileManager.default.createSymbolicLink(atPath: "\(checkout.root)/bin/run", withDestinationPath: "../my tools/bin/run")
    #expect(try run("deploy", by: "bin/run") == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)
    #expect(try run("--build", "-o", "shop").status == 0)
    #expect(try Started(["\(checkout.project)/shop"], in: checkout.root, [:]).wait() == Outcome(status: 7, output: "probe\n"))
  }

  private func run(_ words: String..., by path: String = "my tools/bin/run") throws -> Outcome {
    try Started(["\(checkout.root)/\(path)"] + words, in: checkout.project, checkout.environment).wait()
  }

  @Test("and away again, but for what others have put there") func uninstalls() throws {
    let prefix = "\(checkout.root)/my tools"
    #expect(try install("--prefix", prefix).status == 0)
    #expect(try install("--prefix", prefix, "--uninstall") == Outcome(status: 0, output: "removed Pushbutton from \(prefix)\n"))
    #expect(installed == [])
    #expect(
      try install("--prefix", prefix, "--uninstall")
        == Outcome(
          status: 2,
          errors:
            "error: \(prefix)/lib/pushbutton/installed is missing: nothing was installed there\n  Name the folder with --prefix DIR.\n"))

    #expect(try install("--prefix", prefix).status == 0)
    try checkout.write("my tools/bin/other", "")
    try checkout.write("my tools/lib/pushbutton/note", "")
    #expect(try install("--uninstall", "--prefix", prefix).status == 0)
    #expect(installed == ["bin", "bin/other", "lib", "lib/pushbutton", "lib/pushbutton/note"])

    // Nor a folder that was there before, empty as it is; the second installation knows it as the first one did.
    try checkout.make("own/bin")
    for _ in 1...2 { #expect(try install("--prefix", "\(checkout.root)/own").status == 0) }
    #expect(try install("--uninstall", "--prefix", "\(checkout.root)/own").status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(checkout.root)/own") == ["bin"])
  }

  @Test("another program of that name is not overwritten") func foreign() throws {
    try checkout.write("my tools/bin/run", "another\n")
    let prefix = "\(checkout.root)/my tools"
    #expect(
      try install("--prefix", prefix)
        == Outcome(
          status: 2,
          errors: """
            error: \(prefix)/bin/run is there already, and bin/install has not put it there
              Remove it, or choose another folder with --prefix DIR.

            """))
    #expect(installed == ["bin", "bin/run"])
    #expect(try String(contentsOfFile: "\(prefix)/bin/run", encoding: .utf8) == "another\n")
  }

  @Test(arguments: [
    (["--prefix"], "--prefix needs a folder"), (["--prefix="], "--prefix needs a folder"),
    (["--prefx", "a"], "there is no option --prefx"),
    (["somewhere"], "there is no option somewhere"),
  ])
  func usage(words: [String], text: String) throws {
    let outcome = try Started(["\(checkout.root)/package/bin/install"] + words, in: checkout.root, checkout.environment).wait()
    #expect(outcome == Outcome(status: 2, errors: "error: \(text)\n  usage: bin/install [--prefix DIR] [--uninstall]\n"))
  }

  @Test func aBuildThatIsNotWhole() throws {
    try FileManager.default.removeItem(atPath: "\(checkout.root)/package/.build/release/libPushbutton.a")
    #expect(
      try install("--prefix", "\(checkout.root)/my tools").errors == """
        error: \(checkout.root)/package/.build/release/libPushbutton.a is missing
          Remove .build/release/built-by and start bin/run: it builds again.

        """)
    #expect(installed == [])
  }
}
