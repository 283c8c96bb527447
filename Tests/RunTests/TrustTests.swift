import Foundation
import TestSupport
import Testing

/// Files that others could have written are refused before anything is touched.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct TrustTests {
  static let deployfile = #"""
    let token = Secret.file("token.txt")
    let use = task("use", "Uses a secret") { hosts("web") { run("test \(token) = s3cr3t && echo x >>$D/mark") } }
    """#

  @Test(arguments: ["token.txt", "inventory.ini", "Deployfile.swift", "."]) func refused(name: String) throws {
    let bench = try Bench(Self.deployfile)
    try bench.project.folder.write("token.txt", "s3cr3t\n")
    // Compiled before, so that no other test's compilation is waited for below.
    #expect(try bench.run("--list").status == 0)
    let path = name == "." ? bench.project.folder.path : "\(bench.project.folder.path)/\(name)"
    chmod(path, name == "." ? 0o777 : 0o666)
    let ended = try bench.run("use")
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.output == "")
    #expect(
      ended.errors.hasPrefix("error: \(path): this \(name == "." ? "folder" : "file") can be written by everybody (mode 0"), "\(ended)")
    #expect(ended.errors.hasSuffix("or add --trust-files to use it all the same.\n"))
    #expect(bench.count("mark") == 0)
    #expect(try bench.run("--trust-files", "use").status == 0)
    chmod(path, name == "." ? 0o755 : 0o644)
    #expect(try bench.run("use").status == 0)
    #expect(bench.count("mark") == 2)
  }

  @Test("-v tells which Deployfile it is") func verbose() throws {
    let bench = try Bench(Self.deployfile)
    try bench.project.folder.write("token.txt", "s3cr3t\n")
    try bench.project.folder.write("deep/below/x", "")
    let ended = try bench.shell("cd deep/below && \"$run\" use -v").end()
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("use\nDeployfile: \(bench.project.folder.path)/Deployfile.swift\n"), "\(ended)")
  }
}
