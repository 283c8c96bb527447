@testable import Tasks

/// Stages, phases and steps as indented lines, so that a test compares them whole.
enum Outline {
  static func text(_ stages: [Stage]) -> String { joined(stages.flatMap(lines)) }
  static func text(_ phases: [Phase]) -> String { joined(phases.flatMap(lines)) }
  static func text(_ steps: [Step]) -> String { joined(steps.flatMap(lines)) }
  static func text(_ declarations: [Declaration]) -> String {
    joined(
      declarations.map { declaration in
        switch declaration {
        case .environment(let environment): "environment \(environment.name)"
        case .task(let task): "task \(task.name)"
        }
      })
  }

  /// The pieces of a command or text, those that are still open in brackets.
  static func text(_ fragments: [Fragment]) -> String {
    fragments.map { fragment in
      switch fragment {
      case .text(let text): text
      case .host(.name): "<host name>"
      case .host(.address): "<host address>"
      case .host(.variable(let name)): "<host variable \(name)>"
      case .secret: "<secret>"
      case .captured(let captured): "<captured \(captured.name)>"
      case .run(let field): "<run \(field.rawValue)>"
      case .decided(let decision): "<decided \(decision.name)>"
      }
    }.joined()
  }

  private static func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") }
  private static func indented(_ lines: [String]) -> [String] { lines.map { "  \($0)" } }

  private static func lines(_ stage: Stage) -> [String] {
    switch stage.kind {
    case .hosts(let pattern, let phases): ["hosts \(pattern)"] + indented(phases.flatMap(lines))
    case .local(let command, let name): ["local \(text(command.fragments))\(name.map { " named \($0)" } ?? "")"]
    case .notify(let channel, let message, _): ["notify \(channel.name): \(text(message.fragments))"]
    case .confirm(let question): ["confirm \(text(question.fragments))"]
    case .versions(let package): ["versions \(package.name)"]
    case .invoke(let task, let values): ["invoke \(task) \(values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"]
    case .locked(let name, _, let stages): ["locked \(name)"] + indented(stages.flatMap(lines))
    case .attempt(let stages, let others):
      ["attempt"] + indented(stages.flatMap(lines)) + ["onFailure"] + indented(others.flatMap(lines))
    case .always(let stages, let others):
      ["always"] + indented(stages.flatMap(lines)) + ["finally"] + indented(others.flatMap(lines))
    }
  }

  private static func lines(_ phase: Phase) -> [String] {
    let title =
      switch phase.strategy {
      case .parallel(let limit): phase.isImplicit ? "implicit" : limit.map { "parallel at most \($0)" } ?? "parallel"
      case .serially(let batches, let pause, let tolerance): "serially \(batches.shares) pause \(pause) tolerating \(tolerance)"
      }
    return [title] + indented(phase.steps.flatMap(lines))
  }

  private static func lines(_ step: Step) -> [String] {
    var line = step.scopes.map { scope in
      switch scope {
      case .within(let folder): "within \(text(folder.fragments)): "
      case .with(let variables): "with \(variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(text($0.value.fragments))" }): "
      case .sudo(let user): "sudo \(user): "
      }
    }.joined()
    if let name = step.name { line += "\(name): " }
    var inner: [String] = []
    switch step.kind {
    case .run(let command): line += "run \(text(command.fragments))"
    case .capture(let command, let captured): line += "capture \(text(command.fragments)) as \(captured.name)"
    case .when(let test, let then, let otherwise):
      line += "when \(text(test.fragments))"
      inner = indented(then.flatMap(lines)) + (otherwise.isEmpty ? [] : ["else"] + indented(otherwise.flatMap(lines)))
    case .upload(let path, let destination, let mode):
      line += "upload \(text(path.fragments)) to \(text(destination.fragments))\(mode.map { " mode \(String($0, radix: 8))" } ?? "")"
    case .download(let path, let destination): line += "download \(text(path.fragments)) to \(text(destination.fragments))"
    case .sync(let folder, let destination, let deleting):
      line += "sync \(text(folder.fragments)) to \(text(destination.fragments))\(deleting ? " deleting" : "")"
    case .render(let template, let destination, let values, let mode):
      line += "render \(text(template.fragments)) to \(text(destination.fragments)) \(values.keys.sorted())"
      if let mode { line += " mode \(String(mode, radix: 8))" }
    case .service(_, let action): line += "\(action)"
    case .waitFor(_, let limit, _): line += "waitFor within \(limit)"
    case .perform: line += "perform"
    case .invalid(let reason): line += "invalid: \(reason)"
    }
    if let timeout = step.timeout { line += " timeout \(timeout)" }
    if step.attempts != 1 { line += " attempts \(step.attempts) pause \(step.pause)" }
    if step.ignoresFailure { line += " ignoringFailure" }
    if step.isOnce { line += " once" }
    if step.isAtTheEnd { line += " at the end" }
    return [line] + inner
  }
}
