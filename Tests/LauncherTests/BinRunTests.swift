import Foundation
import Testing

/// `bin/run` in a made-up checkout, with a `swift` that makes a `run` without compiling anything; a build is two calls of it.
@Suite struct BinRunTests {
  private let checkout: Checkout

  init() throws {
    checkout = try Checkout(nil)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../bin/run").standardized.path
    try checkout.make("package/bin")
    try FileManager.default.copyItem(atPath: script, toPath: "\(checkout.root)/package/bin/run")
    try checkout.write("package/Package.swift", "")
    try checkout.write("package/Sources/Runner/Program.swift", "")
    try checkout.write("bin/swiftc", "#!/bin/sh\n", executable: true)
    try checkout.write(
      "bin/swift",
      """
      #!/bin/sh
      echo "$@" >>"\(checkout.root)/count"
      echo 'Building for production...'
      mkdir -p "$3/.build/release"
      printf '#!/bin/sh\\necho "started: $*"\\nexit 7\\n' >"$3/.build/release/run"
      chmod +x "$3/.build/release/run"
      """, executable: true)
  }

  private func run(_ words: String..., by path: String = "package/bin/run") throws -> Outcome {
    try Started(["\(checkout.root)/\(path)"] + words, in: checkout.project, checkout.environment).wait()
  }

  /// As if everything had been written a while ago, and built after that.
  private func settle() throws {
    let sources = try FileManager.default.subpathsOfDirectory(atPath: "\(checkout.root)/package/Sources").map { "package/Sources/\($0)" }
    for path in sources + ["package/Sources", "package/Package.swift", "bin/swiftc"] { try date(path, secondsAgo: 100) }
    try date("package/.build/release/built-by", secondsAgo: 50)
  }

  private func date(_ path: String, secondsAgo: Double) throws {
    let date = Date(timeIntervalSinceNow: -secondsAgo)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: "\(checkout.root)/\(path)")
  }

  @Test("builds once, quietly, and again when a source, the package or the compiler has changed")
  func builds() throws {
    let expected = Outcome(status: 7, output: "started: deploy --version 1.4.2\n")
    #expect(try run("deploy", "--version", "1.4.2") == expected)
    #expect(try run("deploy", "--version", "1.4.2") == expected)
    let build = ["run", "Pushbutton"].map {
      "build --package-path \(checkout.root)/package/bin/.. -c release --static-swift-stdlib --product \($0)\n"
    }.joined()
    #expect(try String(contentsOfFile: "\(checkout.root)/count", encoding: .utf8) == build)

    for (number, path) in ["package/Sources/Runner/Program.swift", "package/Package.swift", "bin/swiftc"].enumerated() {
      try settle()
      try date(path, secondsAgo: 10)
      #expect(try run("deploy", "--version", "1.4.2") == expected)
      #expect(checkout.compilations == 2 * (number + 2), "\(path)")
    }
    try settle()
    try FileManager.default.removeItem(atPath: "\(checkout.root)/package/Sources/Runner/Program.swift")
    #expect(try run("deploy", "--version", "1.4.2") == expected)
    #expect(checkout.compilations == 10, "a source that was removed")
  }

  @Test("by a link on PATH, relative or absolute, and with spaces in words")
  func links() throws {
    try FileManager.default.createSymbolicLink(atPath: "\(checkout.root)/bin/run", withDestinationPath: "../package/bin/run")
    try FileManager.default.createSymbolicLink(atPath: "\(checkout.root)/run", withDestinationPath: "\(checkout.root)/bin/run")
    #expect(try run("two words", by: "run") == Outcome(status: 7, output: "started: two words\n"))
    #expect(try run("two words", by: "bin/run") == Outcome(status: 7, output: "started: two words\n"))
    #expect(checkout.compilations == 2)
  }

  @Test("a shell that completes words waits for no build, and hears of none")
  func completion() throws {
    #expect(try run("--complete", "fish", "").status == 127)
    #expect(checkout.compilations == 0)
    #expect(try run("deploy").status == 7)
    try settle()
    try date("package/Package.swift", secondsAgo: 10)
    #expect(try run("--complete", "fish", "") == Outcome(status: 7, output: "started: --complete fish \n"))
    #expect(checkout.compilations == 2)
  }

  @Test func noSwift() throws {
    try FileManager.default.removeItem(atPath: "\(checkout.root)/bin/swift")
    #expect(
      try run()
        == Outcome(
          status: 2,
          errors: """
            error: swift is not on PATH, and Pushbutton has to be built first
              Install Swift from https://www.swift.org/install

            """))
  }

  @Test("a failed build is shown in full, and tried again")
  func failedBuild() throws {
    try checkout.write(
      "bin/swift", "#!/bin/sh\necho compile >>\"\(checkout.root)/count\"\necho out\necho err >&2\nexit 1\n", executable: true)
    let expected = Outcome(
      status: 2,
      errors: """
        out
        err
        error: Pushbutton did not build
          with the compiler \(checkout.root)/bin/swiftc; the messages are above

        """)
    #expect(try run() == expected)
    #expect(try run() == expected)
    #expect(checkout.compilations == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(checkout.root)/package/.build").isEmpty)
  }

  @Test("what was built keeps working without Swift, and without its sources")
  func withoutSwift() throws {
    #expect(try run().status == 7)
    for path in ["bin/swift", "bin/swiftc"] { try FileManager.default.removeItem(atPath: "\(checkout.root)/\(path)") }
    #expect(try run().status == 7)
    for path in ["package/Sources", "package/.build/release/built-by"] {
      try FileManager.default.removeItem(atPath: "\(checkout.root)/\(path)")
    }
    #expect(try run().status == 7)
  }
}
