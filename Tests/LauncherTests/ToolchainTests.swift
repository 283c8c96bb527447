import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct ToolchainTests {
  @Test("without a compiler a program that was compiled before runs, and another says what to install")
  func noCompiler() throws {
    let checkout = try Checkout()
    #expect(try checkout.run().status == 7)
    try FileManager.default.removeItem(atPath: "\(checkout.root)/bin/swiftc")
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))

    try checkout.write("project/Deployfile.swift", Checkout.probe("edited"))
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: """
            error: swiftc is not on PATH, and this Deployfile has not been compiled here before
              Install Swift from https://www.swift.org/install, or set SWIFT_EXEC to the path of swiftc.

            """))
  }

  @Test("a runtime that is gone is named, not left to the loader", .enabled(if: isLinux, "macOS brings the runtime"))
  func noRuntime() throws {
    let checkout = try Checkout()
    try checkout.make("runtime")
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) "\(Launched.swiftc ?? "")" "$@" | sed "s|\"/.*/lib/swift/linux\"|\"\(checkout.root)/runtime\"|" ;;
      *) exec "\(Launched.swiftc ?? "")" "$@" ;; esac
      """, executable: true)
    #expect(try checkout.run().status == 7)
    try FileManager.default.removeItem(atPath: "\(checkout.root)/bin/swiftc")
    #expect(try checkout.run().status == 7)
    try FileManager.default.removeItem(atPath: "\(checkout.root)/runtime")
    let outcome = try checkout.run()
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("error: this Deployfile was compiled by Swift "))
    #expect(outcome.errors.contains(", whose runtime is no longer in \(checkout.root)/runtime\n"))
  }

  @Test func swiftExec() throws {
    let checkout = try Checkout()
    try FileManager.default.moveItem(atPath: "\(checkout.root)/bin/swiftc", toPath: "\(checkout.root)/other-swiftc")
    checkout.environment["SWIFT_EXEC"] = "\(checkout.root)/other-swiftc"
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)

    checkout.environment["SWIFT_EXEC"] = "/nowhere/swiftc"
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: """
            error: SWIFT_EXEC names no program: /nowhere/swiftc
              Set it to the path of swiftc, or unset it to use the one on PATH.

            """))
  }

  @Test func brokenCompiler() throws {
    let checkout = try Checkout()
    try checkout.write("bin/swiftc", "#!/bin/sh\necho 'no toolchain is selected' >&2\nexit 1\n", executable: true)
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: """
            error: \(checkout.root)/bin/swiftc: does not answer `-print-target-info`; it says: no toolchain is selected
              Check the Swift installation: swiftc --version

            """))
  }

  @Test("a Pushbutton of another release is found out before anything is compiled")
  func otherRelease() throws {
    let checkout = try Checkout()
    try checkout.copyLibrary { module in
      // The version stands in the module as text; a digit of the same length keeps the rest in place.
      let text = "Swift version "
      let range = try #require(module.range(of: Data(text.utf8)))
      module[range.upperBound] = UInt8(ascii: "1")
    }
    let outcome = try checkout.run()
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("error: \(checkout.root)/lib: Pushbutton was built by Swift 1."))
    #expect(checkout.compilations == 0)
  }

  @Test func noLibrary() throws {
    let checkout = try Checkout()
    checkout.environment["PUSHBUTTON_LIB_DIR"] = "/nowhere"
    #expect(
      try checkout.run()
        == Outcome(
          status: 2,
          errors: """
            error: Tasks.swiftmodule and libPushbutton.a are missing; looked in
                /nowhere/Modules
                /nowhere
              Build Pushbutton again, or set PUSHBUTTON_LIB_DIR to the folder that holds them.

            """))
  }

  @Test("a new build of Pushbutton compiles Deployfiles again")
  func newBuild() throws {
    let checkout = try Checkout()
    try checkout.copyLibrary { _ in }
    #expect(try checkout.run().status == 7)
    try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: "\(checkout.root)/lib/libPushbutton.a")
    #expect(try checkout.run().status == 7)
    #expect(checkout.compilations == 2)
  }

  @Test("Ctrl-C ends the compiler and everything it started, and leaves nothing behind")
  func interrupt() throws {
    let checkout = try Checkout()
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) exec "\(Launched.swiftc ?? "")" "$@" ;; esac
      sleep 60 &
      echo $! >"\(checkout.root)/child"
      wait
      """, executable: true)
    let started = try checkout.start()
    var child: pid_t = 0
    while child == 0, started.process.isRunning {
      usleep(10_000)
      let text = (try? String(contentsOfFile: "\(checkout.root)/child", encoding: .utf8)) ?? ""
      if text.hasSuffix("\n") { child = pid_t(text.dropLast()) ?? 0 }
    }
    kill(started.process.processIdentifier, SIGINT)
    #expect(started.wait() == Outcome(status: SIGINT))
    #expect(started.process.terminationReason == .uncaughtSignal)
    #expect(child > 0 && !isAlive(child))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(checkout.cache)/v1/tmp").isEmpty)
  }
}

#if os(Linux)
  private let isLinux = true
#else
  private let isLinux = false
#endif

/// Whether a process runs; one that has ended and waits for its parent does not.
private func isAlive(_ process: pid_t) -> Bool {
  for _ in 1...50 {
    let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.split(separator: " ").dropFirst(2).first
    if kill(process, 0) != 0 || state == "Z" { return false }
    usleep(10_000)
  }
  return true
}

extension Checkout {
  /// Gives this checkout a Pushbutton of its own, as an installed copy would look, with the module changed.
  func copyLibrary(changing change: (inout Data) throws -> Void) throws {
    let folder = URL(fileURLWithPath: try #require(Launched.path)).deletingLastPathComponent()
    try make("lib")
    try FileManager.default.copyItem(atPath: folder.appending(path: "libPushbutton.a").path, toPath: "\(root)/lib/libPushbutton.a")
    let modules = folder.appending(path: "Modules/Tasks.swiftmodule")
    let flat = folder.appending(path: "Tasks.swiftmodule")
    var module = try Data(contentsOf: FileManager.default.fileExists(atPath: modules.path) ? modules : flat)
    try change(&module)
    try module.write(to: URL(fileURLWithPath: "\(root)/lib/Tasks.swiftmodule"))
    environment["PUSHBUTTON_LIB_DIR"] = "\(root)/lib"
  }
}
