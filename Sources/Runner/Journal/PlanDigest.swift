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
      for step in plan.steps {
        add("\(step.number) \(step.kind)")
        for text in texts(of: step.action) { add(text) }
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

  private static var deployfile: [[UInt8]] {
    guard let path = ProcessEnvironment.value("PUSHBUTTON_DEPLOYFILE") else { return [] }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] + "/Deployfile" } ?? "Deployfile"
    let others = File.names(in: String(folder)).filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    return ([path] + others).compactMap { try? File.read($0) }
  }
}

extension PlannedStep {
  fileprivate var isOpaque: Bool { if case .perform = action { true } else { false } }
}
