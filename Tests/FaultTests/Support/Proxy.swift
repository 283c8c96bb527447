import Foundation
import TestSupport

/// A proxy in front of a host, which treats its connections badly: `Tests/Support/proxy.py`.
final class Proxy: Sendable {
  private let folder: Scratch
  private let process: Started
  let port: String

  /// `rules` concern connections from their beginning; commands follow with `tell`.
  init(to address: String, port: String, _ rules: [String] = []) throws {
    folder = Scratch()
    process = try Started(
      ["/usr/bin/env", "python3", "\(BuiltRun.root)/Tests/Support/proxy.py", folder.path, address, port] + rules)
    let folder = folder
    guard process.wait(until: { folder.exists("port") || !$0.isRunning }), folder.exists("port") else {
      process.signal(SIGKILL)
      throw NotStarted(errors: process.end().errors)
    }
    self.port = folder.read("port")
  }

  deinit { stop() }

  struct NotStarted: Error { let errors: String }

  func stop() { process.signal(SIGKILL) }

  /// Has a command carried out on all open connections.
  func tell(_ command: String) throws {
    let before = folder.lines("done")
    guard let control = FileHandle(forWritingAtPath: "\(folder.path)/control") else { throw NotStarted(errors: "no control") }
    try control.write(contentsOf: Data("\(command)\n".utf8))
    try control.close()
    let folder = folder
    guard process.wait(until: { _ in folder.lines("done") > before }) else { throw NotStarted(errors: "\(command): no answer") }
  }

  /// How many connections have come.
  var connections: Int { folder.lines("connections") }
}

extension Fleet {
  /// A host of the fleet behind a proxy.
  func host(_ name: String, at number: Int = 0, user: String? = nil, behind proxy: Proxy, in scratch: Scratch) throws -> RemoteHost {
    try remote(name, user: user, port: proxy.port, in: scratch)
  }

  /// A server of this machine that has the key of the fleet's hosts.
  func remote(_ name: String, user: String? = nil, port: String, in scratch: Scratch, _ lines: [String] = []) throws -> RemoteHost {
    let alias = "HostKeyAlias [\(address(0))]:\(self.port)"
    return RemoteHost(
      name: name, address: "127.0.0.1", user: user, port: port,
      configuration: try configuration(lines + [alias], in: scratch, name: name))
  }
}
