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
    /// It has become `[secret]` in an ordinary `String`, and nobody can tell which one it was: plans refuse it.
    case lost
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

extension Fragment {
  /// A value that goes into a text as it prints; a secret does not survive that.
  static func value(_ text: String) -> Fragment { text.contains(Secret.shown) ? .secret(Secret(source: .lost)) : .text(text) }
}

extension Secret {
  fileprivate static let shown = "[secret]"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `[secret]`.
  public var description: String { Secret.shown }
  /// Always `[secret]`.
  public var debugDescription: String { Secret.shown }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
