import Tasks

/// How to reach a host, read from its variables and checked, because it ends up in ssh's arguments.
struct Connection {
  let name: String
  let place: Place?
  private(set) var address: String
  private(set) var port: Int?
  private(set) var user: String?

  init(name: String, place: Place?) {
    self.name = name
    self.place = place
    address = name
  }

  mutating func read(_ variables: [String: GroupGraph.Variable]) throws(InventoryError) {
    guard HostSyntax.isName(name) else { throw .host(place, name: name, nameProblem) }
    // The ssh_ names are older; Ansible prefers them when both are set.
    if let (variable, text, place) = try text(variables, "ansible_ssh_host", "ansible_host") {
      guard let address = HostSyntax.address(text) else { throw .host(place, name: name, problem(variable, text, .address(text))) }
      self.address = address
    } else {
      guard HostSyntax.address(name) != nil else { throw .host(place, name: name, .address(name)) }
    }
    if let (variable, text, place) = try text(variables, "ansible_ssh_port", "ansible_port") {
      guard let port = Int(text), (1...65535).contains(port) else { throw .host(place, name: name, problem(variable, text, .port(text))) }
      self.port = port
    }
    if let (variable, text, place) = try text(variables, "ansible_ssh_user", "ansible_user") {
      guard HostSyntax.isUser(text) else { throw .host(place, name: name, problem(variable, text, .user(text))) }
      user = text
    }
    for variable in [SSHDestination.keyVariable] + SSHDestination.argumentVariables {
      guard let (_, text, place) = try text(variables, variable) else { continue }
      do throws(InventoryError.HostProblem) {
        if Self.isTemplate(text) { throw .template(variable: variable, text) }
        if variable == SSHDestination.keyVariable {
          _ = try SSHDestination.key(.string(text))
        } else {
          _ = try SSHDestination.arguments(.string(text), of: variable)
        }
      } catch { throw .host(place, name: name, error) }
    }
  }

  private func text(
    _ variables: [String: GroupGraph.Variable], _ names: String...
  ) throws(InventoryError) -> (variable: String, text: String, place: Place)? {
    for name in names {
      guard let variable = variables[name], variable.value != .null else { continue }
      return (name, variable.value.plainText, variable.place)
    }
    return nil
  }

  private func problem(_ variable: String, _ text: String, _ usual: InventoryError.HostProblem) -> InventoryError.HostProblem {
    Self.isTemplate(text) ? .template(variable: variable, text) : usual
  }

  private static func isTemplate(_ text: String) -> Bool { text.contains("{{") || text.contains("{%") }

  private var nameProblem: InventoryError.HostProblem {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, HostSyntax.isUser(String(parts[0])), HostSyntax.isName(String(parts[1])) else { return .name }
    return .userInName(user: String(parts[0]), host: String(parts[1]))
  }
}
