/// The name under which a `capture` keeps what a command printed, for later commands on the same host.
///
///     let previous = Captured("previous")
///     capture("readlink current", as: previous)
///     run("bin/compare \(previous)")
public struct Captured: Sendable, Equatable, Hashable {
  /// What plans call it: letters, digits and `_`, not beginning with a digit.
  public let name: String

  /// A place for output; the name tells it from others and must be a shell variable's name.
  public init(_ name: String) { self.name = name }
}
