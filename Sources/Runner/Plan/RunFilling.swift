import Tasks

extension Plan {
  /// The plan with the fields of a run in place of `\(run: ...)`; a plan that is only shown keeps them open.
  package func filled(with facts: RunFacts) -> Plan {
    var plan = self
    plan.stages = stages.map { $0.filled { facts.text(of: $0, in: self) } }
    return plan
  }
}

private typealias FieldText = (RunField) -> String?

extension PlannedStage {
  fileprivate func filled(_ text: FieldText) -> PlannedStage {
    switch self {
    case .hosts(let pattern, let hosts, let phases):
      .hosts(
        pattern: pattern, hosts: hosts,
        phases: phases.map { phase in
          var phase = phase
          phase.steps = phase.steps.map { $0.filled(text) }
          return phase
        })
    case .local(let step): .local(step.filled(text))
    case .notify(let notification): .notify(notification.filled(text))
    case .notifying(let notifications, let stages): .notifying(notifications.map { $0.filled(text) }, stages.map { $0.filled(text) })
    case .confirm(let question): .confirm(question.filled(text))
    case .versions: self
    case .invoke(let task, let stages): .invoke(task, stages.map { $0.filled(text) })
    case .locked(let lock, let stages): .locked(lock, stages.map { $0.filled(text) })
    case .attempt(let stages, let others): .attempt(stages.map { $0.filled(text) }, onFailure: others.map { $0.filled(text) })
    case .always(let stages, let others): .always(stages.map { $0.filled(text) }, finally: others.map { $0.filled(text) })
    case .atTheEnd(let stages): .atTheEnd(stages.map { $0.filled(text) })
    }
  }
}

extension PlannedStep {
  fileprivate func filled(_ text: FieldText) -> PlannedStep {
    var step = self
    step.action = action.filled(text)
    step.description = description?.filled(text)
    step.attributes.folders = attributes.folders.map { $0.filled(text) }
    step.attributes.variables = attributes.variables.map { ($0.name, $0.value.filled(text)) }
    return step
  }
}

extension PlannedStep.Action {
  fileprivate func filled(_ text: FieldText) -> PlannedStep.Action {
    switch self {
    case .command(let command, let shown, let captured): .command(command.filled(text), shown: shown?.filled(text), captured: captured)
    case .upload(.template(let path, let content), let destination, let mode):
      .upload(.template(path: path, content: content.filled(text)), to: destination.filled(text), mode: mode)
    case .upload(let file, let destination, let mode): .upload(file, to: destination.filled(text), mode: mode)
    case .download(let path, let destination): .download(path.filled(text), to: destination)
    case .sync(let folder, let destination, let deleting): .sync(folder, to: destination.filled(text), deleting: deleting)
    case .when(let test, let then, let otherwise):
      .when(test.filled(text), then: then.map { $0.filled(text) }, otherwise: otherwise.map { $0.filled(text) })
    case .perform: self
    }
  }
}

extension Notification {
  /// The message, which people see; a channel's own texts are filled when it is sent.
  fileprivate func filled(_ text: FieldText) -> Notification {
    Notification(channel: channel, message: message.filled(text), occasion: occasion)
  }
}

extension Command {
  /// A command that the plan did not know of, with the fields of a run in place of `\(run: ...)`.
  func filled(with facts: RunFacts, in plan: Plan) -> Command { filled { facts.text(of: $0, in: plan) } }

  /// Fields become words.
  fileprivate func filled(_ text: FieldText) -> Command {
    Command(fragments: fragments.map { if case .run(let field) = $0, let text = text(field) { .text(shellQuoted(text)) } else { $0 } })
  }
}

extension Text {
  /// Fields go in as they are.
  fileprivate func filled(_ text: FieldText) -> Text {
    Text(fragments: fragments.map { if case .run(let field) = $0, let text = text(field) { .text(text) } else { $0 } })
  }
}

extension RunField {
  /// What plans show in its place.
  var placeholder: String { "<run \(rawValue)>" }
}
