import Foundation

/// A project whose hosts are real; every host has a folder of its own on this machine, its variable `dir`.
package struct SSHProject: Sendable {
  package let project: Project
  package let hosts: [RemoteHost]
  /// What `run` keeps: its state, its temporary files, and the user's home.
  package let home = Scratch()

  package init(_ deployfile: String, hosts: [RemoteHost], variables: String = "", extra: String = "") throws {
    project = try Project(deployfile)
    self.hosts = hosts
    for name in ["tmp", "state"] { mkdir("\(home.path)/\(name)", 0o700) }
    var inventory = ""
    for host in hosts {
      try FileManager.default.createDirectory(atPath: dir(host), withIntermediateDirectories: true)
      // The users of the fleet are not the one of the tests.
      chmod(dir(host), 0o777)
      inventory += "\(host.name) ansible_host=\(host.address) ansible_port=\(host.port) dir=\"\(dir(host))\""
      if let user = host.user { inventory += " ansible_user=\(user)" }
      if !extra.isEmpty { inventory += " ansible_ssh_extra_args='\(extra)'" }
      if !variables.isEmpty { inventory += " \(variables)" }
      inventory += " ansible_ssh_common_args='-F \"\(host.configuration)\" \(host.arguments)'\n"
    }
    try project.folder.write("inventory.ini", inventory)
  }

  package func dir(_ host: RemoteHost) -> String { "\(project.folder.path)/hosts/\(host.name)" }

  package func path(_ host: RemoteHost, _ name: String) -> String { "\(dir(host))/\(name)" }

  /// The bytes of a file of a host; nothing when there is none.
  package func bytes(_ host: RemoteHost, _ name: String) -> Data? { FileManager.default.contents(atPath: path(host, name)) }

  package func text(_ host: RemoteHost, _ name: String) -> String? { bytes(host, name).map { String(decoding: $0, as: UTF8.self) } }

  /// How often a step has really run that appends a line to this file.
  package func count(_ host: RemoteHost, _ name: String = "counter") -> Int {
    text(host, name)?.split(separator: "\n").count ?? 0
  }

  /// The same of all hosts, in their order.
  package func counts(_ name: String = "counter") -> [Int] { hosts.map { count($0, name) } }

  /// The number in a file, once it is there.
  package func process(_ host: RemoteHost, _ name: String = "pid", seconds: Double = 60) -> Int32? {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if let text = text(host, name), text.hasSuffix("\n"), let number = Int32(text.dropLast()) { return number }
      usleep(20_000)
    }
    return nil
  }

  package var environment: [String: String] {
    ["HOME": home.path, "XDG_STATE_HOME": "\(home.path)/state", "TMPDIR": "\(home.path)/tmp"]
  }

  package func start(_ words: String..., environment: [String: String] = [:]) throws -> Started {
    try project.start(words, environment: self.environment.merging(environment) { $1 })
  }

  /// Runs a task and reads its events.
  package func report(_ words: String..., environment: [String: String] = [:]) throws -> Report {
    Report(try project.start(["--format", "json"] + words, environment: self.environment.merging(environment) { $1 }).end())
  }

  /// Waits until nothing of the runs is left here or on the hosts; says what is.
  package func left(seconds: Double = 15) -> [String] {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(home.path)/tmp")) ?? []
      let left = files.map { "file \($0)" } + Processes.naming([project.folder.path, home.path])
      if left.isEmpty || Date() > end { return left }
      usleep(50_000)
    }
  }
}
