import Foundation
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  static var needsFleet: Self { .enabled(if: Fleet.isAvailable, "\(Fleet.reason)") }
  /// The fleet has other users only as root, and then network and mount namespaces work, too.
  static var needsRoot: Self {
    .enabled(if: Fleet.isAvailable && Fleet.current?.has(user: "pbdash") == true, "this needs root, for namespaces and other users")
  }
  static func needsUser(_ user: String) -> Self {
    .enabled(if: Fleet.isAvailable && Fleet.current?.has(user: user) == true, "there is no user \(user): the fleet's users need root")
  }
}

extension Report: CustomTestStringConvertible {
  /// What became of a host, and why, as the run tells it.
  func expect(
    _ host: RemoteHost, _ outcome: String, _ reason: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let finished = events.last { $0.event == "host.finished" && $0.host == host.name }
    #expect(finished?.outcome == outcome, "\(host.name): \(self)", sourceLocation: sourceLocation)
    #expect(finished?.text == reason, "\(host.name)", sourceLocation: sourceLocation)
  }
}

extension Report {
  /// Nobody knows how a step ended, because the host has closed the connection while we were still sending: the system calls that an end or a reset.
  func expectClosed(_ host: RemoteHost, _ step: String = "[1] s: ", sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(outcome(host) == "unknown", "\(self)", sourceLocation: sourceLocation)
    let ends = ["the host closed the connection", "the connection was reset"].map { "\(step)the connection was lost: \($0)" }
    let reason = events.last { $0.event == "host.finished" && $0.host == host.name }?.text ?? ""
    #expect(ends.contains(reason), "\(reason)", sourceLocation: sourceLocation)
  }

  /// A host failed, and the last lines of the step that failed say so.
  func expectFailure(_ host: RemoteHost, saying words: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let isFailed = events.contains { $0.event == "host.finished" && $0.host == host.name && $0.outcome == "failed" }
    #expect(isFailed, "\(self)", sourceLocation: sourceLocation)
    let step = events.last { $0.event == "step.finished" && $0.host == host.name && $0.outcome == "failed" }?.name ?? ""
    #expect(lines(host, step, "stderr").joined(separator: "\n").contains(words), "\(step): \(self)", sourceLocation: sourceLocation)
  }
}

extension SSHProject {
  /// Neither processes nor files of a run are left.
  func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(left() == [], sourceLocation: sourceLocation)
  }

  /// Runs a program on a pseudo-terminal of its own, in the project's folder.
  func terminal(_ words: [String], environment: [String: String] = [:]) throws -> Ended {
    let all = self.environment.merging(["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "TERM": "xterm"]) { $1 }.merging(environment) { $1 }
    let script = "\(BuiltRun.root)/Tests/Support/terminal.py"
    return try Started(
      ["/usr/bin/env", "python3", script, "--"] + words, folder: project.folder.path, environment: all, without: ["NO_COLOR"]
    ).end()
  }

  /// Puts a file into the folder of a host.
  func write(_ name: String, on host: RemoteHost, _ text: String) throws {
    try "\(text)\n".write(toFile: path(host, name), atomically: true, encoding: .utf8)
  }

  /// What the runs have kept of what a host has printed, oldest run first.
  func logs(_ host: String) -> [Data] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: "\(home.path)/state")) ?? []
    return paths.filter { $0.hasSuffix("hosts/\(host).log") }.sorted().compactMap {
      FileManager.default.contents(atPath: "\(home.path)/state/\($0)")
    }
  }

  /// Lets steps go on that wait for this file.
  func letGo(_ host: RemoteHost) { _ = FileManager.default.createFile(atPath: path(host, "go"), contents: nil) }
}
