/// A word that could stand where the cursor is, and what it means.
package struct Candidate: Sendable, Equatable {
  /// The whole word, with what is typed of it already.
  package var text: String
  package var help: String

  package init(_ text: String, _ help: String = "") {
    self.text = text
    self.help = help
  }

  /// Whether more of the word must follow: the environment of a task.
  package var isUnfinished: Bool { text.hasSuffix(":") }

  /// What cannot be typed cannot be completed.
  var isTypeable: Bool { !text.isEmpty && text.safe == text && !text.contains("\t") }
}

/// What a shell is told.
package enum CompletionAnswer: Sendable, Equatable {
  case words([Candidate])
  /// The shell knows files best.
  case files
}
