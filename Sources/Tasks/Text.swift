/// Text that is data, not shell code: a path, an address, a message; interpolated values go in as they are.
///
///     upload("dist/shop.conf", to: "/etc/shop/\(host: .name).conf")
public struct Text: Sendable, Equatable, ExpressibleByStringInterpolation {
  package var fragments: [Fragment]

  package init(fragments: [Fragment]) { self.fragments = fragments }

  /// Text that is known already.
  public init(_ text: String) { fragments = [.value(text)] }

  /// Text without interpolations.
  public init(stringLiteral value: String) { fragments = [.text(value)] }

  /// Text from a literal with interpolations.
  public init(stringInterpolation: StringInterpolation) { fragments = stringInterpolation.fragments }

  /// Collects the pieces of a text.
  public struct StringInterpolation: StringInterpolationProtocol {
    package var fragments: [Fragment] = []

    /// Called by the compiler.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// The text's own characters.
    public mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { fragments.append(.text(literal)) } }

    /// A value, as it prints.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) { fragments.append(.value(value.description)) }

    /// What the host says of itself.
    public mutating func appendInterpolation(host field: HostField) { fragments.append(.host(field)) }

    /// What an earlier `capture` printed on the same host.
    public mutating func appendInterpolation(_ captured: Captured) { fragments.append(.captured(captured)) }

    /// What the run says of itself, as it is.
    public mutating func appendInterpolation(run field: RunField) { fragments.append(.run(field)) }

    /// Another text.
    public mutating func appendInterpolation(_ text: Text) { fragments += text.fragments }

    /// A secret, which no output or file of ours ever shows.
    public mutating func appendInterpolation(_ secret: Secret) { fragments.append(.secret(secret)) }

    /// A parameter is not its value.
    @available(
      *, unavailable,
      message:
        "this is the parameter, not its value: list it behind the task's summary and name its value, task(\"name\", \"summary\", version) { version in ... }"
    )
    public mutating func appendInterpolation<Value>(_ parameter: Parameter<Value>) {}

    /// Only what can be printed has a text.
    @available(
      *, unavailable, message: "this value has no text for a text: put one of its properties in, or make its type CustomStringConvertible"
    )
    public mutating func appendInterpolation<Value>(_ value: Value) {}

    /// An optional has no text of its own.
    @available(
      *, unavailable,
      message: "this value is optional: unwrap it before it goes into a text, for example with if let value { ... } or value ?? \"none\""
    )
    public mutating func appendInterpolation<Value>(_ value: Value?) {}
  }
}
