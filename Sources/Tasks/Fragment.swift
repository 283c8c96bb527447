/// A piece of a command or a text: fixed, or filled in when the host, the secret, the captured output or the run is known.
package enum Fragment: Sendable, Equatable {
  case text(String)
  case host(HostField)
  case secret(Secret)
  case captured(Captured)
  case run(RunField)
  case decided(Decision)
}

/// What a command or text can say of the host that it is filled in for.
///
///     run("bin/register \(host: .name) --port \(host: .variable("port"))")
public enum HostField: Sendable, Equatable {
  /// The host's name in the inventory.
  case name
  /// Where the host is reached.
  case address
  /// A variable of the host; a host without it makes the plan invalid.
  case variable(String)
}
