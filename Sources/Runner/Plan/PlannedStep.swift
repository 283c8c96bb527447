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
  /// Declared to have the same effect when it is done twice.
  package var isDeclaredIdempotent = false
  /// Declared not to be undone by going back.
  package var isIrreversible = false
  /// What people read in place of the command.
  package var description: Command?
  /// The application whose versions its output tells.
  package var reportsVersionsOf: String?
  /// Its output is for us, and is not shown.
  package var isQuiet = false
  /// The only host that runs it, for a step that is done once.
  package var onlyHost: String?
  /// What it declares to install, and from which index.
  package var installs: (package: Package, version: Version)?
  package var location: SourceLocation

  /// Whether doing it twice has the effect of doing it once: declared, or so by its kind.
  package var isIdempotent: Bool {
    switch kind {
    case "upload", "download", "sync", "render", "waitFor", "when", "ask", "capture": true
    // Units and signals; a service's own command is anybody's guess, and shows itself as such.
    case "restart", "reload", "start", "stop":
      if case .command(_, shown: .some, _) = action { true } else { isDeclaredIdempotent }
    default: isDeclaredIdempotent
    }
  }

  /// Whether it, or a step of its branches, is a `sync`.
  package var isSync: Bool {
    Self.flattened([self]).contains { if case .sync = $0.action { true } else { false } }
  }

  /// Whether it is a condition, whose status is an answer.
  package var isQuestion: Bool { if case .when = action { true } else { false } }

  /// The steps and, behind each condition, those of its branches.
  package static func flattened(_ steps: [PlannedStep]) -> [PlannedStep] {
    steps.flatMap { step in
      guard case .when(_, let then, let otherwise) = step.action else { return [step] }
      return [step] + flattened(then) + flattened(otherwise)
    }
  }

  /// What comes before the text of the step when people read it.
  package var verb: String {
    if description != nil { return "" }
    switch action {
    case .when: return "when "
    case .perform: return ""
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
    if let description { return description }
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
    }
  }
}
