/// A named unit of work that a person starts: `run deploy:production --version 1.4.2`.
public struct TaskDefinition: Sendable {
  package let name: String
  package let summary: String
  package let parameters: [ParameterDefinition]
  /// The task's stages for the words given to its parameters, by name.
  package let stages: @Sendable (_ words: [String: [String]]) throws(ParameterError) -> [Stage]
  package var location: SourceLocation
}

/// Declares a task.
///
/// Its closure gets the parameters' values and says what happens; nothing has happened when it returns.
///
///     let version = Parameter<Version>("version", "the version to install")
///     let deploy = task("deploy", "Install a version", version) { version in
///       hosts("web") { run("pip install shop==\(version)") }
///     }
public func task<each Value: Sendable>(
  _ name: String, _ summary: String, _ parameters: repeat Parameter<each Value>, fileID: StaticString = #fileID, line: UInt = #line,
  @Stages _ body: @escaping @Sendable (repeat each Value) -> [Stage]
) -> TaskDefinition {
  var definitions: [ParameterDefinition] = []
  repeat definitions.append((each parameters).definition)
  return TaskDefinition(
    name: name, summary: summary, parameters: definitions,
    stages: { words throws(ParameterError) in body(repeat try (each parameters).value(from: words)) },
    location: SourceLocation(fileID, line))
}
