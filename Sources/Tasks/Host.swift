/// A machine that steps run on, as the inventory describes it.
///
///     perform("report") { session in
///       print(session.host.name, session.host.address)
///     }
public struct Host: Sendable, Equatable {
  /// The name in the inventory; unique in a run.
  public var name: String
  /// Where to connect: `ansible_host`, or the name.
  public var address: String
  /// The ssh port, when the inventory gives one.
  public var port: Int?
  /// The login user, when the inventory gives one.
  public var user: String?
  /// The groups that hold the host, in inventory order, without `all` and `ungrouped`.
  public var roles: [String]
  /// The host's variables, with group variables merged in.
  public var variables: [String: Value]

  /// A host; everything but the name has a usual value.
  public init(
    _ name: String, address: String? = nil, port: Int? = nil, user: String? = nil, roles: [String] = [],
    variables: [String: Value] = [:]
  ) {
    self.name = name
    self.address = address ?? name
    self.port = port
    self.user = user
    self.roles = roles
    self.variables = variables
  }
}
