import Foundation
import TestSupport
import Testing

/// `run --build -o FILE` makes the file whole, or leaves what is there; what the program does is tested in `BuiltProgramTests`.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct BuildTests {
  /// Everything in a folder of the checkout, hidden files too.
  private func names(_ checkout: Checkout, _ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(checkout.root)/\(folder)").sorted()
  }

  private func start(_ path: String, in checkout: Checkout) throws -> Outcome {
    try Started(["\(checkout.root)/\(path)", "a"], in: checkout.root, ["PATH": "/nowhere"]).wait()
  }

  @Test func builds() throws {
    let checkout = try Checkout()
    try checkout.make("project/dist")
    let built = try checkout.run("--build", "-o", "dist/shop")
    let message = try #require(try Regex("built dist/shop from (.*): [0-9]+ MB, needs ssh and no Swift\n").wholeMatch(in: built.output))
    #expect(message.output[1].substring.map(String.init) == "\(checkout.project)/Deployfile.swift")
    #expect(built.status == 0)
    #expect(built.errors == "")
    #expect(try start("project/dist/shop", in: checkout) == Outcome(status: 7, output: "probe\n"))
    #expect(try names(checkout, "project/dist") == ["shop"])
    #expect(checkout.compilations == 1)

    // Another one takes its place, and a file of another Deployfile stands beside it.
    try checkout.write("project/Deployfile.swift", Checkout.probe("edited"))
    #expect(try checkout.run("-f", "..", "--build", "--output=shop", in: "project/dist").status == 0)
    #expect(try start("project/dist/shop", in: checkout) == Outcome(status: 7, output: "edited\n"))

    // One that does not compile leaves it alone.
    try checkout.write("project/Deployfile.swift", "let x: Int = \"\"\n")
    let failed = try checkout.run("--build", "-o", "dist/shop")
    #expect(failed.status == 2)
    #expect(failed.output == "")
    #expect(failed.errors.contains("error: Deployfile.swift did not compile (swiftc "))
    #expect(try start("project/dist/shop", in: checkout) == Outcome(status: 7, output: "edited\n"))
    #expect(try names(checkout, "project/dist") == ["shop"])
  }

  @Test(
    "a program is not made where something else is",
    arguments: [
      ("dist", "dist: is a folder\n  Name the program that is to be made in it, for example: -o dist/deploy"),
      ("new/", "new/: is a folder\n  Name the program that is to be made in it, for example: -o new/deploy"),
      ("new/deploy", "new: there is no such folder\n  Make it first: mkdir -p new"),
      ("/dev/null", "/dev/null: is no file, so no program can take its place\n  Name another file."),
      ("Deployfile.swift", "Deployfile.swift: is there already and is no program\n  Remove it if it is not needed, or name another file."),
    ])
  func obstacles(path: String, text: String) throws {
    let checkout = try Checkout()
    try checkout.make("project/dist")
    #expect(try checkout.run("--build", "-o", path) == Outcome(status: 2, errors: "error: \(text)\n"))
    #expect(checkout.compilations == 0)
    #expect(try names(checkout, "project") == ["Deployfile.swift", "dist"])
    #expect(try String(contentsOfFile: "\(checkout.project)/Deployfile.swift", encoding: .utf8) == Checkout.probe())
  }

  @Test("Ctrl-C while it is compiled leaves nothing behind") func interrupted() throws {
    let checkout = try Checkout()
    try checkout.make("project/dist")
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) exec "\(Launched.swiftc ?? "")" "$@" ;; esac
      echo compile >>"\(checkout.root)/count"
      exec sleep 60
      """, executable: true)
    let started = try checkout.start(["--build", "-o", "dist/shop"])
    while checkout.compilations == 0, started.process.isRunning { usleep(10_000) }
    kill(started.process.processIdentifier, SIGINT)
    #expect(started.wait() == Outcome(status: SIGINT))
    #expect(try names(checkout, "project/dist") == [])
    #expect(try names(checkout, "cache/v1/tmp") == [])
  }

  @Test(
    "a toolchain without the static runtime is found out before anything is compiled", .enabled(if: isLinux, "macOS brings the runtime"))
  func noStaticRuntime() throws {
    let checkout = try Checkout()
    try checkout.make("usr/lib/swift/linux")
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) ;; *) echo compile >>"\(checkout.root)/count" ;; esac
      "\(Launched.swiftc ?? "")" "$@" | sed "s|\\"/.*/lib/swift/linux\\"|\\"\(checkout.root)/usr/lib/swift/linux\\"|"
      """, executable: true)
    let outcome = try checkout.run("--build", "-o", "shop")
    #expect(
      outcome.errors.replacing(#/Swift [0-9.]+ /#, with: "Swift _ ") == """
        error: this installation of Swift _ cannot make static programs: \
        \(checkout.root)/usr/lib/swift_static/linux/static-executable-args.lnk is missing
          Packages of some systems leave it out; install Swift from https://www.swift.org/install, or set SWIFT_EXEC to that swiftc.

        """)
    #expect(outcome.status == 2)
    #expect(checkout.compilations == 0)
  }

  @Test func noCompiler() throws {
    let checkout = try Checkout()
    try FileManager.default.removeItem(atPath: "\(checkout.root)/bin/swiftc")
    #expect(
      try checkout.run("--build", "-o", "shop").errors == """
        error: swiftc is not on PATH, and this Deployfile has not been built here before
          Install Swift from https://www.swift.org/install, or set SWIFT_EXEC to the path of swiftc.

        """)
  }
}

#if os(Linux)
  private let isLinux = true
#else
  private let isLinux = false
#endif
