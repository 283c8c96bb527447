/// What a shell asks: which words stand in front of the cursor, and what there is of the word at it.
///
///     run --complete bash LINE TEXT     the line up to the cursor, and the part of it that readline replaces
///     run --complete zsh|fish WORD...   the words behind the program, up to the cursor, without their quotes
package struct CompletionRequest: Sendable {
  package static let word = "--complete"

  package let shell: CompletionShell
  /// The words behind the program that are whole.
  package let before: [String]
  package let current: String
  /// Whether the shell's own redirection stands there, which takes a file.
  let isRedirected: Bool
  /// What bash keeps of the word in front of what it replaces, and the quote that is open there.
  let kept: (text: String, quote: Unicode.Scalar?)

  /// Nothing when the words are no such question.
  package init?(_ words: some Collection<String>) {
    let words = Array(words)
    guard words.count >= 3, words[0] == Self.word, let shell = CompletionShell(rawValue: words[1]) else { return nil }
    self.shell = shell
    if shell == .bash {
      guard words.count == 4 else { return nil }
      let line = PartialLine(words[2])
      (before, current, isRedirected) = (line.words.dropFirst().map(Self.path), line.current, line.isRedirected)
      kept = Self.kept(of: line.typed, replacing: words[3])
    } else {
      (before, current, isRedirected) = (words[2..<words.count - 1].map(Self.path), words[words.count - 1], false)
      kept = ("", nil)
    }
  }

  /// Readline replaces what stands behind the last of its separators, or behind an open quote.
  private static func kept(of typed: String, replacing text: String) -> (String, Unicode.Scalar?) {
    let scalars = Array(typed.unicodeScalars), replaced = Array(text.unicodeScalars)
    guard scalars.count >= replaced.count, Array(scalars.suffix(replaced.count)) == replaced else { return ("", nil) }
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: scalars.dropLast(replaced.count))
    let line = PartialLine(String(kept))
    return (line.current, line.quote)
  }

  /// The shell has not replaced the tilde yet.
  private static func path(_ word: String) -> String {
    guard word.hasPrefix("~/"), let home = ProcessEnvironment.value("HOME") else { return word }
    return home + word.dropFirst()
  }

  /// From now on nothing is said: what goes wrong here is no business of somebody who types.
  package static func silence() {
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard null >= 0 else { return }
    dup2(null, 2)
    close(null)
  }
}
