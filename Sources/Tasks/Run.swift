/// Runs a command on the host with `/bin/sh`, without input; any exit status but 0 fails the step.
///
///     run("systemctl daemon-reload")
///     run("tar xf \(archive) -C \(folder)")
public func run(_ command: Command, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.run(command), at: SourceLocation(fileID, line))
}

/// A `String` says nothing of how it is quoted.
@available(
  *, unavailable,
  message:
    "a String is not a Command: write run(\"\\(raw: text)\") for shell text, or put the values into a literal: run(\"cp \\(file) /tmp\")"
)
@_disfavoredOverload
public func run(_ command: String) -> Step { fatalError() }

/// Runs a command and keeps what it prints on standard output, without the final newlines, for later commands on the same host.
///
///     let previous = Captured("previous")
///     capture("readlink current", as: previous)
///     run("echo was \(previous)")
public func capture(_ command: Command, as captured: Captured, fileID: StaticString = #fileID, line: UInt = #line) -> Step {
  Step(.capture(command, captured), at: SourceLocation(fileID, line))
}
