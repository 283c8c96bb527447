import Foundation

/// An HTTPS server of the test's own, which writes down what it is sent.
package final class Receiver: Sendable {
  package struct Request: Decodable {
    package var method: String
    package var path: String
    package var headers: [String: String]
    package var body: String

    /// Method, path, the headers that a service asks for, and the body.
    package var text: String {
      let names = ["Content-Type", "Authorization", "X-Api-Key", "API-Key", "X-Token"]
      return
        (["\(method) \(path)"]
        + names.compactMap { name in
          headers.first { $0.key.lowercased() == name.lowercased() }.map { "\(name): \($0.value)" }
        } + [body]).joined(separator: "\n")
    }
  }

  package static let isAvailable = ["python3", "openssl", "curl"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  package let folder = Scratch()
  package let address: String
  private let process: Started

  struct DidNotStart: Error {}

  package init() throws {
    process = try Started(["/usr/bin/env", "python3", "\(BuiltRun.root)/Tests/Support/receiver.py", folder.path])
    let file = "\(folder.path)/address"
    guard process.wait(until: { _ in FileManager.default.fileExists(atPath: file) }) else { throw DidNotStart() }
    address = folder.read("address")
  }

  deinit {
    process.signal(SIGKILL)
    _ = process.end()
  }

  /// What makes curl trust it, and not go through a proxy.
  package var environment: [String: String] {
    ["CURL_CA_BUNDLE": "\(folder.path)/certificate.pem", "BASE": address, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"]
  }

  package var requests: [Request] {
    folder.read("requests").split(separator: "\n").compactMap { try? JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
  }
}
