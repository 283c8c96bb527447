import Tasks

/// Turns the steps of one phase into planned ones: scopes gathered, numbers given, values and files checked for every host.
struct StepPlanner {
  let root: String
  var nextNumber: Int
  var captured: Set<String>
  /// Steps for the end, with their scopes inside them.
  var deferred: [Step] = []

  mutating func planned(_ steps: [Step], on hosts: [Host], inside scopes: [Scope] = []) throws(PlanError) -> [PlannedStep] {
    var planned: [PlannedStep] = []
    for step in steps {
      if step.isAtTheEnd {
        var later = step.inside(scopes)
        later.isAtTheEnd = false
        deferred.append(later)
      } else {
        planned.append(try self.planned(step, on: hosts, inside: scopes))
      }
    }
    return planned
  }

  mutating func planned(_ step: Step, on hosts: [Host], inside outer: [Scope]) throws(PlanError) -> PlannedStep {
    try check(step)
    let hosts = step.isOnce ? Array(hosts.prefix(1)) : hosts
    let scopes = outer + step.scopes
    let number = nextNumber
    nextNumber += 1
    let checker = StepChecker(hosts: hosts, captured: captured, root: root, location: step.location)
    let attributes = PlannedStep.Attributes(scopes)
    try checker.check(attributes)
    var planned = PlannedStep(
      number: number, kind: step.kind.word, name: step.name, action: try action(of: step, on: hosts, inside: scopes, checker),
      attributes: attributes, timeout: step.timeout, attempts: step.attempts, pause: step.pause,
      ignoresFailure: step.ignoresFailure, onlyHost: step.isOnce ? hosts.first?.name : nil, installs: step.installs,
      location: step.location)
    planned.description = step.description
    planned.reportsVersionsOf = step.reportsVersionsOf
    planned.isDeclaredIdempotent = step.isIdempotent
    planned.isIrreversible = step.isIrreversible
    return planned
  }

  private mutating func action(
    of step: Step, on hosts: [Host], inside scopes: [Scope], _ checker: StepChecker
  ) throws(PlanError) -> PlannedStep.Action {
    switch step.kind {
    case .run(let command):
      try checker.check(command)
      return .command(command, shown: nil, captured: nil)
    case .capture(let command, let name):
      try checker.check(command)
      guard name.name.isShellName else { throw .badName(.captured, name.name, at: step.location) }
      captured.insert(name.name)
      return .command(command, shown: nil, captured: name)
    case .service(let service, let action):
      try check(service, at: step.location)
      guard let (command, shown) = service.command(for: action) else { throw .cannotStartBySignal(at: step.location) }
      try checker.check(command)
      return .command(command, shown: shown, captured: nil)
    case .waitFor(let probe, let limit, let stable):
      guard limit > .zero else { throw .outOfRange("waitFor(within:)", limit.text, allowed: "more than 0", at: step.location) }
      guard stable >= .zero else { throw .outOfRange("waitFor(stableFor:)", stable.text, allowed: "0 or more", at: step.location) }
      if case .http(_, let status?, _) = probe.kind, !(100...599).contains(status.lowerBound) || !(100...599).contains(status.upperBound) {
        throw .outOfRange(".http(status:)", status.shown, allowed: "100 to 599", at: step.location)
      }
      let command = probe.command(within: limit.wholeSeconds, stableFor: stable.wholeSeconds)
      try checker.check(command)
      let staying = stable > .zero ? ", and then for \(stable.text) without a no" : ""
      return .command(
        command, shown: "\(raw: probe.shown), within \(raw: limit.text), asking every 1 s\(raw: staying)", captured: nil)
    case .upload(let path, let destination, let mode):
      try checker.checkDestination(destination, in: PlannedStep.Attributes(scopes).folders)
      try checker.checkFile(path)
      return .upload(.file(path), to: destination, mode: mode)
    case .render(let template, let destination, let values, let mode):
      try checker.checkDestination(destination, in: PlannedStep.Attributes(scopes).folders)
      let (path, content) = try checker.content(of: template, values: values)
      return .upload(.template(path: path, content: content), to: destination, mode: mode)
    case .download(let path, let destination):
      try checker.check(path.word)
      try checker.checkDownload(destination)
      return .download(path, to: destination)
    case .sync(let folder, let destination, let deleting):
      try checker.checkFolder(folder)
      try checker.check(destination.word)
      return .sync(folder, to: destination, deleting: deleting)
    case .perform(let body):
      return .perform(body)
    case .invalid(let reason):
      throw .invalid(reason, at: step.location)
    case .when(let test, let then, let otherwise):
      try checker.check(test)
      return .when(
        test, then: try planned(then, on: hosts, inside: scopes), otherwise: try planned(otherwise, on: hosts, inside: scopes))
    }
  }

  private func check(_ service: Service, at location: SourceLocation) throws(PlanError) {
    switch service.kind {
    case .command: return
    case .unit(_, let stable, let limit):
      if stable < .zero { throw .outOfRange(".unit(stableFor:)", stable.text, allowed: "0 or more", at: location) }
      if limit <= stable { throw .outOfRange(".unit(within:)", limit.text, allowed: "more than stableFor", at: location) }
    case .signal(_, _, _, let limit):
      if limit <= .zero { throw .outOfRange(".signal(within:)", limit.text, allowed: "more than 0", at: location) }
    }
  }

  private func check(_ step: Step) throws(PlanError) {
    if let timeout = step.timeout, timeout <= .zero {
      throw .outOfRange(".timeout", timeout.text, allowed: "more than 0", at: step.location)
    }
    if step.attempts < 1 { throw .outOfRange(".retry", "\(step.attempts)", allowed: "1 or more attempts", at: step.location) }
    if step.pause < .zero { throw .outOfRange(".retry(every:)", step.pause.text, allowed: "0 or more", at: step.location) }
  }
}

extension Step.Kind {
  /// What plans and events call the kind of step.
  var word: String {
    switch self {
    case .run: "run"
    case .capture: "capture"
    case .upload: "upload"
    case .download: "download"
    case .sync: "sync"
    case .render: "render"
    case .service(_, let action): action.rawValue
    case .waitFor: "waitFor"
    case .perform: "perform"
    case .when: "when"
    case .invalid: "invalid"
    }
  }
}

extension String {
  /// Whether it can be the name of a shell variable.
  var isShellName: Bool {
    guard let first, first.isASCII, first.isLetter || first == "_" else { return false }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}

extension PlannedStep.Attributes {
  /// The scopes around a step, outermost first, in one place: folders add up, inner variables and the innermost user win.
  init(_ scopes: [Scope]) {
    var values: [String: Text] = [:]
    for scope in scopes {
      switch scope {
      case .within(let folder): folders.append(folder)
      case .with(let variables): values.merge(variables) { $1 }
      case .sudo(let user): self.user = user
      }
    }
    variables = values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
