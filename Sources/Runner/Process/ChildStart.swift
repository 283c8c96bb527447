/// What a child is and what it is given.
package struct ChildStart: Sendable {
  package enum Input: Sendable { case null, pipe, inherit }
  package enum Output: Sendable { case pipe, inherit, null }
  package enum Group: Sendable {
    /// A session of its own: no terminal, and one signal reaches all its descendants that stay in it.
    case newSession
    /// Ours, for a child that talks to the person at the terminal.
    case inherit
  }

  /// The program, looked up in our PATH when it has no slash, and its arguments.
  package var argv: [String]
  /// `NAME=value` texts, or nothing for our own environment.
  package var environment: [String]?
  package var folder: String?
  package var input: Input
  package var output: Output
  package var group: Group

  package init(
    _ argv: [String], environment: [String]? = nil, folder: String? = nil,
    input: Input = .null, output: Output = .pipe, group: Group = .newSession
  ) {
    self.argv = argv
    self.environment = environment
    self.folder = folder
    self.input = input
    self.output = output
    self.group = group
  }
}

/// Which of its two streams a child wrote to.
package enum OutputStream: String, Sendable {
  case output = "stdout"
  case error = "stderr"
}
