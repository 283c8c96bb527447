import Tasks

/// A step with its number, its scopes in one place, and what it will do.
package struct PlannedStep: Sendable {
  package indirect enum Action: Sendable {
    /// Shell text; `shown` is what people read where the text itself is machinery.
    case command(Command, shown: Command?, captured: Captured?)
    case upload(Content, to: Text, mode: Int?)
    case download(Text, to: Text)
    case sync(Text, to: Text, deleting: Bool)
    case perform(@Sendable (Session) async throws -> Void)
    case when(Command, then: [PlannedStep], otherwise: [PlannedStep])
    case unsupported(String)
  }

  /// What an upload sends.
  package enum Content: Sendable {
    case file(Text)
    case template(path: String, content: Text)
  }

  /// Where and as whom: scopes nest in every order and end up here.
  package struct Attributes: Sendable {
    /// Folders, outermost first; each is relative to the one before.
    package var folders: [Text] = []
    /// Sorted by name.
    package var variables: [(name: String, value: Text)] = []
    package var user: String?
  }

  package var number: Int
  package var kind: String
  package var name: String?
  package var action: Action
  package var attributes: Attributes
  package var timeout: Duration?
  package var attempts: Int
  package var pause: Duration
  package var ignoresFailure: Bool
  /// The only host that runs it, for a step that is done once.
  package var onlyHost: String?
  package var location: SourceLocation

  /// The steps and, behind each condition, those of its branches.
  package static func flattened(_ steps: [PlannedStep]) -> [PlannedStep] {
    steps.flatMap { step in
      guard case .when(_, let then, let otherwise) = step.action else { return [step] }
      return [step] + flattened(then) + flattened(otherwise)
    }
  }

  /// What comes before the text of the step when people read it.
  package var verb: String {
    switch action {
    case .when: return "when "
    case .perform, .unsupported: return ""
    case .command(_, let shown, _):
      switch kind {
      case "run": return ""
      case "waitFor": return "wait until "
      case "capture": return "capture "
      // A unit's command says what it does; a signal does not.
      default: return shown?.fragments.first.map { $0 == .text("systemctl ") } ?? true ? "" : "\(kind): "
      }
    case .upload, .download, .sync: return "\(kind) "
    }
  }

  /// What the step does, as people read it; host fields and captures are still open.
  package var shown: Command {
    switch action {
    case .command(let command, let shown, let captured):
      guard let captured else { return shown ?? command }
      return "\(raw: command) as \(raw: captured.name)"
    case .upload(.file(let path), let destination, _): return "\(raw: path.plain) to \(raw: destination.plain)"
    case .upload(.template(let path, _), let destination, _): return "\(raw: path) to \(raw: destination.plain)"
    case .download(let path, let destination): return "\(raw: path.plain) to \(raw: destination.plain)"
    case .sync(let folder, let destination, let deleting):
      return "\(raw: folder.plain) to \(raw: destination.plain)\(raw: deleting ? ", deleting what is not there" : "")"
    case .perform: return "Swift code"
    case .when(let test, _, _): return test
    case .unsupported(let what): return "\(raw: what)"
    }
  }
}

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
