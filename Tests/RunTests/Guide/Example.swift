import Foundation
import TestSupport

/// A copy of an example, in which this machine plays the hosts of its environment `local`.
struct Example {
  let name: String
  let folder = Scratch()
  private let home = Scratch()

  /// What stands in the example's own files below /tmp is below the copy's folder `hosts`.
  init(_ name: String) throws {
    self.name = name
    let files = FileManager.default
    for entry in try files.contentsOfDirectory(atPath: "\(BuiltRun.root)/Examples/\(name)") {
      try files.copyItem(atPath: "\(BuiltRun.root)/Examples/\(name)/\(entry)", toPath: "\(folder.path)/\(entry)")
    }
    try replace("/tmp/pushbutton-\(name)", with: "\(folder.path)/hosts", in: "inventory/local.ini")
  }

  func replace(_ text: String, with other: String, in file: String) throws {
    try folder.write(file, folder.read(file).replacing(text, with: other))
  }

  func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended { try run(words, environment: environment) }

  func run(_ words: [String], environment: [String: String] = [:]) throws -> Ended {
    try start([BuiltRun.path ?? "run"] + words, environment)
  }

  /// Shell text, as a person would type it in the example's folder.
  func shell(_ text: String, environment: [String: String]) throws -> Ended { try start(["/bin/sh", "-c", text], environment) }

  private func start(_ argv: [String], _ environment: [String: String]) throws -> Ended {
    let own = ["HOME": home.path, "XDG_STATE_HOME": "\(home.path)/.local/state", "PUSHBUTTON_CACHE_DIR": BuiltRun.cache]
    return try Started(argv, folder: folder.path, environment: own.merging(environment) { $1 }).end()
  }

  /// What a file of a host holds.
  func read(_ path: String) -> String { folder.read("hosts/\(path)") }

  /// What is live on hosts: of the folder that `current` leads to, what stands behind the moment.
  func live(_ hosts: String...) -> [String] {
    hosts.map { host in
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/hosts/\(host)/current")
      return link.flatMap { $0.split(separator: "Z-", maxSplits: 1).last.map(String.init) } ?? "nothing"
    }
  }
}
