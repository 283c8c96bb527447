/// A piece of a program in another language, as far as it matters for finding hosts in it.
struct Token: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case word(String)
    /// A string that is what it says.
    case text(String)
    /// A string with something to be filled in.
    case template(String)
    case number(Int)
    /// Ruby's `%w[a b]`.
    case words([String])
    case sign(String)
    case newline
  }

  var kind: Kind
  var line: Int
  /// The column of the first token of its line, from 0.
  var indentation: Int
}

/// The languages of the tools that people come from.
enum Dialect: Sendable {
  case python, ruby, php
}
