import Tasks

/// A plan as people read it.
package struct PlanText {
  private let plan: Plan
  private let palette: Palette
  private var lines: [String] = []

  package static func text(of plan: Plan) -> String { text(of: plan, Palette(isOn: false)) }

  /// With colours, where headings stand out and what nobody needs to read stays behind.
  package static func text(of plan: Plan, _ palette: Palette) -> String {
    var writer = PlanText(plan, palette)
    return writer.text()
  }

  private init(_ plan: Plan, _ palette: Palette) { (self.plan, self.palette) = (plan, palette) }

  private mutating func text() -> String {
    let environment = plan.environment.map { ":\($0)" } ?? ""
    let parameters = plan.parameters.map { " --\($0.name)=\(shellQuoted($0.value))" }.joined()
    lines.append(palette.bold("plan of \(plan.task)\(environment)\(parameters)".safeLines))
    let hosts = plan.hosts
    if !hosts.isEmpty {
      let remote = hosts.filter { !$0.isLocal }
      let retries = remote.isEmpty ? "" : "; \(DroppedConnection.text)"
      line(
        0, "\(count(hosts.count, "host")), at most \(plan.fanOut) at once; \(plan.connectTimeout.text) to connect, one attempt\(retries)",
        palette.dim)
      if let crowd = ConnectionGate.crowd(of: remote), plan.fanOut > ConnectionGate.width {
        line(0, "at most \(ConnectionGate.width) connections through one server begin at once, which \(folded(crowd)) share", palette.dim)
      }
    }
    for stage in plan.stages { write(stage, 0) }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func write(_ stage: PlannedStage, _ depth: Int) {
    switch stage {
    case .hosts(let pattern, let hosts, let phases):
      if hosts.isEmpty {
        line(depth, "hosts \(pattern): none of them is within --limit, skipped")
      } else {
        line(depth, "hosts \(pattern): \(folded(hosts.map(\.name)))", palette.bold)
        for phase in phases { write(phase, depth + 1) }
      }
    case .local(let step): write(step, on: [Planner.controlMachine], depth, prefix: "on this machine: ")
    case .notify(let notification): line(depth, notification.title)
    case .notifying(let notifications, let stages):
      for notification in notifications where notification.occasion == .start { write(notification, depth) }
      for stage in stages { write(stage, depth) }
      for notification in notifications where notification.occasion != .start { write(notification, depth) }
    case .confirm(let question): line(depth, "ask: \(question.plain.template)")
    case .versions(let package): line(depth, "on this machine: show the versions of \(package.name) in \(package.shownIndex)")
    case .invoke(let task, let stages): block("task \(task)", stages, depth)
    case .locked(let lock, let stages): block(lock.title, stages, depth)
    case .attempt(let stages, let others):
      block("attempt", stages, depth)
      block("if that fails", others, depth)
    case .always(let stages, let others):
      block("do", stages, depth)
      block("finally, whatever happens", others, depth)
    case .atTheEnd(let stages): block("at the end, when all that has succeeded", stages, depth)
    }
  }

  private mutating func write(_ notification: Notification, _ depth: Int) {
    line(depth, "\(notification.when ?? ""): \(notification.title)")
  }

  private mutating func block(_ title: String, _ stages: [PlannedStage], _ depth: Int) {
    line(depth, "\(title):", palette.bold)
    if stages.isEmpty { line(depth + 1, "nothing") }
    for stage in stages { write(stage, depth + 1) }
  }

  private mutating func write(_ phase: PlannedPhase, _ depth: Int) {
    let hosts = Array(phase.batches.joined())
    if let decision = phase.decision {
      let number = phase.steps.first?.number ?? 0
      return line(depth, "[\(number)] every host is asked first, and this machine decides for all of them: \(decision.name)")
    }
    if phase.isParallel {
      line(depth, "in parallel, at most \(phase.fanOut) at once", palette.dim)
    } else {
      var text = "one batch after the other"
      if phase.pause > .zero && phase.batches.count > 1 { text += ", \(phase.pause.text) between batches" }
      text += phase.tolerated == 0 ? "; a failed host stops it" : "; \(count(phase.tolerated, "failed host")) tolerated, one more stops it"
      if phase.batches.contains(where: { $0.count > phase.fanOut }) { text += "; at most \(phase.fanOut) at once" }
      line(depth, text, palette.dim)
      write(batches: phase.batches, depth + 1)
    }
    for step in phase.steps { write(step, on: hosts, depth + 1) }
  }

  /// Neighbours of one size share a line when there are many.
  private mutating func write(batches: [[Host]], _ depth: Int) {
    let shown = batches.count <= 20 ? batches.count : 10
    for (index, batch) in batches.prefix(shown).enumerated() {
      line(depth, "batch \(index + 1): \(folded(batch.map(\.name)))")
    }
    guard shown < batches.count else { return }
    let rest = batches.dropFirst(shown)
    let sizes = rest.reduce(into: [(size: Int, times: Int)]()) { runs, batch in
      if runs.last?.size == batch.count { runs[runs.count - 1].times += 1 } else { runs.append((batch.count, 1)) }
    }
    let text = sizes.map { "\($0.times) of \(count($0.size, "host"))" }.joined(separator: ", ")
    line(depth, "batches \(shown + 1) to \(batches.count): \(text): \(folded(rest.joined().map(\.name)))")
  }

  private mutating func write(_ step: PlannedStep, on hosts: [Host], _ depth: Int, prefix: String = "") {
    let hosts = step.onlyHost.map { only in hosts.filter { $0.name == only } } ?? hosts
    let title = step.name.map { "\($0): " } ?? ""
    let notes = self.notes(on: step, hosts)
    let variants = shownVariants(step.shown, hosts)
    if case .when(_, let then, let otherwise) = step.action {
      write("[\(step.number)] \(title)\(step.verb)", variants, notes, depth, tone(of: step))
      for inner in then { write(inner, on: hosts, depth + 1) }
      if !otherwise.isEmpty {
        line(depth, "else")
        for inner in otherwise { write(inner, on: hosts, depth + 1) }
      }
    } else {
      write("[\(step.number)] \(prefix)\(title)\(step.verb)", variants, notes, depth, tone(of: step))
    }
  }

  private func tone(of step: PlannedStep) -> (String) -> String {
    if step.isIrreversible { palette.yellow } else { { $0 } }
  }

  private mutating func write(
    _ title: String, _ variants: [(text: String, hosts: [String])], _ notes: String, _ depth: Int, _ tone: (String) -> String
  ) {
    guard variants.count != 1 else {
      let parts = (variants.first?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      line(depth, title + (parts.first ?? "") + (parts.count < 2 ? notes : ""), tone)
      for (index, part) in parts.dropFirst().enumerated() { line(depth, "      \(part)\(index == parts.count - 2 ? notes : "")") }
      return
    }
    line(depth, title.trimmingSuffix { $0 == " " } + " (by host)" + notes, tone)
    let shown = variants.count <= Self.mostVariants ? variants.count : Self.fewVariants
    for variant in variants.prefix(shown) { line(depth, "      \(folded(variant.hosts)): \(variant.text)") }
    guard shown < variants.count else { return }
    // Plans are compared by their text, so what it does not show must tell that it has changed.
    let rest = variants.dropFirst(shown).map { "\($0.hosts.joined(separator: ",")): \($0.text)\n" }.joined()
    let digest = SHA256.hex(SHA256.digest(Array(rest.utf8))).prefix(8)
    line(depth, "      and \(variants.count - shown) more (digest \(digest)); --plan --json has them all")
  }

  /// More of one step than people read, and how many of them show what they are like.
  private static let mostVariants = 8, fewVariants = 4

  /// The texts of a step, each with the hosts that have it, in host order.
  private func shownVariants(_ command: Command, _ hosts: [Host]) -> [(text: String, hosts: [String])] {
    guard command.dependsOnHost else { return [(command.template, hosts.map(\.name))] }
    var variants: [(text: String, hosts: [String])] = []
    var places: [String: Int] = [:]
    for host in hosts {
      let text = (try? command.rendered(for: host).shown) ?? command.template
      if let place = places[text] {
        variants[place].hosts.append(host.name)
      } else {
        places[text] = variants.count
        variants.append((text, [host.name]))
      }
    }
    return variants
  }

  private func notes(on step: PlannedStep, _ hosts: [Host]) -> String {
    var notes: [String] = []
    if let known = step.reportsVersionsOf.flatMap({ plan.live[$0]?.text(for: hosts.map(\.name)) }) {
      notes.append("live now, as far as this machine knows: \(known)")
    }
    if !step.attributes.folders.isEmpty { notes.append("in \(step.attributes.folders.map(\.plain.template).joined(separator: "/"))") }
    for (name, value) in step.attributes.variables { notes.append("with \(name)=\(value.word.template)") }
    if let user = step.attributes.user { notes.append("as \(user)") }
    if let host = step.onlyHost { notes.append("once, on \(host)") }
    if let timeout = step.timeout { notes.append("at most \(timeout.text)") }
    if step.attempts > 1 { notes.append("\(step.attempts) attempts, \(step.pause.text) apart") }
    if step.ignoresFailure { notes.append("failure ignored") }
    if step.isIrreversible { notes.append("cannot be undone") }
    return notes.isEmpty ? "" : "  (\(notes.joined(separator: ", ")))"
  }

  private mutating func line(_ depth: Int, _ text: String, _ tone: (String) -> String = { $0 }) {
    lines.append(String(repeating: "  ", count: depth + 1) + tone(text.safeLines))
  }
}

extension PlannedLock {
  /// What plans say of it.
  fileprivate var title: String {
    let waiting = wait > .zero ? ", for which it waits up to \(wait.text)" : ""
    return "holding the lock \"\(name)\"\(isHeldToTheEnd ? " to the end" : "")\(waiting)"
  }
}

/// `1 host`, `4 hosts`.
package func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
