import Foundation
import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct FindingTests {
  @Test("from the working folder upwards, by --file, and by the folder it is in; each finds the same program")
  func finds() throws {
    let checkout = try Checkout()
    try checkout.make("project/app/views")
    try checkout.make("elsewhere")
    let expected = Outcome(status: 7, output: "probe\n")
    #expect(try checkout.run(in: "project/app/views") == expected)
    #expect(try checkout.run("-f", "../project/Deployfile.swift", in: "elsewhere") == expected)
    #expect(try checkout.run("deploy", "--file", checkout.project, in: "elsewhere") == expected)
    #expect(try checkout.run("deploy", "--file=../project/Deployfile.swift", in: "elsewhere") == expected)
    #expect(checkout.compilations == 1)
  }

  @Test("a file of another name brings its own folder along")
  func otherName() throws {
    let checkout = try Checkout(nil)
    try checkout.write("project/other/Shop.swift", Checkout.probe("\\(greeting)"))
    try checkout.write("project/other/Shop/Greeting.swift", "let greeting = \"from beside\"\n")
    #expect(try checkout.run("-f", "other/Shop.swift") == Outcome(status: 7, output: "from beside\n"))
  }

  @Test("words after -- are not the launcher's")
  func afterTheDashes() throws {
    let checkout = try Checkout()
    #expect(try checkout.run("--on", "web", "--", "tail", "-f", "log").status == 7)
  }

  @Test func nothingFound() throws {
    let checkout = try Checkout(nil)
    #expect(
      try checkout.run("deploy")
        == Outcome(
          status: 2,
          errors: """
            error: no Deployfile.swift in \(checkout.project) or a folder above it
              Go to a folder that has one, name one with --file PATH, or begin one with: run --init

            """))
    #expect(try checkout.run("--version").status == 0)
    #expect(try checkout.run("--help").status == 0)
  }

  @Test(arguments: [
    (
      ["-f", "deploy.swift"],
      "error: deploy.swift: no such file\n  --file takes the path of a Deployfile, or of the folder it is in.\n"
    ),
    (["--file="], "error: --file needs a path\n  For example: run --file deploy/Deployfile.swift --list\n"),
    (["list", "--file"], "error: --file needs a path\n  For example: run --file deploy/Deployfile.swift --list\n"),
    (["-f", "Makefile"], "error: Makefile: not a Swift file\n  The name of a Deployfile ends in .swift.\n"),
  ])
  func badFile(words: [String], errors: String) throws {
    let checkout = try Checkout()
    try checkout.write("project/Makefile", "all:\n")
    #expect(try checkout.start(words).wait() == Outcome(status: 2, errors: errors))
  }
}
