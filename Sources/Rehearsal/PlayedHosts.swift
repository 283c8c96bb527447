import Runner
import Tasks

/// Hosts of a rehearsal: shells of this machine, each in a home of its own, and none for those that do not answer.
struct PlayedHosts: Transport {
  /// What a step knows its session's shell by, to end it.
  static let shellVariable = "PUSHBUTTON_REHEARSAL_SHELL"

  private let homes: [String: String]
  private let controlHome: String
  private let unreachable: Set<String>
  private let path = ProcessEnvironment.value("PATH") ?? "/usr/bin:/bin"

  /// Makes a home below the folder for each host.
  init(_ hosts: [Host], unreachable: Set<String>, in folder: String) throws(SystemError) {
    controlHome = "\(folder)/control"
    var homes: [String: String] = [:]
    for host in hosts { homes[host.name] = "\(folder)/host\(homes.count + 1)" }
    self.homes = homes
    self.unreachable = unreachable
    // The slash at its end makes the home itself one of the folders above.
    for home in homes.values + [controlHome] { try File.createFolders(above: "\(home)/") }
  }

  private func home(of host: Host) -> String { host.key.isEmpty ? controlHome : homes[host.name] ?? controlHome }

  func start(on host: Host, ready: String, log: String) -> ChildStart {
    let home = home(of: host)
    let environment = ["PATH=\(path)", "HOME=\(home)", "LC_ALL=C"]
    guard !unreachable.contains(host.name) else { return ChildStart(["false"], environment: environment, folder: home) }
    var start = LocalTransport(folder: home).start(on: host, ready: ready, log: log)
    start.environment = environment
    start.argv[start.argv.count - 1] = "\(Self.shellVariable)=$$; export \(Self.shellVariable); \(RemoteShell.bootstrap(ready: ready))"
    return start
  }

  func problem(on host: Host, exit: ChildExit, log: String, noise: String, wasReady: Bool) -> ConnectionProblem {
    let endpoint = ConnectionProblem.Endpoint(host.address, "\(host.port ?? 22)")
    return wasReady ? .reset : .timedOut(endpoint, within: Planner.connectTimeout)
  }

  /// Has somebody else take a lock whose session lives: our own process.
  func hold(_ lock: Casting.HeldLock, on host: Host) throws(SystemError) {
    let folder = "\(home(of: host))/.pushbutton/locks"
    try File.createFolders(above: "\(folder)/")
    let owner = LockOwner(
      run: "another", user: lock.user, machine: "elsewhere", process: "1", what: lock.name, since: "2026-01-01T00:00:00.000Z")
    try File.write(Array("\(owner.text)\nshell \(getpid()) \(Self.start ?? "")\n".utf8), to: "\(folder)/\(lock.name).lock")
  }

  /// When our process began, as Linux counts it: the lock's own check looks at it.
  private static var start: String? {
    guard let bytes = try? File.read("/proc/self/stat") else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    return words.count > 19 ? String(words[19]) : nil
  }
}
