import Foundation
import TestSupport
import Testing

/// A host of `Tests/Support/fleet`, as one login of one user.
struct RemoteHost: Sendable, CustomTestStringConvertible {
  var name: String
  var address: String
  var user: String?
  var port: String
  var configuration: String

  var testDescription: String { name }
}

/// The real ssh hosts of this machine; `nil` where there are none.
struct Fleet: Sendable {
  static let current = Fleet(ProcessInfo.processInfo.environment)
  static let isAvailable = current != nil && BuiltRun.isAvailable
  static let reason: Comment = "no ssh hosts or no built run: start bin/test, or source the fleet.env of Tests/Support/fleet start DIR"

  let configuration: String
  let key: String
  let addresses: [String]
  let port: String
  let log: String
  private let environment: [String: String]

  init?(_ environment: [String: String]) {
    self.environment = environment.filter { !$0.value.isEmpty }
    func value(_ name: String) -> String? { environment["PUSHBUTTON_TEST_SSH_\(name)"].flatMap { $0.isEmpty ? nil : $0 } }
    guard let configuration = value("CONFIG"), let key = value("KEY"), let hosts = value("HOSTS"), let port = value("PORT"),
      let log = value("LOG")
    else { return nil }
    self.configuration = configuration
    self.key = key
    self.port = port
    self.log = log
    addresses = hosts.split(separator: " ").map(String.init)
  }

  private func value(_ name: String) -> String? { environment["PUSHBUTTON_TEST_SSH_\(name)"] }

  /// The address of that number; where there are fewer, they are shared.
  func address(_ number: Int) -> String { addresses[number % addresses.count] }

  func host(_ name: String, at number: Int = 0, user: String? = nil) -> RemoteHost {
    RemoteHost(name: name, address: address(number), user: user, port: port, configuration: configuration)
  }

  func has(user: String) -> Bool { value("USERS")?.split(separator: " ").contains { $0 == user } ?? false }

  /// A login with each login shell, and with each `/bin/sh`.
  var shells: [RemoteHost] {
    var hosts = [host("root")]
    for (number, user) in ["pbdash", "pbbash", "pbfish", "pbtcsh"].enumerated() where has(user: user) {
      hosts.append(host(user, at: number + 1, user: user))
    }
    for kind in ["BASH", "BUSYBOX"] {
      guard let address = value("\(kind)_HOST"), let port = value("\(kind)_PORT") else { continue }
      hosts.append(RemoteHost(name: "sh-\(kind.lowercased())", address: address, user: nil, port: port, configuration: configuration))
    }
    return hosts
  }

  /// A login of this user with each `/bin/sh`.
  func logins(of user: String) -> [RemoteHost] {
    [host("\(user)-dash", at: 6, user: user)]
      + shells.filter { $0.name.hasPrefix("sh-") }.map { host in
        var host = host
        (host.name, host.user) = ("\(user)-\(host.name.dropFirst(3))", user)
        return host
      }
  }

  /// The password that sudo wants of those users whom it asks.
  var sudoPassword: String { value("SUDO_PASSWORD") ?? "" }

  /// What sudo has logged of a user, an entry a line.
  func sudoLog(of user: String) -> [String] {
    let text = value("SUDO_LOG").flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? ""
    return text.split(separator: "\n").map(String.init).filter { $0.contains(" : \(user) : ") }
  }

  /// A host whose sshd drops connections when too many begin at once, as every sshd does that nobody has configured.
  var throttled: RemoteHost? {
    value("THROTTLED_HOST").map { RemoteHost(name: "throttled", address: $0, user: nil, port: port, configuration: configuration) }
  }

  /// How many connections the log has seen so far that came to this address.
  func connections(to address: String) -> Int {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isNewline).count { $0.hasPrefix("Connection from") && $0.contains(" on \(address) port ") }
  }
}

extension Trait where Self == ConditionTrait {
  static var needsFleet: Self { .enabled(if: Fleet.isAvailable, Fleet.reason) }
  static func needsUser(_ user: String) -> Self {
    .enabled(if: Fleet.isAvailable && Fleet.current?.has(user: user) == true, "there is no user \(user): the fleet's users need root")
  }
}
