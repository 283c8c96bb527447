import Foundation

/// A host of `Tests/Support/fleet`, as one login of one user.
package struct RemoteHost: Sendable {
  package var name: String
  package var address: String
  package var user: String?
  package var port: String
  package var configuration: String
  /// More words for ssh, as the inventory names them.
  package var arguments = ""

  package init(name: String, address: String, user: String? = nil, port: String, configuration: String) {
    self.name = name
    self.address = address
    self.user = user
    self.port = port
    self.configuration = configuration
  }
}

/// The real ssh hosts of this machine; `nil` where there are none.
package struct Fleet: Sendable {
  package static let current = Fleet(ProcessInfo.processInfo.environment)
  package static let isAvailable = current != nil && BuiltRun.isAvailable
  package static let reason = "no ssh hosts or no built run: start bin/test, or source the fleet.env of Tests/Support/fleet start DIR"

  package let configuration: String
  package let key: String
  package let addresses: [String]
  package let port: String
  package let log: String
  private let environment: [String: String]

  package init?(_ environment: [String: String]) {
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
  package func address(_ number: Int) -> String { addresses[number % addresses.count] }

  package func host(_ name: String, at number: Int = 0, user: String? = nil) -> RemoteHost {
    RemoteHost(name: name, address: address(number), user: user, port: port, configuration: configuration)
  }

  package func has(user: String) -> Bool { value("USERS")?.split(separator: " ").contains { $0 == user } ?? false }

  /// A login with each login shell, and with each `/bin/sh`.
  package var shells: [RemoteHost] {
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
  package func logins(of user: String) -> [RemoteHost] {
    [host("\(user)-dash", at: 6, user: user)]
      + shells.filter { $0.name.hasPrefix("sh-") }.map { host in
        var host = host
        (host.name, host.user) = ("\(user)-\(host.name.dropFirst(3))", user)
        return host
      }
  }

  /// The password that sudo wants of those users whom it asks.
  package var sudoPassword: String { value("SUDO_PASSWORD") ?? "" }

  /// What sudo has logged of a user, an entry a line.
  package func sudoLog(of user: String) -> [String] {
    let text = value("SUDO_LOG").flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? ""
    return text.split(separator: "\n").map(String.init).filter { $0.contains(" : \(user) : ") }
  }

  /// A host whose sshd drops connections when too many begin at once, as every sshd does that nobody has configured.
  package var throttled: RemoteHost? {
    value("THROTTLED_HOST").map { RemoteHost(name: "throttled", address: $0, user: nil, port: port, configuration: configuration) }
  }

  /// How many connections the log has seen so far that came to this address.
  package func connections(to address: String) -> Int {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isNewline).count { $0.hasPrefix("Connection from") && $0.contains(" on \(address) port ") }
  }
}
