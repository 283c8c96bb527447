import Foundation
import TestSupport
import Testing

/// A project whose hosts are real; every host has a folder of its own on this machine, its variable `dir`.
struct SSHProject: Sendable {
  let project: Project
  let hosts: [RemoteHost]

  init(_ deployfile: String = rowsDeployfile, hosts: [RemoteHost], variables: String = "", extra: String = "") throws {
    project = try Project(deployfile)
    self.hosts = hosts
    var inventory = ""
    for host in hosts {
      try FileManager.default.createDirectory(atPath: dir(host), withIntermediateDirectories: true)
      // The users of the fleet are not the one of the tests.
      chmod(dir(host), 0o777)
      inventory += "\(host.name) ansible_host=\(host.address) ansible_port=\(host.port) dir=\"\(dir(host))\""
      if let user = host.user { inventory += " ansible_user=\(user)" }
      if !extra.isEmpty { inventory += " ansible_ssh_extra_args='\(extra)'" }
      if !variables.isEmpty { inventory += " \(variables)" }
      inventory += " ansible_ssh_common_args='-F \"\(host.configuration)\"'\n"
    }
    try project.folder.write("inventory.ini", inventory)
  }

  func dir(_ host: RemoteHost) -> String { "\(project.folder.path)/hosts/\(host.name)" }

  func path(_ host: RemoteHost, _ name: String) -> String { "\(dir(host))/\(name)" }

  /// The bytes of a file of a host; nothing when there is none.
  func bytes(_ host: RemoteHost, _ name: String) -> Data? { FileManager.default.contents(atPath: path(host, name)) }

  func text(_ host: RemoteHost, _ name: String) -> String? { bytes(host, name).map { String(decoding: $0, as: UTF8.self) } }

  /// How often a step has really run that appends a line to this file.
  func count(_ host: RemoteHost, _ name: String = "counter") -> Int {
    text(host, name)?.split(separator: "\n").count ?? 0
  }

  /// The number in a file, once it is there.
  func process(_ host: RemoteHost, _ name: String = "pid", seconds: Double = 60) -> Int32? {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if let text = text(host, name), text.hasSuffix("\n"), let number = Int32(text.dropLast()) { return number }
      usleep(20_000)
    }
    return nil
  }

  func start(_ words: String..., environment: [String: String] = [:]) throws -> Started {
    try project.start(words, environment: environment)
  }

  /// Runs a task and reads its events.
  func report(_ words: String..., environment: [String: String] = [:]) throws -> Report {
    Report(try project.start(["--format", "json"] + words, environment: environment).end())
  }
}

/// A run as its JSON events tell it.
struct Report: Sendable, CustomTestStringConvertible {
  struct Event: Decodable, Sendable, Equatable {
    var event: String
    var host: String?
    var name: String?
    var attempt: Int?
    var stream: String?
    var text: String?
    var status: Int?
    var outcome: String?
  }

  let ended: Ended
  let events: [Event]

  init(_ ended: Ended) {
    self.ended = ended
    events = ended.output.split(separator: "\n").compactMap { try? JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
  }

  var status: Int32 { ended.status }

  /// Everything that happened on a host, without its name; the order of its two streams is chance.
  func events(of host: RemoteHost) -> [[Event]] {
    let own = events.filter { $0.host == host.name }.map { event in
      var event = event
      event.host = nil
      return event
    }
    return [own.filter { $0.stream == nil }, own.filter { $0.stream == "stdout" }, own.filter { $0.stream == "stderr" }]
  }

  func finished(_ host: RemoteHost, _ step: String = "s") -> Event? {
    events.last { $0.event == "step.finished" && $0.host == host.name && $0.name == step }
  }

  func isBegun(_ host: RemoteHost, _ step: String) -> Bool {
    events.contains { $0.event == "step.started" && $0.host == host.name && $0.name == step }
  }

  func lines(_ host: RemoteHost, _ step: String = "s", _ stream: String = "stdout") -> [String] {
    var running: String?
    var lines: [String] = []
    for event in events where event.host == host.name {
      if event.event == "step.started" { running = event.name }
      if event.event == "step.output", running == step, event.stream == stream { lines.append(event.text ?? "") }
    }
    return lines
  }

  func outcome(_ host: RemoteHost) -> String? { events.last { $0.event == "host.finished" && $0.host == host.name }?.outcome }

  /// What a failed expectation shows.
  var testDescription: String { "\(ended.output.suffix(4000))\n\(ended.errors.suffix(2000))" }
}

/// A process of this machine, on which all hosts of the fleet live.
enum Processes {
  static func isAlive(_ process: Int32) -> Bool {
    guard kill(process, 0) == 0 || errno == EPERM else { return false }
    // Nobody has asked for its status yet, which is as good as gone.
    let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.split(separator: ")").last
    return state?.hasPrefix(" Z") != true
  }

  /// Waits until a process is gone, with plenty of time for a busy machine.
  static func isGone(_ process: Int32?, seconds: Double = 30) -> Bool {
    guard let process else { return false }
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if !isAlive(process) { return true }
      usleep(20_000)
    }
    return false
  }

  /// The nearest sshd above a process: the one that serves its session.
  static func session(of process: Int32) -> Int32? {
    var current = process
    while current > 1 {
      guard let stat = try? String(contentsOfFile: "/proc/\(current)/stat", encoding: .utf8),
        let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")")
      else { return nil }
      if stat[stat.index(after: start)..<end].hasPrefix("sshd") { return current }
      guard let parent = stat[end...].split(separator: " ").dropFirst(2).first.flatMap({ Int32($0) }) else { return nil }
      current = parent
    }
    return nil
  }
}
