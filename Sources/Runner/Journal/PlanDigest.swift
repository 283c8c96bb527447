import Tasks

/// What makes two plans the same: everything that decides what is done, on which hosts, in which order.
///
/// Code of `perform` cannot be compared; with one in the plan, the Deployfile's own text counts.
package enum PlanDigest {
  package static func text(of plans: [Plan]) -> String {
    var digest = SHA256()
    func add(_ text: String) {
      withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { digest.update($0) }
      digest.update(Array(text.utf8)[...])
    }
    for plan in plans {
      var plan = plan
      plan.live = [:]
      add(JSON.text(PlanJSON.value(of: plan)))
      // A name that means another machine is another host.
      for host in plan.hosts { add("\(host.name) \(host.address) \(host.port ?? 0) \(host.user ?? "") \(host.isLocal)") }
      for (hosts, steps) in PlannedStage.work(of: plan.stages) {
        for step in PlannedStep.flattened(steps) {
          add("\(step.number) \(step.kind)")
          for text in texts(of: step.action) { add(text) }
          for text in commands(of: step, on: hosts) { add(text) }
        }
      }
    }
    if plans.contains(where: { $0.steps.contains(where: \.isOpaque) }) { for bytes in deployfile { digest.update(bytes[...]) } }
    return SHA256.hex(digest.finish())
  }

  /// What the shown text of a step may hide.
  private static func texts(of action: PlannedStep.Action) -> [String] {
    switch action {
    case .command(let command, _, let captured): [command.template, captured?.name ?? ""]
    case .upload(.file(let path), let destination, let mode): [path.plain.template, destination.plain.template, "\(mode ?? -1)"]
    case .upload(.template(let path, let content), let destination, let mode):
      [path, content.plain.template, destination.plain.template, "\(mode ?? -1)"]
    case .download(let path, let destination): [path.plain.template, destination.plain.template]
    case .sync(let folder, let destination, let deleting): [folder.plain.template, destination.plain.template, "\(deleting)"]
    case .when(let test, _, _): [test.template]
    case .perform: []
    }
  }

  /// What is different on each host: folders, variables and templates do not show it, nor what has a description.
  private static func commands(of step: PlannedStep, on hosts: [Host]) -> [String] {
    let text: Command =
      switch step.action {
      case .command(let command, _, _), .when(let command, _, _): step.attributes.around(command)
      case .upload(.template(_, let content), _, _): step.attributes.around(content.plain)
      default: step.attributes.around("")
      }
    return text.dependsOnHost ? hosts.map { (try? text.rendered(for: $0).shown) ?? text.template } : []
  }

  private static var deployfile: [[UInt8]] {
    if case .built(_, let sources) = Origin.current { return [Array(sources.utf8)] }
    guard let path = Origin.current.deployfile else { return [] }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] + "/Deployfile" } ?? "Deployfile"
    let others = File.names(in: String(folder)).filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    return ([path] + others).compactMap { try? File.read($0) }
  }
}

extension PlannedStep {
  fileprivate var isOpaque: Bool { if case .perform = action { true } else { false } }
}
