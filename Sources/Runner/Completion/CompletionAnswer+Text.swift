extension CompletionAnswer {
  /// In the form that the script of the shell reads: `files`, or `words` and a line for each of them.
  package func text(for request: CompletionRequest) -> String {
    guard case .words(let candidates) = self else { return "files\n" }
    let lines = candidates.filter(\.isTypeable).compactMap { candidate in
      switch request.shell {
      case .bash: request.bash(candidate)
      case .zsh: Self.zsh(candidate)
      case .fish: candidate.help.isEmpty ? candidate.text : "\(candidate.text)\t\(candidate.help.shown)"
      }
    }
    return (["words"] + lines).map { "\($0)\n" }.joined()
  }

  /// `+` in front of what is finished, `-` in front of what is not; then the form of `_describe`.
  private static func zsh(_ candidate: Candidate) -> String {
    let text = candidate.text.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    return (candidate.isUnfinished ? "-" : "+") + text + (candidate.help.isEmpty ? "" : ":\(candidate.help.shown)")
  }
}

extension CompletionRequest {
  /// What replaces readline's part of the word, quoted as it must be there; nothing for what the word does not begin.
  fileprivate func bash(_ candidate: Candidate) -> String? {
    guard candidate.text.hasPrefix(current), candidate.text.hasPrefix(kept.text) else { return nil }
    let rest = String(candidate.text.dropFirst(kept.text.count))
    if let quote = kept.quote {
      let quoted = quote == "'" ? Self.inSingleQuotes(rest) : Self.inDoubleQuotes(rest)
      // Readline closes an open quote itself, unless it finds one at the end.
      return quoted.unicodeScalars.last == quote ? "\(quoted)\(quote)" : quoted
    }
    return Self.escaped(rest) + (candidate.isUnfinished ? "" : " ")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !scalar.isPlain { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }

  private static func inSingleQuotes(_ text: String) -> String { text.replacing("'", with: #"'\''"#) }

  private static func inDoubleQuotes(_ text: String) -> String {
    var quoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "$", "`": quoted.append(contentsOf: ["\\", scalar])
      // Between double quotes a backslash keeps the history away, and stays.
      case "!": quoted.append(contentsOf: #""\!""#.unicodeScalars)
      default: quoted.append(scalar)
      }
    }
    return String(quoted)
  }
}

extension Unicode.Scalar {
  /// Whether it is itself in every word; bash takes letters of all scripts as they are.
  fileprivate var isPlain: Bool {
    guard isASCII else { return true }
    return switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", ",", "+", "@", "%", "=", "^": true
    default: false
    }
  }
}

extension String {
  /// One line without tabs.
  fileprivate var shown: String { firstLine.replacing("\t", with: " ").safe }
}
