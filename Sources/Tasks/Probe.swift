/// A question to which a healthy host answers yes, asked on the host itself.
///
///     waitFor(.http("http://localhost:8000/version", contains: "\(version)"), within: .seconds(30))
public struct Probe: Sendable {
  package enum Kind: Sendable {
    case http(Text, contains: Text?)
    case tcp(Text)
    case command(Command)
  }

  package let kind: Kind

  /// A page that answers with a status below 400 and, if given, holds a text; needs `curl` or `wget` on the host.
  public static func http(_ address: Text, contains text: Text? = nil) -> Probe { Probe(kind: .http(address, contains: text)) }

  /// A port, as `host:port`, that accepts connections; needs `nc`, `bash` or `curl` on the host.
  public static func tcp(_ address: Text) -> Probe { Probe(kind: .tcp(address)) }

  /// A command that ends with status 0.
  public static func command(_ command: Command) -> Probe { Probe(kind: .command(command)) }
}

/// Asks once a second until the answer is yes; fails, with the last answer, when that takes longer than `within`.
///
///     waitFor(.tcp("localhost:5432"), within: .seconds(10))
public func waitFor(_ probe: Probe, within limit: Duration, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.waitFor(probe, within: limit), at: SourceLocation(fileID, line))
}
