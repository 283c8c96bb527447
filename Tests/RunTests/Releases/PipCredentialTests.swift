import Foundation
import TestSupport
import Testing

/// Installing from an index that wants a login: it reaches pip, and nobody else.
@Suite(.ownThreads, .enabled(if: PipBench.isAvailable, "no built run, or no pypiserver: start bin/test"))
struct PipCredentialTests {
  /// Parts of the login as it is, in a URL, and in a shell.
  private static let parts = ["p@ss", "w/ord", "%20", "p%40ss", "%70%40", "ord%20", "deploy:"]

  @Test func theLoginIsNeitherAnArgumentNorOutput() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    try bench.folder.write("logged", "")
    try bench.folder.write(
      "bin/curl", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$D/argv\"\nPATH=/usr/local/bin:/usr/bin:/bin exec curl \"$@\"\n", mode: 0o755)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let ended = try bench.run(
      "login", "--version", "1.0", "--format", "json",
      environment: ["INDEX_LOGIN": PipBench.login, "PATH": "\(bench.folder.path)/bin:\(path)"])
    #expect(ended.status == 0, "\(ended)")
    #expect(try bench.module("helper", "a/current") == "1.0 closed")
    let arguments = bench.folder.read("argv")
    #expect(arguments.contains("-m pip install"))
    #expect(arguments.contains("--config -"))
    for part in Self.parts {
      #expect(!arguments.contains(part), "\(part) in \(arguments)")
      #expect(!(ended.output + ended.errors).contains(part), "\(part) in \(ended)")
    }
  }

  /// What stays on the host does not have it either.
  @Test func theLoginIsInNoFile() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    #expect(try bench.run("login", "--version", "1.0", environment: ["INDEX_LOGIN": PipBench.login]).status == 0)
    let found = try Started(["/usr/bin/env", "grep", "-rlF", "-e", "p%40ss", "-e", "p@ss", "-e", "%70%40%73", bench.folder.path]).end()
    #expect(found.output == "")
  }

  @Test func aWrongLoginIsRefused() throws {
    let bench = try PipBench.bench(hosts: ["a"])
    let ended = try bench.run("login", "--version", "1.0", environment: ["INDEX_LOGIN": "deploy:hidden"])
    #expect(ended.status == 1)
    #expect(ended.output.contains("does not take the credentials (status 403)"), "\(ended)")
    #expect(ended.output.contains("No matching distribution found for shop==1.0"))
    #expect(!ended.output.contains("hidden"))
    #expect(bench.lives == ["-"])
    #expect(bench.names("a/releases") == [])
  }
}
