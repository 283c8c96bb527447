import Foundation
import TestSupport
import Testing

/// A project of small tasks whose steps leave marks in a folder of the test's own, which every command knows as `$D`.
///
/// Suites share one Deployfile between their tests, because only its text decides whether it is compiled again.
struct Bench: Sendable {
  let project: Project
  let marks = Scratch()
  let temporary = Scratch()
  /// Of the hosts' login user, and where this machine keeps its state.
  let home = Scratch()
  let ssh: FakeSSH?

  /// Every `let name = task(...)` of `tasks` is listed; the hosts are this machine, or behind a fake ssh that behaves as told.
  init(_ tasks: String, hosts: [String] = ["a"], ssh behaviour: String? = nil, inventory: String? = nil) throws {
    let names = tasks.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("let "), line.contains(" = task(") else { return nil }
      return line.dropFirst(4).split(separator: " ").first.map(String.init)
    }
    project = try Project(tasks, localHosts: hosts, named: names)
    ssh = try behaviour.map { try FakeSSH($0) }
    let suffix = behaviour == nil ? " ansible_connection=local" : ""
    try project.folder.write("inventory.ini", inventory ?? "[web]\n" + hosts.map { "\($0)\(suffix)\n" }.joined())
  }

  var environment: [String: String] {
    ["D": marks.path, "TMPDIR": temporary.path, "HOME": home.path, "XDG_STATE_HOME": "\(home.path)/state"].merging(ssh?.environment ?? [:])
    { $1 }
  }

  func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended { try start(words, environment).end() }

  func start(_ words: String..., environment: [String: String] = [:]) throws -> Started { try start(words, environment) }

  private func start(_ words: [String], _ environment: [String: String]) throws -> Started {
    try project.start(words, environment: self.environment.merging(environment) { $1 })
  }

  /// Starts shell text in the project's folder, where `$run` is the program.
  func shell(_ text: String, environment: [String: String] = [:]) throws -> Started {
    var all = self.environment.merging(environment) { $1 }
    all["PUSHBUTTON_CACHE_DIR"] = BuiltRun.cache
    all["run"] = BuiltRun.path
    return try Started(["/bin/sh", "-c", text], folder: project.folder.path, environment: all)
  }

  /// How often a step has left its mark.
  func count(_ mark: String) -> Int { marks.lines(mark) }

  func counts(_ marks: String...) -> [Int] { marks.map(count) }

  /// What runs have left in the folder for temporary files.
  var leftFolders: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? []).sorted() }

  /// The processes that stem from this test's runs and still live, on Linux.
  var processes: [String] {
    let own = Array("D=\(marks.path)".utf8)
    return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { name in
      guard Int(name) != nil, let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
        environment.split(separator: 0).contains(where: { $0.elementsEqual(own) }),
        let words = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"), !words.isEmpty
      else { return nil }
      return "\(name): \(String(decoding: words.map { $0 == 0 ? 32 : $0 }, as: UTF8.self).prefix(200))"
    }
  }

  /// Whether a process lives; one that has ended and that nobody has asked about does not.
  func lives(_ process: Int32) -> Bool {
    guard kill(process, 0) == 0 else { return false }
    guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return true }
    return !words.isEmpty
  }

  /// Whether all processes of the runs end within a generous time.
  func settles(seconds: Double = 15) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while !processes.isEmpty {
      if Date() > end { return false }
      usleep(20_000)
    }
    return true
  }

  /// Waits for a mark, so that a test acts while a step runs.
  func waits(for mark: String, lines: Int = 1, seconds: Double = 30) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while count(mark) < lines {
      if Date() > end { return false }
      usleep(20_000)
    }
    return true
  }
}

extension Ended {
  /// The summary's rows with the times taken out.
  var rows: [String] { rows(of: output) }

  /// The same in what a terminal has shown.
  func rows(of text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.last == "\r" ? String($0.dropLast()) : String($0) }
    // What a person can do next stands behind them.
    if let next = lines.firstIndex(where: { $0.hasPrefix("To go on where it stopped: ") || $0.hasPrefix("All that the hosts printed: ") }) {
      lines = Array(lines[..<next])
    }
    guard let last = lines.lastIndex(where: { !$0.isEmpty }), let start = lines[..<last].lastIndex(of: "") else { return [] }
    return lines[(start + 1)...last].map(\.untimed)
  }
}

extension String {
  /// Without durations, which are the only thing that differs from run to run.
  var untimed: String { replacing(#/  [0-9.]+ s(  |$)/#) { "  _\($0.output.1)" }.replacing(#/\bin [0-9.]+ s/#, with: "in _") }
}
