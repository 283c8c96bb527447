import Tasks

/// Why a plan cannot be made; nothing has been touched.
package enum PlanError: Error {
  case parameter(ParameterError, task: String)
  /// Not an error yet: an index must say what the word means, and then the plan can be made.
  case unresolved(VersionQuestion, parameter: String, task: String)
  /// `latest` or a specifier, and nothing says of which package.
  case noPackage(parameter: String, word: String, task: String)
  case unknownParameter(String, task: String, known: [String])
  case invokesUnknown(String, known: [String], at: SourceLocation)
  case invokesItself([String], at: SourceLocation)
  case noInventory(at: SourceLocation)
  case noHosts(limit: String)
  case pattern(PatternError, at: SourceLocation)
  /// The pattern of `--limit`.
  case limit(PatternError)
  case rendering(RenderingError, at: SourceLocation)
  /// A number that is out of range: what it is for, the value, and what is allowed.
  case outOfRange(String, String, allowed: String, at: SourceLocation)
  case emptyBatches(at: SourceLocation)
  case unreadable(path: String, reason: String, at: SourceLocation)
  case isFolder(path: String, at: SourceLocation)
  case notFolder(path: String, at: SourceLocation)
  /// It went through an ordinary `String`, where it is `[secret]` and nothing else.
  case secretInString(at: SourceLocation)
  case secretInPath(at: SourceLocation)
  case secretInDestination(at: SourceLocation)
  case sameDownload(path: String, hosts: [String], at: SourceLocation)
  case malformedTemplate(path: String, line: Int)
  case missingTemplateValue(String, path: String, line: Int, host: String)
  case badName(NameKind, String, at: SourceLocation)
  case capturedLater(String, at: SourceLocation)
  /// A command of this machine, where nothing is captured or decided.
  case capturedInLocal(String, at: SourceLocation)
  /// A decision that another one's question would need.
  case decisionInQuestion(String, at: SourceLocation)
  /// A command cannot know how the run ends.
  case knownLater(RunField, at: SourceLocation)
  case hostInMessage(at: SourceLocation)
  case capturedInMessage(String, at: SourceLocation)
  /// A message that is sent before the task has ended.
  case outcomeBeforeEnd(at: SourceLocation)
  case cannotStartBySignal(at: SourceLocation)
  /// What a recipe says itself.
  case invalid(String, at: SourceLocation)
  case controlCharacter(at: SourceLocation)

  /// What a name that cannot be one was meant for.
  package enum NameKind: Sendable {
    case environmentVariable, captured, user, lock
  }
}
