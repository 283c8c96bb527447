import Tasks

/// Where and how ssh connects to a host: every part is checked, because it ends up among ssh's arguments.
package struct SSHDestination: Sendable, Equatable {
  package let address: String
  package let port: Int?
  package let user: String?
  /// `ansible_ssh_private_key_file`.
  package let key: String?
  package let arguments: SSHArguments

  /// The variables that hold words for ssh, in the order in which ssh gets them.
  static let argumentVariables = ["ansible_ssh_common_args", "ansible_ssh_extra_args"]
  static let keyVariable = "ansible_ssh_private_key_file"

  /// Hosts of an inventory have passed this when it was loaded; others have not.
  package init(_ host: Host) throws(InventoryError.HostProblem) {
    guard let address = HostSyntax.address(host.address) else { throw .address(host.address) }
    if let port = host.port, !(1...65535).contains(port) { throw .port("\(port)") }
    if let user = host.user, !HostSyntax.isUser(user) { throw .user(user) }
    self.address = address
    port = host.port
    user = host.user
    key = try Self.key(host.variables[Self.keyVariable])
    var arguments = SSHArguments()
    for name in Self.argumentVariables { arguments.append(try Self.arguments(host.variables[name], of: name)) }
    self.arguments = arguments
  }

  /// What its connections have in common with those to other hosts: the server that they reach first.
  package var entrance: String {
    if let jump = arguments.firstJump { return "jump \(jump.split(separator: "@").last ?? "")" }
    if let command = arguments.proxyCommand { return "proxy \(command)" }
    return "\(address) \(port.map(String.init) ?? "")"
  }

  static func key(_ value: Value?) throws(InventoryError.HostProblem) -> String? {
    guard let value, value != .null, !value.plainText.isEmpty else { return nil }
    guard HostSyntax.isKeyPath(value.plainText) else { throw .keyFile(value.plainText) }
    return value.plainText
  }

  static func arguments(_ value: Value?, of variable: String) throws(InventoryError.HostProblem) -> SSHArguments {
    guard let value, value != .null else { return SSHArguments() }
    do throws(SSHArgumentProblem) { return try SSHArguments(value.plainText) } catch { throw .arguments(variable: variable, error) }
  }
}
