import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct CachingTests {
  @Test("what can change the program compiles it again, and nothing else does")
  func key() throws {
    let checkout = try Checkout()
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
    #expect(try checkout.run("deploy") == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1, "a second run starts no compiler")

    try checkout.write("project/Deployfile.swift", Checkout.probe("edited"))
    #expect(try checkout.run().output == "edited\n")
    #expect(checkout.compilations == 2, "an edit")

    try checkout.write("project/Deployfile.swift", Checkout.probe("edited") + " ")
    #expect(try checkout.run().output == "edited\n")
    #expect(checkout.compilations == 3, "white space: what is hashed is what is compiled")

    try checkout.write("project/Deployfile/More.swift", "let more = 1\n")
    #expect(try checkout.run().output == "edited\n")
    #expect(checkout.compilations == 4, "a file beside it")

    try checkout.write("project/Deployfile/.#More.swift", "not Swift")
    try checkout.write("project/Deployfile/README.md", "not Swift")
    #expect(try checkout.run().output == "edited\n")
    #expect(checkout.compilations == 4, "files that are not Swift, or hidden")

    try FileManager.default.moveItem(atPath: checkout.project, toPath: "\(checkout.root)/moved")
    #expect(try checkout.run(in: "moved").output == "edited\n")
    #expect(checkout.compilations == 4, "a moved checkout")

    try FileManager.default.removeItem(atPath: "\(checkout.root)/moved/Deployfile")
    try checkout.write("moved/Deployfile.swift", Checkout.probe())
    #expect(try checkout.run(in: "moved").output == "probe\n")
    #expect(checkout.compilations == 4, "a state that was compiled before")
  }

  @Test func warningsAreShownOnce() throws {
    let checkout = try Checkout()
    try checkout.write("project/Deployfile.swift", Checkout.probe() + "\nfunc forget() { let unused = 1 }\n")
    let first = try checkout.run()
    #expect(first.errors.contains("Deployfile.swift:") && first.errors.contains("'unused' was never used"))
    #expect(first.output == "probe\n")
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
  }

  @Test func failuresAreNotKept() throws {
    let checkout = try Checkout("let x: Int = \"\"\n")
    #expect(try checkout.run().status == 2)
    #expect(try checkout.run().status == 2)
    #expect(checkout.compilations == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(checkout.cache)/v1/programs").isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(checkout.cache)/v1/tmp").isEmpty)
  }

  @Test("twenty first runs at once compile once")
  func together() throws {
    let checkout = try Checkout()
    let started = try (1...20).map { _ in try checkout.start() }
    for var ended in started.map({ $0.wait() }) {
      // Who waits for longer than a second is told so.
      ended.errors.replace(#/waiting for (process \d+, which is compiling [^\n]*|another process \.\.\.)\n/#, with: "")
      #expect(ended == Outcome(status: 7, output: "probe\n"))
    }
    #expect(checkout.compilations == 1)
  }

  @Test("a source that changes while it is compiled is compiled again")
  func changesMeanwhile() throws {
    let checkout = try Checkout()
    try checkout.write("next.swift", Checkout.probe("edited"))
    // The first compilation sees the old text; by its end the file is another.
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      "\(Launched.swiftc ?? "")" "$@" || exit
      case $* in *-print-target-info*) exit ;; esac
      echo compile >>"\(checkout.root)/count"
      cp "\(checkout.root)/next.swift" "\(checkout.project)/Deployfile.swift"
      """, executable: true)
    #expect(try checkout.run() == Outcome(status: 7, output: "edited\n"))
    #expect(checkout.compilations == 2)
  }

  @Test("who waits for another compilation is told for whom, after a second")
  func waiting() throws {
    let checkout = try Checkout()
    try checkout.write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) ;; *) echo compile >>"\(checkout.root)/count"; sleep 2 ;; esac
      exec "\(Launched.swiftc ?? "")" "$@"
      """, executable: true)
    let first = try checkout.start()
    while checkout.compilations == 0, first.process.isRunning { usleep(10_000) }
    let notice = "waiting for process \(first.process.processIdentifier), which is compiling \(checkout.project)/Deployfile.swift ...\n"
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n", errors: notice))
    #expect(first.wait() == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)
  }

  @Test("programs that nobody used for a month go when another is compiled")
  func pruning() throws {
    let checkout = try Checkout()
    let programs = "\(checkout.cache)/v1/programs"
    let month = Date(timeIntervalSinceNow: -31 * 86_400)
    try checkout.write("cache/v1/programs/old/run", "")
    try checkout.write("cache/v1/programs/recent/run", "")
    try FileManager.default.setAttributes([.modificationDate: month], ofItemAtPath: "\(programs)/old/run")
    #expect(try checkout.run().status == 7)
    let left = try FileManager.default.contentsOfDirectory(atPath: programs)
    #expect(left.count == 2 && left.contains("recent"))
  }
}
