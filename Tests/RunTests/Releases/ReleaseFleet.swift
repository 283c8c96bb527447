import Foundation
import TestSupport

/// Three hosts on this machine with releases of one application, and what really stands in their folders.
///
/// The application is the recipe with a stand-in for Python; what happens at a point of a deploy is told by the environment of the run.
struct ReleaseFleet: Sendable {
  static let hosts = ["a", "b", "c"]

  /// What one host holds, read without the recipe's own code.
  struct State: Equatable {
    var live = "nothing"
    var isUnsettled = false
    /// Newest first: version, and what keeps a rollback from choosing it.
    var others: [String] = []
    var goods: Set<String> = []
    /// What is wrong with the folders.
    var damage: [String] = []
  }

  let folder = Scratch()
  let project: Project
  let tools: Scratch

  /// The hosts of a project that `project(tools:)` has made.
  init(_ project: Project, tools: Scratch) throws {
    self.project = project
    self.tools = tools
    try folder.write("home/.netrc", "")
    try folder.write(
      "inventory.ini", "[web]\n" + Self.hosts.map { "\($0) ansible_connection=local root=\(folder.path)/\($0)\n" }.joined())
  }

  /// A Deployfile with the ready tasks; every point of them can be told to fail, or to be where the run is killed.
  static func project(tools: Scratch) throws -> Project {
    try tools.write(
      "point",
      """
      #!/bin/sh
      if [ "$PB_FAIL" = "$1@$2" ]; then exit 127; fi
      if [ "$PB_STOP" = "$1@$2" ]; then : >"$PB_REACHED"; exec sleep 60; fi
      """)
    try tools.write(
      "python",
      """
      #!/bin/sh
      host=${PWD##*/}
      if [ "$1 $2" = "-m venv" ]; then
        mkdir -p "$3/bin" && cp "$0" "$3/bin/python" || exit
        exec \(tools.path)/point venv "$host"
      fi
      for word; do :; done
      echo "${word#*==}" >"${0%/bin/python}/content"
      exec \(tools.path)/point pip "$host"
      """)
    for tool in ["point", "python"] { chmod("\(tools.path)/\(tool)", 0o755) }
    return try Project(
      #"""
      let shop = PythonApp("shop", root: "\(host: .variable("root"))", index: "http://127.0.0.1:9", python: "TOOLS/python")
      let prune = task("prune", "Remove old releases") { hosts("web") { shop.prune(keep: 2) } }
      let deployfile = Deployfile {
        environment("test", inventory: "inventory.ini")
        prune
        shop.tasks(
          on: "web", restart: .command("TOOLS/point restart \(host: .name)"),
          check: .command("TOOLS/point check \(host: .name) && grep -qxF \(shop.liveVersion) \(host: .variable("root"))/current/content"),
          within: .seconds(5), keep: 3
        ) { local("TOOLS/point then -") }
      }
      """#.replacing("TOOLS", with: tools.path))
  }

  func start(_ words: [String], _ environment: [String: String] = [:]) throws -> Started {
    try project.start(
      words + ["-i", "\(folder.path)/inventory.ini"],
      environment: environment.merging([
        "PB_FLEET": folder.path, "HOME": "\(folder.path)/home", "XDG_STATE_HOME": "\(folder.path)/state",
      ]) { $1 })
  }

  func run(_ words: String..., fail: String = "") throws -> Ended { try start(words, ["PB_FAIL": fail]).end() }

  /// Starts a run and kills it with SIGKILL, at a point or after a while, and waits until nothing of it is left.
  func kill(_ words: [String], at point: String?, after milliseconds: Int) throws {
    let reached = "\(folder.path)/reached"
    unlink(reached)
    let started = try start(words, ["PB_STOP": point ?? "", "PB_REACHED": reached])
    if point != nil {
      _ = started.wait { !$0.isRunning || access(reached, F_OK) == 0 }
    } else {
      usleep(UInt32(milliseconds) * 1000)
    }
    started.signal(SIGKILL)
    _ = started.end()
    _ = started.wait { _ in processes().isEmpty }
    // Nobody waits until the lock of the killed run has expired.
    let lock = "\(folder.path)/home/.pushbutton/locks/shop.lock"
    try? FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -31)], ofItemAtPath: lock)
  }

  /// What a run of this fleet has left running.
  private func processes() -> [String] {
    let mark = Data("PB_FLEET=\(folder.path)\0".utf8)
    return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
      guard Int(name) != nil, let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ") else { return false }
      return environment.range(of: mark) != nil
    }
  }

  // MARK: What stands in the folders

  func state(of host: String) -> State {
    var state = State()
    let root = "\(folder.path)/\(host)"
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/current")
    let live = target.map { String($0.dropFirst("releases/".count)) }
    state.isUnsettled = exists("\(root)/.pushbutton/unsettled")
    let ids = ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/.pushbutton")) ?? []).filter { $0.first == "2" }
    for id in ids.sorted(by: >) {
      let facts = "\(root)/.pushbutton/\(id)"
      let version = line("\(facts)/version") ?? "unknown"
      let isComplete = exists("\(facts)/complete") && exists("\(root)/releases/\(id)")
      let isBad = exists("\(facts)/bad"), wasGood = exists("\(facts)/good")
      if isComplete, line("\(root)/releases/\(id)/content") != version { state.damage.append("\(id) holds something else") }
      if isComplete && wasGood && !isBad { state.goods.insert(version) }
      if id == live {
        state.live = version
        if !isComplete { state.damage.append("current points to \(id), which is not complete") }
      } else {
        state.others.append(version + (!isComplete ? " (incomplete)" : isBad ? " (bad)" : wasGood ? "" : " (never good)"))
      }
    }
    if let live, !ids.contains(live) { state.damage.append("current points to \(live), of which nothing is known") }
    return state
  }

  private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private func line(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").first.map(String.init)
  }
}
