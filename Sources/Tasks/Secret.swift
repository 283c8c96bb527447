/// A value that is read when a run starts and never shown: not in output, plans, argument lists or files of ours.
///
///     let token = Secret.environment("API_TOKEN")
///     run("curl --header 'Authorization: Bearer '\(token) https://api.example.com/deploys")
public struct Secret: Sendable, Equatable, Hashable {
  package enum Source: Sendable, Equatable, Hashable {
    case environment(String)
    case file(String)
    case command(String)
    case prompt(String)
  }

  package let source: Source

  /// The value of an environment variable of the run.
  public static func environment(_ name: String) -> Secret { Secret(source: .environment(name)) }

  /// The contents of a file without the final newline; the path is relative to the Deployfile.
  public static func file(_ path: String) -> Secret { Secret(source: .file(path)) }

  /// What a command on the control machine prints, without the final newline.
  public static func command(_ command: String) -> Secret { Secret(source: .command(command)) }

  /// What a person types, unseen, when the run starts.
  public static func prompt(_ question: String) -> Secret { Secret(source: .prompt(question)) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `[secret]`.
  public var description: String { "[secret]" }
  /// Always `[secret]`.
  public var debugDescription: String { "[secret]" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
