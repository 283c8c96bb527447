import Tasks

@testable import Runner

extension Found {
  /// Environments with their hosts, a line each: what tests compare.
  var lines: [String] {
    environments.flatMap { environment -> [String] in
      guard case .hosts(let hosts) = environment.source else { return ["\(environment.name): \(environment.source)"] }
      return ["\(environment.name):"] + hosts.map { "  \($0.line)" }
    }
  }
}

extension Host {
  /// `deploy@web1:22 = 10.0.0.5 web, db`.
  var line: String {
    var text = (user.map { "\($0)@" } ?? "") + name + (port.map { ":\($0)" } ?? "")
    if address != name { text += " = \(address)" }
    if case .string(let key)? = variables["ansible_ssh_private_key_file"] { text += " key \(key)" }
    if variables["ansible_connection"] == "local" { text += " local" }
    return roles.isEmpty ? text : "\(text) \(roles.joined(separator: ", "))"
  }
}
