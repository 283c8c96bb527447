extension Text {
  /// The same pieces as shell text, unquoted: for showing.
  package var plain: Command { Command(fragments: fragments) }

  /// One word for the shell.
  package var word: Command {
    Command(
      fragments: fragments.isEmpty
        ? [.text("''")] : fragments.map { if case .text(let text) = $0 { .text(shellQuoted(text)) } else { $0 } })
  }

  /// One word for the shell that names a file; a leading `~/` is the user's home.
  package var path: Command {
    // A folder called `-` would be the one before, to `cd`, and a file of that name the input, to `cat`.
    if case .text(let text)? = fragments.first, text.utf8.first == UInt8(ascii: "-") {
      return Text(fragments: [.text("./" + text)] + fragments.dropFirst()).word
    }
    guard case .text(let text)? = fragments.first, text == "~" || text.hasPrefix("~/") else { return word }
    let rest = Text(fragments: [.text(String(text.dropFirst()))] + fragments.dropFirst())
    return rest.fragments == [.text("")] ? "\(raw: "\"$HOME\"")" : "\(raw: "\"$HOME\"")\(raw: rest.word)"
  }
}
