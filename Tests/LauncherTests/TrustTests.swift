import Foundation
import TestSupport
import Testing

/// A Deployfile that others could have written is not compiled.
@Suite(.ownThreads, .enabled(if: Launched.isAvailable, Launched.why))
struct TrustTests {
  @Test(arguments: [
    ("project/Deployfile.swift", "file", 0o666), ("project/Deployfile", "folder", 0o757), ("project/Deployfile/More.swift", "file", 0o646),
    ("project", "folder", 0o1777),
  ])
  func refused(path: String, what: String, mode: mode_t) throws {
    let checkout = try Checkout()
    try checkout.write("project/Deployfile/More.swift", "let more = 1\n")
    let full = "\(checkout.root)/\(path)"
    chmod(full, mode)
    let text = String(mode, radix: 8)
    let owner = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? ""
    let facts = "(mode \(String(repeating: "0", count: 4 - text.count) + text), owner \(owner))"
    let refusal = Outcome(
      status: 2,
      errors: """
        error: \(full): this \(what) can be written by everybody \(facts), and what is in it decides what a run does
          Take that right away with: chmod go-w \(full), or add --trust-files to use it all the same.

        """)
    #expect(try checkout.run() == refusal)
    #expect(try checkout.run("-f", "../project", "--list") == refusal)
    // The words behind `--` are not ours.
    #expect(try checkout.run("--on", "web", "--", "--trust-files") == refusal)
    #expect(checkout.compilations == 0)
    #expect(try checkout.run("--trust-files") == Outcome(status: 7, output: "probe\n"))
    // What was compiled before is not trusted either.
    #expect(try checkout.run() == refusal)
    chmod(full, 0o755)
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
    #expect(checkout.compilations == 1)
  }

  @Test("a group that is not the user's own", .enabled(if: getuid() == 0)) func group() throws {
    let checkout = try Checkout()
    let full = "\(checkout.project)/Deployfile.swift"
    chown(full, 0, 54321)
    chmod(full, 0o664)
    let outcome = try checkout.run()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("this file can be written by the group number 54321 (mode 0664, owner root)"), "\(outcome)")
    chown(full, 0, 0)
    #expect(try checkout.run() == Outcome(status: 7, output: "probe\n"))
  }
}
