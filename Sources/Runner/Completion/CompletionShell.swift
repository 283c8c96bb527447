/// The shells in which words of a command line can be completed.
package enum CompletionShell: String, Sendable, CaseIterable {
  case bash, zsh, fish
}
