import Foundation
import TestSupport
import Testing

/// What shells ask while somebody types.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct CompletionTests {
  private static let broken = "import Tasks\nlet deployfile = Deployfile { nonsense }\n"

  @Test("the script needs no Deployfile, and compiles none")
  func script() throws {
    let checkout = try Checkout(nil)
    for shell in ["bash", "zsh", "fish"] {
      let outcome = try checkout.run("--completion", shell)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("\(shell) completion of run; made by: run --completion \(shell)\n"))
      #expect(try checkout.run("--completion=\(shell)") == outcome)
    }
    try checkout.write("project/Deployfile.swift", Self.broken)
    #expect(try checkout.run("--completion", "bash").status == 0)
    #expect(checkout.compilations == 0)
    #expect(
      try checkout.run("--completion", "tcsh")
        == Outcome(status: 2, errors: "error: there is no completion for the shell \"tcsh\"\n  Shells are bash, zsh and fish.\n"))
  }

  @Test("without a Deployfile, and with one that does not compile, our own options are known, and nothing is said")
  func alone() throws {
    let checkout = try Checkout(nil)
    let expected = Outcome(status: 0, output: "words\nlive\nplain\njson\n")
    #expect(try checkout.run("--complete", "fish", "--format", "") == expected)
    #expect(try checkout.run("--complete", "bash", "run --format j", "j") == Outcome(status: 0, output: "words\njson \n"))
    #expect(try checkout.run("--complete", "fish", "de") == Outcome(status: 0, output: "words\n"))
    #expect(checkout.compilations == 0)
    try checkout.write("project/Deployfile.swift", Self.broken)
    #expect(try checkout.run("--complete", "fish", "--format", "") == expected)
    #expect(checkout.compilations == 1)
  }

  @Test("the Deployfile is the one that the words name, and the word at the cursor names none yet")
  func file() throws {
    let checkout = try Checkout(nil)
    let text = { (task: String) in
      "import Tasks\nlet deployfile = Deployfile {\n  task(\"\(task)\", \"It\") {}\n}\n"
    }
    try checkout.write("project/Deployfile.swift", text("here"))
    try checkout.write("home/Deployfile.swift", text("there"))
    #expect(try checkout.run("--complete", "fish", "") == Outcome(status: 0, output: "words\nhere\tIt\n"))
    #expect(try checkout.run("--complete", "fish", "-f", "../home", "") == Outcome(status: 0, output: "words\nthere\tIt\n"))
    // No shell has replaced the tilde yet.
    #expect(try checkout.run("--complete", "bash", "run -f ~/Deployfile.swift ", "") == Outcome(status: 0, output: "words\nthere \n"))
    #expect(try checkout.run("--complete", "fish", "-f", "../ho") == Outcome(status: 0, output: "files\n"))
    #expect(try checkout.run("--complete", "fish", "-f", "nowhere", "") == Outcome(status: 0, output: "words\n"))
    #expect(try checkout.run("--complete", "fish", "--on", "x", "--", "-f", "nowhere", "") == Outcome(status: 0, output: "words\n"))
  }
}
