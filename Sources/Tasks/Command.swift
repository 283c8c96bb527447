/// Shell text whose interpolated values arrive as the program's arguments, whatever they hold.
///
/// A value is quoted for the shell, so write no quotes around it: `run("tar xf \(file)")` is safe for any `file`.
/// An array is quoted item by item. `\(raw: text)` opts out.
///
///     run("cp \(source) \(target)")
///     run("bin/warm --host \(host: .name) --previous \(previous) --token \(token)")
///     run("make \(raw: flags)")
public struct Command: Sendable, Equatable, ExpressibleByStringInterpolation {
  package var fragments: [Fragment]

  package init(fragments: [Fragment]) { self.fragments = fragments }

  /// A command without interpolations, for the shell as it stands.
  public init(stringLiteral value: String) { fragments = [.text(value)] }

  /// A command from a literal with interpolations.
  public init(stringInterpolation: StringInterpolation) { fragments = stringInterpolation.fragments }

  /// Collects the pieces of a command, quoting values for the shell.
  public struct StringInterpolation: StringInterpolationProtocol {
    package var fragments: [Fragment] = []

    /// Called by the compiler.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// The command's own text.
    public mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { fragments.append(.text(literal)) } }

    /// A value, as one word.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      fragments.append(.value(shellQuoted(value.description)))
    }

    /// The items of a list, one word each; an empty list adds nothing.
    public mutating func appendInterpolation(_ values: [some CustomStringConvertible]) {
      fragments.append(.value(values.map { shellQuoted($0.description) }.joined(separator: " ")))
    }

    /// What the host says of itself, as one word.
    public mutating func appendInterpolation(host field: HostField) { fragments.append(.host(field)) }

    /// What an earlier `capture` printed on the same host, as one word.
    public mutating func appendInterpolation(_ captured: Captured) { fragments.append(.captured(captured)) }

    /// What the run says of itself, as one word.
    public mutating func appendInterpolation(run field: RunField) { fragments.append(.run(field)) }

    /// A text, as one word.
    public mutating func appendInterpolation(_ text: Text) { fragments += text.word.fragments }

    /// A text that names a file or folder, as one word; a leading `~/` is the user's home.
    public mutating func appendInterpolation(path text: Text) { fragments += text.path.fragments }

    /// What is decided for all hosts, as one word.
    public mutating func appendInterpolation(_ decision: Decision) { fragments.append(.decided(decision)) }

    /// A secret, as one word that no output, argument list or file of ours ever shows.
    public mutating func appendInterpolation(_ secret: Secret) { fragments.append(.secret(secret)) }

    /// Shell text as it stands, unquoted.
    public mutating func appendInterpolation(raw text: String) { fragments.append(.value(text)) }

    /// Another command's text, unquoted.
    public mutating func appendInterpolation(raw command: Command) { fragments += command.fragments }

    /// A parameter is not its value.
    @available(
      *, unavailable,
      message:
        "this is the parameter, not its value: list it behind the task's summary and name its value, task(\"name\", \"summary\", version) { version in ... }"
    )
    public mutating func appendInterpolation<Value>(_ parameter: Parameter<Value>) {}

    /// Only what can be printed has a text.
    @available(
      *, unavailable,
      message: "this value has no text for a command: put one of its properties in, or make its type CustomStringConvertible"
    )
    public mutating func appendInterpolation<Value>(_ value: Value) {}

    /// An optional has no text of its own.
    @available(
      *, unavailable,
      message: "this value is optional: unwrap it before it goes into a command, for example with if let value { ... } or value ?? \"none\""
    )
    public mutating func appendInterpolation<Value>(_ value: Value?) {}
  }
}
