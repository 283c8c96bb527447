import Foundation
import TestSupport
import Testing

/// What no file of the sources may hold, or only those that are named here.
@Suite struct SourceTests {
  private static let sources: [(path: String, text: String)] = {
    let root = "\(BuiltRun.root)/Sources"
    return (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
      .map { path in (path, (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)) ?? "") }
  }()

  private func files(with word: String) -> [String] { Self.sources.filter { $0.text.contains(word) }.map(\.path) }

  @Test func thereAreSources() { #expect(Self.sources.count > 250) }

  /// Security bar 1: programs are started by argument lists; a shell of this machine runs only what the Deployfile calls shell text.
  @Test func shellsOfThisMachine() {
    #expect(
      files(with: "\"-c\"") == [
        "Runner/Execution/SecretValues.swift", "Runner/Execution/SudoRsync.swift", "Runner/Notification/NotificationRun.swift",
        "Runner/Transport/LocalTransport.swift",
      ])
    for call in ["Glibc.system(", "popen(", "import Foundation", "execl(", "vfork"] { #expect(files(with: call) == [], "\(call)") }
  }

  /// Security bar 5: no flag and no word of the language can weaken the check of host keys.
  @Test func hostKeys() {
    for word in ["StrictHostKeyChecking=no", "StrictHostKeyChecking no", "StrictHostKeyChecking=off", "UserKnownHostsFile=/dev/null"] {
      #expect(files(with: word).filter { !$0.contains("/Failure/") } == [], "\(word)")
    }
  }

  /// Security bar 16: what must not be guessed comes from the system's generator.
  @Test func randomNumbers() {
    #expect(files(with: "SystemRandomNumberGenerator") == ["Runner/Platform/Nonce.swift"])
    // Around the pause before a further attempt; nothing depends on its not being guessed.
    #expect(
      files(with: ".random(") == ["Launcher/Scratch.swift", "Runner/Execution/DroppedConnection.swift", "Runner/Platform/Nonce.swift"])
    for call in ["arc4random", "drand48", "srand(", "random()"] { #expect(files(with: call) == [], "\(call)") }
  }

  /// Security bar 21: the only removal of a folder tree is that of a release, by its own ID in its own folder.
  @Test func removals() {
    let removals = Self.sources.flatMap { path, text in
      text.split(separator: "\n").filter { $0.contains("rm -rf") && !$0.contains("//") }.map {
        "\(path): \($0.trimmingCharacters(in: .whitespaces))"
      }
    }
    for removal in removals { #expect(removal.contains("rm -rf -- ") || removal.contains("rm -rf repository.part"), "\(removal)") }
    #expect(removals.count <= 8, "\(removals)")
  }

  /// Security bar 30: nothing that somebody else publishes is built in.
  @Test func dependencies() throws {
    let package = try String(contentsOfFile: "\(BuiltRun.root)/Package.swift", encoding: .utf8)
    #expect(!package.contains(".package("))
    #expect(!FileManager.default.fileExists(atPath: "\(BuiltRun.root)/Package.resolved"))
  }
}
