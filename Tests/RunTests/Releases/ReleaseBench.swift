import Foundation
import TestSupport

/// Hosts on this machine, a folder each, for one test; the Deployfile is shared between the tests of a suite.
///
/// Every host has the variable `root`; what it holds is read without the recipes' own code.
struct ReleaseBench {
  let project: Project
  let hosts: [String]
  let folder = Scratch()
  /// Words in front of the program's.
  var prefix: [String] = []

  init(_ project: Project, hosts: [String] = ["a", "b"]) throws {
    self.project = project
    self.hosts = hosts
    try join(hosts)
    try folder.write("home/.netrc", "")
  }

  /// Makes these the hosts; the folders of others stay.
  func join(_ hosts: [String]) throws {
    try folder.write(
      "inventory.ini", "[web]\n" + hosts.map { "\($0) ansible_connection=local root=\(folder.path)/\($0)\n" }.joined())
  }

  /// A Deployfile whose environment has the hosts of the benches that use it.
  static func project(_ text: String, tasks: String) throws -> Project {
    try Project("\(text)\nlet deployfile = Deployfile {\n  environment(\"test\", inventory: \"inventory.ini\")\n  \(tasks)\n}")
  }

  var environment: [String: String] {
    [
      "PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "D": folder.path,
      "HOME": "\(folder.path)/home", "XDG_STATE_HOME": "\(folder.path)/state", "NO_PROXY": "127.0.0.1", "LC_ALL": "C",
    ]
  }

  func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended { try run(words: words, environment: environment) }

  func run(words: [String], environment: [String: String] = [:]) throws -> Ended {
    try Started(
      prefix + [BuiltRun.path ?? "run"] + words + ["-i", "\(folder.path)/inventory.ini"], folder: project.folder.path,
      environment: self.environment.merging(environment) { $1 }
    ).end()
  }

  // MARK: What the hosts hold

  /// The ID of the live release.
  func live(_ host: String) -> String? { link("\(host)/current").map { String($0.dropFirst("releases/".count)) } }

  func link(_ path: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/\(path)") }

  /// The labels of what is live, in host order.
  var lives: [String] { hosts.map { live($0).map { String($0.drop { $0 != "-" }.dropFirst()) } ?? "-" } }

  /// The names in a folder, sorted.
  func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(path)")) ?? []).sorted()
  }

  /// Every file below a folder with its size and when it was changed.
  func snapshot(_ path: String) -> [String] {
    let root = "\(folder.path)/\(path)"
    return ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).sorted().map { name in
      let facts = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(name)")
      return "\(name) \(facts?[.size] ?? "") \(facts?[.modificationDate] ?? "") \(facts?[.systemFileNumber] ?? "")"
    }
  }
}
