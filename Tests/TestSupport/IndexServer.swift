import Foundation

/// A package index on this machine, which ends with the test: `Tests/Support/index_server.py`, or a real pypiserver.
package final class IndexServer: Sendable {
  package enum Kind: Sendable { case ours, pypiserver }

  /// A Python with `packaging` and `pypiserver`.
  package static let python = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

  private let folder = Scratch()
  private let process: Started
  private let port: String

  /// Serves what its kind does; of a pypiserver these are the files.
  package init(_ kind: Kind = .ours, files: [String] = []) throws {
    for file in files { try folder.write("packages/\(file)", "") }
    let python = kind == .pypiserver ? [Self.python ?? "python3"] : ["/usr/bin/env", "python3"]
    let words = python + ["\(BuiltRun.root)/Tests/Support/index_server.py", folder.path]
    process = try Started(words + (kind == .pypiserver ? ["pypiserver"] : []))
    let folder = folder
    guard process.wait(until: { folder.exists("port") || !$0.isRunning }), folder.exists("port") else {
      process.signal(SIGKILL)
      throw NotStarted(errors: process.end().errors)
    }
    port = folder.read("port")
  }

  deinit { process.signal(SIGKILL) }

  package struct NotStarted: Error { let errors: String }

  /// The address of one of its indexes; of a pypiserver `simple`.
  package func index(_ name: String) -> String { "http://127.0.0.1:\(port)/\(name)" }

  /// `127.0.0.1:PORT`.
  package var authority: String { "127.0.0.1:\(port)" }

  /// One line for each request: path, Accept, Authorization.
  package var requests: [String] { folder.read("log").split(separator: "\n").map(String.init) }

  /// What our server's index `auth` wants.
  package static let credentials = #"deploy:p"a\ss:wo rd"#
}
