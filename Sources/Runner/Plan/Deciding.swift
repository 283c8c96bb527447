import Tasks

extension Step {
  /// The decisions that the step's commands hold, each with the scopes in which its question is asked.
  func decisions(inside outer: [Scope] = []) -> [(decision: Decision, scopes: [Scope])] {
    let scopes = outer + scopes
    var found = commands.flatMap(\.decisions).map { (decision: $0, scopes: scopes) }
    if case .when(_, let then, let otherwise) = kind { found += (then + otherwise).flatMap { $0.decisions(inside: scopes) } }
    return found
  }

  private var commands: [Command] {
    switch kind {
    case .run(let command), .capture(let command, _), .when(let command, _, _): return [command]
    case .service(let service, _):
      guard case .command(let command) = service.kind else { return [] }
      return [command]
    case .waitFor, .upload, .download, .sync, .render, .perform, .invalid: return []
    }
  }
}

extension Command {
  fileprivate var decisions: [Decision] { fragments.compactMap { if case .decided(let decision) = $0 { decision } else { nil } } }
}

extension Phase {
  var decisions: [(decision: Decision, scopes: [Scope])] { steps.flatMap { $0.decisions() } }
}
