import Foundation
import TestSupport
import Testing

/// Hosts that are machines of their own as far as a run can see: each with a home below `$D`, which refuses connections while `$D/down-HOST` is there.
extension Bench {
  static let homes = #"""
    if [ -e "$D/down-$host" ]; then echo "ssh: connect to host $host port 22: Connection refused" >"$log"; exit 255; fi
    HOME=$D/$host H=$host
    mkdir -p "$HOME"
    cd "$HOME"
    export HOME H
    exec setsid -w /bin/sh -c "$command"
    """#

  /// The lock's file on a host, from `$D`.
  static func lock(_ name: String, _ host: String) -> String { "\(host)/.pushbutton/locks/\(name).lock" }

  /// Everything that locks and records of steps have left on the hosts.
  var leftOnHosts: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: marks.path)) ?? []).sorted().filter { path in
      path.contains("/.pushbutton/") && !["locks", "runs"].contains((path as NSString).lastPathComponent)
    }
  }

  /// The session of nobody.
  static let goneSession = "999999999 1"

  /// A session that lives as long as the tests do: this process and, on Linux, when it began.
  static let livingSession: String = {
    let stat = FileManager.default.contents(atPath: "/proc/self/stat").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let fields = stat.split(separator: ") ").last?.split(separator: " ") ?? []
    return "\(getpid()) \(fields.count > 19 ? fields[19] : "")"
  }()

  /// A lock of somebody else; an old one has expired when its session is gone.
  func hold(_ name: String, on host: String, age: Int = 0, session: String = Self.livingSession) throws {
    let file = Self.lock(name, host)
    try marks.write(
      file,
      """
      run 20261125T221836-00000001
      user ben
      machine desktop
      process 77
      what deploy:production
      since 2026-11-25T22:18:36.001Z
      shell \(session)

      """)
    try self.age(file, age)
  }

  /// A lock looks as if nobody had renewed it for so long.
  func age(_ file: String, _ seconds: Int) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-Double(seconds))], ofItemAtPath: "\(marks.path)/\(file)")
  }

  static let ben = "ben on desktop (deploy:production, run 20261125T221836-00000001, process 77) since 2026-11-25T22:18:36.001Z"

  // MARK: What this machine has kept

  /// The folders of the runs, the oldest first.
  var runs: [String] {
    let root = "\(home.path)/state/pushbutton/runs"
    return ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).filter { $0.split(separator: "/").count == 2 }.sorted {
      ($0 as NSString).lastPathComponent < ($1 as NSString).lastPathComponent
    }.map { "\(root)/\($0)" }
  }

  /// The IDs of the runs, the oldest first.
  var identifiers: [String] { runs.map { ($0 as NSString).lastPathComponent } }

  /// The journal of a run, by its place among them, line by line.
  func journal(_ number: Int = 0) -> [String] {
    guard runs.indices.contains(number) else { return [] }
    return ((try? String(contentsOfFile: "\(runs[number])/journal.jsonl", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  /// What `--history` says, a run a line: what, and its outcome.
  func history() throws -> [String] {
    try past().map { "\($0.what): \($0.outcome)\($0.resumable ? ", resumable" : "")" }
  }

  /// What `--history --json` says, the newest first.
  func past() throws -> [Past] { try JSONDecoder().decode([Past].self, from: Data(run("--history", "--json").output.utf8)) }

  struct Past: Decodable {
    var id: String
    var what: String
    var outcome: String
    var resumable: Bool
  }
}

extension String {
  /// Without what differs from run to run: IDs, times, numbers of processes, ages, and this machine's name.
  var anonymous: String {
    untimed.replacing(#/\d{8}T\d{6}-[0-9a-f]{8}/#, with: "RUN").replacing(#/\d{4}-\d\d-\d\dT[0-9:.]+Z/#, with: "TIME")
      .replacing(#/process \d+/#, with: "process N").replacing(#/renewed [0-9a-z ]+ ago/#, with: "renewed _ ago")
      .replacing(ProcessInfo.processInfo.hostName, with: "MACHINE")
  }
}

extension Ended {
  /// The lines of the output that hold any of these words, without what differs from run to run.
  func lines(_ words: String...) -> [String] {
    output.split(separator: "\n").map(String.init).filter { line in words.contains { line.contains($0) } }.map(\.anonymous)
  }
}
