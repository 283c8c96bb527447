import Foundation
import TestSupport

/// One sshd of a test's own, with lines of its own in its configuration: `Tests/Support/sshd.py`.
final class PrivateServer: Sendable {
  let folder = Scratch()
  let port: String
  private let lines: [String]
  private let running: Started
  /// The process that listens.
  let process: Int32

  /// A line `mount WORDS` is a mount that only its sessions see.
  init(_ fleet: Fleet, _ lines: [String]) throws {
    self.lines = lines
    var attempts = 0
    while true {
      let started = try Self.start(fleet, folder, port: "0", lines)
      attempts += 1
      if Self.listens(started, folder) {
        running = started
        break
      }
      // Somebody else has taken the port in between.
      started.signal(SIGKILL)
      guard attempts < 3 else { throw NotStarted(log: folder.read("log") + started.end().errors) }
    }
    port = String(folder.read("port").dropLast())
    process = Int32(folder.read("pid").dropLast()) ?? 0
  }

  deinit { stop() }

  struct NotStarted: Error { let log: String }

  private static func start(_ fleet: Fleet, _ folder: Scratch, port: String, _ lines: [String]) throws -> Started {
    let fleetFolder = ((fleet.configuration as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
    for name in ["port", "pid", "log"] { unlink("\(folder.path)/\(name)") }
    return try Started(
      ["/usr/bin/env", "python3", "\(BuiltRun.root)/Tests/Support/sshd.py", fleetFolder, folder.path, port] + lines)
  }

  private static func listens(_ started: Started, _ folder: Scratch) -> Bool {
    started.wait { !$0.isRunning || folder.exists("pid") && folder.read("log").contains("Server listening") } && started.isRunning
  }

  /// Ends the one that listens, and nothing else; sessions go on.
  func stopListening() {
    kill(process, SIGTERM)
    _ = running.end()
  }

  /// The same server once more, on the same port, once the first one has stopped listening.
  func again(_ fleet: Fleet) throws -> PrivateServer { try PrivateServer(again: self, fleet) }

  private init(again other: PrivateServer, _ fleet: Fleet) throws {
    (lines, port) = (other.lines, other.port)
    running = try Self.start(fleet, folder, port: port, lines)
    guard Self.listens(running, folder) else { throw NotStarted(log: folder.read("log")) }
    process = Int32(folder.read("pid").dropLast()) ?? 0
  }

  /// Ends it and its sessions.
  func stop() {
    guard running.isRunning else { return }
    for process in [process] + Processes.below(process) { kill(process, SIGKILL) }
  }

  /// How often its log says something.
  func count(_ text: String) -> Int { folder.read("log").components(separatedBy: text).count - 1 }

  /// A file as its sessions see it, mounts included.
  func seen(_ path: String) -> String { "/proc/\(process)/root\(path)" }

  func host(_ name: String, user: String? = nil, _ fleet: Fleet, _ lines: [String] = []) throws -> RemoteHost {
    try fleet.remote(name, user: user, port: port, in: folder, lines)
  }
}
