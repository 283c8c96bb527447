/// A question to which a healthy host answers yes, asked on the host itself.
///
///     waitFor(.http("http://localhost:8000/version", contains: "\(version)"), within: .seconds(30))
public struct Probe: Sendable {
  package enum Kind: Sendable {
    case http(Text, status: ClosedRange<Int>?, contains: Text?)
    case tcp(Text)
    case command(Command)
  }

  package let kind: Kind

  /// A page that answers with a status below 400 and, if given, holds a text; needs `curl` or `wget` on the host.
  public static func http(_ address: Text, contains text: Text? = nil) -> Probe {
    Probe(kind: .http(address, status: nil, contains: text))
  }

  /// A page that answers with exactly this status and, if given, holds a text.
  public static func http(_ address: Text, status: Int, contains text: Text? = nil) -> Probe {
    Probe(kind: .http(address, status: status...status, contains: text))
  }

  /// A page that answers with one of these statuses and, if given, holds a text.
  public static func http(_ address: Text, status: ClosedRange<Int>, contains text: Text? = nil) -> Probe {
    Probe(kind: .http(address, status: status, contains: text))
  }

  /// A port, as `host:port`, that accepts connections; needs `nc`, `bash` or `curl` on the host.
  public static func tcp(_ address: Text) -> Probe { Probe(kind: .tcp(address)) }

  /// A command that ends with status 0.
  public static func command(_ command: Command) -> Probe { Probe(kind: .command(command)) }
}

/// Asks once a second until the answer is yes; fails, with the last answer, when that takes longer than `within`.
///
/// With `stableFor` the answer must then stay yes for that long; a no begins it again, as long as `within` is not over. Both in whole
/// seconds, rounded up.
///
///     waitFor(.tcp("localhost:5432"), within: .seconds(10))
///     waitFor(.http("http://localhost:8000/health", status: 200), within: .seconds(30), stableFor: .seconds(5))
public func waitFor(
  _ probe: Probe, within limit: Duration, stableFor stable: Duration = .zero, fileID: StaticString = #fileID, line: UInt = #line
) -> Step {
  Step(.waitFor(probe, within: limit, stableFor: stable), at: SourceLocation(fileID, line))
}
