extension InventorySource {
  /// The nodes that a search on a Chef server finds; asked once per run, with requests signed by a user's or client's key.
  ///
  ///     environment("production", inventory: .chef(
  ///       server: "https://chef.example.com", organization: "acme", user: "deploy", key: "~/.chef/deploy.pem",
  ///       query: "chef_environment:production", address: "cloud.public_ipv4" || "ipaddress"))
  ///
  /// A node is a host of its name; its Chef roles and, unless `environmentRoles` is false, its Chef environment are roles. A node
  /// without an address is an error unless `withoutAddress` is `.skip`. `variables` gives hosts variables from attributes.
  /// Needs `curl` and `openssl` on this machine.
  public static func chef(
    server: String, organization: String? = nil, user: String, key: ChefKey, query: String = "*:*",
    address: ChefAttribute = "ipaddress" || "fqdn", withoutAddress: ChefMissingAddress = .refuse, login: String? = nil, port: Int? = nil,
    variables: [String: ChefAttribute] = [:], environmentRoles: Bool = true, signing: ChefSigning = .v1_3, caFile: String? = nil
  ) -> InventorySource {
    InventorySource(
      kind: .chef(
        ChefSource(
          server: server, organization: organization, user: user, key: key, query: query, address: address,
          withoutAddress: withoutAddress, login: login, port: port, variables: variables, environmentRoles: environmentRoles,
          signing: signing, caFile: caFile)))
  }
}

/// Everything that `InventorySource.chef` was given.
package struct ChefSource: Sendable, Equatable {
  package var server: String
  package var organization: String?
  package var user: String
  package var key: ChefKey
  package var query: String
  package var address: ChefAttribute
  package var withoutAddress: ChefMissingAddress
  package var login: String?
  package var port: Int?
  package var variables: [String: ChefAttribute]
  package var environmentRoles: Bool
  package var signing: ChefSigning
  package var caFile: String?
}

/// The RSA private key that signs requests to a Chef server, in PEM form and without a passphrase.
///
///     key: "~/.chef/deploy.pem"
///     key: .secret(.environment("CHEF_KEY"))
public struct ChefKey: Sendable, Equatable, ExpressibleByStringLiteral {
  package enum Kind: Sendable, Equatable {
    case file(String)
    case secret(Secret)
  }

  package let kind: Kind

  private init(kind: Kind) { self.kind = kind }

  /// A file: relative to the Deployfile, absolute, or below the home folder with `~/`.
  public static func file(_ path: String) -> ChefKey { ChefKey(kind: .file(path)) }

  /// The text of the key itself, for example from a variable of a CI job.
  public static func secret(_ secret: Secret) -> ChefKey { ChefKey(kind: .secret(secret)) }

  /// A file.
  public init(stringLiteral path: String) { kind = .file(path) }
}

/// An attribute of a Chef node; `||` takes the first that a node has.
///
///     "ipaddress"
///     "cloud.public_ipv4" || "ipaddress"
///     ["network", "interfaces", "eth0.100", "address"]
public struct ChefAttribute: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The names on the way to the attribute, for each alternative.
  package let paths: [[String]]

  package init(paths: [[String]]) { self.paths = paths }

  /// A path with dots between its names.
  public init(stringLiteral path: String) { paths = [path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)] }

  /// A path, name by name, for names that hold dots.
  public init(arrayLiteral path: String...) { paths = [path] }

  /// The first of both that a node has.
  public static func || (first: ChefAttribute, second: ChefAttribute) -> ChefAttribute {
    ChefAttribute(paths: first.paths + second.paths)
  }
}

/// What becomes of a node that has no address.
public enum ChefMissingAddress: Sendable {
  /// The inventory is refused, and the error names the node.
  case refuse
  /// The node is left out.
  case skip
}

/// The version of Chef's protocol for signed requests.
public enum ChefSigning: Sendable {
  /// SHA-256: Chef server 12.4 and newer.
  case v1_3
  /// SHA-1, for older servers.
  case v1_0
}
