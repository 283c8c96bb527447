import Foundation
import Tasks
import Testing

@testable import Runner

/// Locks on this machine, in the shells that hosts have; `HOME` is a folder of the test's own.
struct LockBench {
  let bench: ShellBench
  let shell: [String]
  /// As the host variable `pushbutton_lock_folder` names it.
  var folder = ""
  /// Ages are set, and never waited for; leases that are renewed are renewed soon.
  var timing = LockShell.Timing(lease: 30, renewal: "0.1", parkedRounds: 10_000)
  /// Words in front of the shell, such as another user's.
  var prefix: [String] = []
  /// Shell text before ours.
  var before = ""

  static let anna = owner("20261125T221836-00000001", "anna")
  static let ben = owner("20261125T221837-00000002", "ben")

  static func owner(_ run: String, _ user: String) -> LockOwner {
    LockOwner(run: run, user: user, machine: "laptop", process: "77", what: "deploy", since: "2026-11-25T22:18:36.001Z")
  }

  init(_ shell: [String]) throws {
    self.shell = shell
    bench = try ShellBench(shell)
    try FileManager.default.createDirectory(atPath: bench.path + "/home", withIntermediateDirectories: true)
  }

  var lock: LockShell { LockShell("shop", in: folder, timing: timing) }

  /// The lock's file, and what its folder holds.
  var file: String { folder.isEmpty ? "home/.pushbutton/locks/shop.lock" : "\(folder.replacing(bench.path + "/", with: ""))/shop.lock" }
  var text: String { bench.read(file) }
  var names: [String] {
    let folder = (("\(bench.path)/\(file)") as NSString).deletingLastPathComponent
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// A session that runs the texts, and says what became of the last one.
  func run(_ texts: String...) throws -> (status: Int32, lines: [String]) {
    let script = session(texts) + "\nexit $?"
    let argv = ["/usr/bin/env", "PATH=\(bench.path)/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"] + prefix + shell + ["-c", script]
    let result = try Self.hearingSignals { try TestProgram.run(argv, folder: bench.path) }
    return (result.status, String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  /// The threads of tests block signals, and what they start would inherit that: no shell could wait or be ended.
  static func hearingSignals<Result>(_ body: () throws -> Result) rethrows -> Result {
    var none = sigset_t(), usual = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &usual)
    defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
    return try body()
  }

  func session(_ texts: [String]) -> String {
    "HOME='\(bench.path)/home'; export HOME; pb_n=$(printf '\\nx'); pb_n=${pb_n%x}; \(before)\n" + texts.joined(separator: "\n")
  }

  /// A session that takes the lock, runs more, and stays until it is ended; its number is in `session`, what it printed in `answer`.
  func stay(as owner: LockOwner, _ more: String = ":") throws -> Process {
    let script = session([lock.take(by: owner), more, "echo \"${pl_kl-}\" >keepers; : >ready"])
    let argv = ["/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"] + shell + ["-c", script + "\nwhile :; do sleep 0.1; done"]
    let process = try Self.hearingSignals { try bench.start(argv, pidFile: "session") }
    #expect(bench.waits(for: "ready"))
    return process
  }

  /// The process that keeps the lease of the session that stays.
  var keeper: Int32 { Int32(bench.read("keepers").split(separator: ":").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") ?? 0 }

  func write(_ text: String, age: Int = 0) throws {
    try bench.write(file, text)
    try self.age(age)
  }

  /// The lock looks as if nobody had renewed it for so long.
  func age(_ seconds: Int) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/touch")
    process.arguments = ["-h", "-d", "@\(Int(Date().timeIntervalSince1970) - seconds)", "\(bench.path)/\(file)"]
    try process.run()
    process.waitUntilExit()
  }

  var isFresh: Bool {
    let facts = try? FileManager.default.attributesOfItem(atPath: "\(bench.path)/\(file)")
    return (facts?[.modificationDate] as? Date).map { $0.timeIntervalSinceNow > -20 } ?? false
  }

  /// Waits until something holds, within a generous time.
  func comes(_ condition: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if condition() { return true }
      usleep(20_000)
    }
    return false
  }

  /// Foundation would not tell of its end before that of everything it has started.
  func kill(_ session: Process) {
    Foundation.kill(session.processIdentifier, SIGKILL)
    #expect(comes { !Self.lives(session.processIdentifier) })
  }

  static func lives(_ process: Int32) -> Bool {
    guard process > 0, Foundation.kill(process, 0) == 0 else { return false }
    let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
    return words.map { !$0.isEmpty } ?? true
  }

  static let isRoot = getuid() == 0

  /// Whether this machine lets a test mount what only it sees.
  static let canMount: Bool = {
    guard isRoot, let result = try? TestProgram.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], folder: "/") else {
      return false
    }
    return result.status == 0
  }()
}

extension LockOwner {
  /// The lock of a session that is gone.
  var abandoned: String { text + "\nshell 999999999 1\n" }

  /// The lock of a process that lives.
  func text(of process: Int32) -> String {
    let facts = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = (facts.split(separator: ")").last ?? "").split(separator: " ")
    return text + "\nshell \(process) \(fields.count > 19 ? fields[19] : "")\n"
  }
}
