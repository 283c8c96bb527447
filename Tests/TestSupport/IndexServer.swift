import Foundation

/// A package index on this machine, which ends with the test: `Tests/Support/index_server.py`, or a real pypiserver.
package final class IndexServer: Sendable {
  package enum Kind: Sendable { case ours, pypiserver }

  /// A Python with `packaging` and `pypiserver`.
  package static let python = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

  private let folder: Scratch
  private let process: Started
  private let port: String

  /// Serves what its kind does; of a pypiserver these are the files.
  package convenience init(_ kind: Kind = .ours, files: [String] = []) throws {
    let folder = Scratch()
    for file in files { try folder.write("packages/\(file)", "") }
    try self.init(kind, folder: folder, login: nil)
  }

  /// A pypiserver with tiny wheels, `NAME-VERSION[:DEPENDENCY]`, whose modules have the variable `origin`; with `login` it wants that.
  package convenience init(wheels: [String], origin: String, login: String? = nil) throws {
    let folder = Scratch()
    let made = try Started(
      ["/usr/bin/env", "python3", "\(BuiltRun.root)/Tests/Support/wheels.py", "\(folder.path)/packages", origin] + wheels
    ).end()
    guard made.status == 0 else { throw NotStarted(errors: made.errors) }
    try self.init(.pypiserver, folder: folder, login: login)
  }

  private init(_ kind: Kind, folder: Scratch, login: String?) throws {
    self.folder = folder
    let python = kind == .pypiserver ? [Self.python ?? "python3"] : ["/usr/bin/env", "python3"]
    let words = python + ["\(BuiltRun.root)/Tests/Support/index_server.py", folder.path]
    process = try Started(
      words + (kind == .pypiserver ? ["pypiserver"] : []), environment: login.map { ["INDEX_SERVER_LOGIN": $0] } ?? [:])
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

  /// A line of requirements for one of its wheels, with its hash, or with a wrong one.
  package func requirement(_ wheel: String, isRight: Bool = true) -> String {
    let sums = folder.read("packages.sha256").split(separator: "\n").map { $0.split(separator: " ") }
    let sum = sums.first { $0[0] == wheel }.map { String($0[1]) } ?? ""
    return "\(wheel.replacing("-", with: "==")) --hash=sha256:\(isRight ? sum : String(sum.reversed()))\n"
  }

  /// What our server's index `auth` wants.
  package static let credentials = #"deploy:p"a\ss:wo rd"#
}
