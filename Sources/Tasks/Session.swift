/// A connection to one host, for Swift code that must look at what a host answers.
///
///     perform("report the version") { session in
///       let version = try await session.capture("cat VERSION")
///       print(session.host.name, version)
///     }
public struct Session: Sendable {
  /// The host at the other end.
  public let host: Host
  package let connection: any SessionConnection

  package init(host: Host, connection: any SessionConnection) {
    self.host = host
    self.connection = connection
  }

  /// Runs a command, inside the scopes of the `perform`.
  ///
  /// - Throws: `CommandFailed` when it ends with another status than 0, or the connection is lost.
  @discardableResult
  public func run(_ command: Command) async throws -> CommandResult {
    let result = try await connection.run(command, isShown: true)
    guard result.status == 0 else { throw CommandFailed(result: result) }
    return result
  }

  /// What a command prints on standard output, without the final newlines.
  ///
  /// - Throws: `CommandFailed` when it ends with another status than 0, or the connection is lost.
  public func capture(_ command: Command) async throws -> String {
    let result = try await connection.run(command, isShown: false)
    guard result.status == 0 else { throw CommandFailed(result: result) }
    var output = Substring(result.output)
    while output.last?.isNewline == true { output.removeLast() }
    return String(output)
  }

  /// Whether a command ends with status 0.
  ///
  /// - Throws: when the connection is lost.
  public func test(_ command: Command) async throws -> Bool { try await connection.run(command, isShown: false).status == 0 }

  /// Copies a file to the host, verified like the `upload` step.
  ///
  /// - Throws: when the file cannot be read, sent or verified.
  public func upload(_ path: String, to destination: String, mode: Int? = nil) async throws {
    try await connection.upload(path, to: destination, mode: mode)
  }
}

/// How a command ended and what it printed.
public struct CommandResult: Sendable, Equatable {
  /// The exit status; 128 and the signal's number when a signal ended it.
  public let status: Int
  /// Standard output, with invalid UTF-8 replaced.
  public let output: String
  /// Standard error, with invalid UTF-8 replaced.
  public let errorOutput: String

  package init(status: Int, output: String, errorOutput: String) {
    self.status = status
    self.output = output
    self.errorOutput = errorOutput
  }
}

/// A command of a session that ended with another status than 0.
public struct CommandFailed: Error, Sendable, Equatable {
  /// How it ended and what it printed.
  public let result: CommandResult
}

/// What a session needs of a transport.
package protocol SessionConnection: Sendable {
  func run(_ command: Command, isShown: Bool) async throws -> CommandResult
  func upload(_ path: String, to destination: String, mode: Int?) async throws
}

/// Runs Swift code with a session on the host; plans show its name only.
///
/// A thrown error fails the step.
///
///     perform("drain") { session in
///       while try await session.capture("bin/connections") != "0" { try await session.run("sleep 1") }
///     }
public func perform(
  _ name: String, fileID: StaticString = #fileID, line: UInt = #line, _ body: @escaping @Sendable (Session) async throws -> Void
) -> Step {
  Step(.perform(body), name: name, at: SourceLocation(fileID, line))
}
