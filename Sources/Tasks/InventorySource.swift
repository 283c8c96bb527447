/// Where the hosts of an environment come from.
///
///     environment("staging", inventory: "inventory/staging.ini")
///     environment("production", inventory: .ansible("inventory/production.yml"))
///     environment("here", inventory: .hosts { host("localhost", variables: ["ansible_connection": "local"]) })
public struct InventorySource: Sendable, Equatable {
  /// The kinds of source; the runner reads them.
  package enum Kind: Sendable, Equatable {
    case path(String)
    case ansible(String)
    case hosts([Host])
    case chef(ChefSource)
  }

  package let kind: Kind

  /// A file, folder or program beside the Deployfile: Ansible INI, JSON in Ansible's dynamic format, or an executable that prints it.
  public static func path(_ path: String) -> InventorySource { InventorySource(kind: .path(path)) }

  /// Whatever `ansible-inventory -i PATH --list` understands: YAML, plugins, vaults.
  public static func ansible(_ path: String) -> InventorySource { InventorySource(kind: .ansible(path)) }

  /// Hosts written here.
  public static func hosts(@HostList _ hosts: () -> [Host]) -> InventorySource { InventorySource(kind: .hosts(hosts())) }
}

extension InventorySource: ExpressibleByStringInterpolation {
  /// A path, whose kind is detected.
  public init(stringLiteral path: String) { self = .path(path) }
}

/// Collects the hosts of `InventorySource.hosts`.
@resultBuilder public enum HostList {
  /// One host.
  public static func buildExpression(_ host: Host) -> [Host] { [host] }
  /// Several hosts, for example those that a function returns.
  public static func buildExpression(_ hosts: [Host]) -> [Host] { hosts }
  /// The hosts of a block.
  public static func buildBlock(_ hosts: [Host]...) -> [Host] { hosts.flatMap(\.self) }
  /// The hosts of an `if` without `else`.
  public static func buildOptional(_ hosts: [Host]?) -> [Host] { hosts ?? [] }
  /// The hosts of the first branch.
  public static func buildEither(first hosts: [Host]) -> [Host] { hosts }
  /// The hosts of the second branch.
  public static func buildEither(second hosts: [Host]) -> [Host] { hosts }
  /// The hosts of a loop.
  public static func buildArray(_ hosts: [[Host]]) -> [Host] { hosts.flatMap(\.self) }
}

/// A host of an inventory written in Swift.
///
///     .hosts {
///       host("web1.example.com", roles: ["web"])
///       host("db1", address: "10.0.0.5", port: 2222, user: "deploy", roles: ["db"], variables: ["size": 3])
///     }
public func host(
  _ name: String, address: String? = nil, port: Int? = nil, user: String? = nil, roles: [String] = [], variables: [String: Value] = [:]
) -> Host {
  Host(name, address: address, port: port, user: user, roles: roles, variables: variables)
}
