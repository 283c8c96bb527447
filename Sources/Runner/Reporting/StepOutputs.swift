import Tasks

/// What the steps of a run have printed, for its end: of each host the beginning and the end, as much as memory may hold.
@Engine final class StepOutputs {
  private struct Key: Hashable {
    var plan: Int
    var step: Int
  }

  private struct Kept {
    var title: String
    var hosts: [String] = []
    var outputs: [String: StepOutput] = [:]
  }

  private let limit: StepOutput.Limit
  private var plan = 0
  private var order: [Key] = []
  private var steps: [Key: Kept] = [:]
  private var size = 0

  /// Of all of them together; what comes later is compared, and not shown.
  private static let mostBytes = 16 << 20

  init(limit: StepOutput.Limit) { self.limit = limit }

  func begin() { plan += 1 }

  func add(_ output: OutputLines, title: String) {
    guard !output.step.isQuiet else { return }
    let key = Key(plan: plan, step: output.step.number)
    if steps[key] == nil {
      steps[key] = Kept(title: "[\(output.step.number)] \(title)")
      order.append(key)
    }
    guard steps[key]?.outputs[output.host] == nil else { return keep(output, key) }
    steps[key]?.outputs[output.host] = StepOutput(limit: limit)
    steps[key]?.hosts.append(output.host)
    keep(output, key)
  }

  private func keep(_ output: OutputLines, _ key: Key) {
    // Taken out, so that what is added to is not a copy.
    guard var kept = steps[key]?.outputs.removeValue(forKey: output.host) else { return }
    size -= kept.size
    for line in output.lines { kept.add(line, output.stream) }
    if size + kept.size > Self.mostBytes { kept.forget() }
    size += kept.size
    steps[key]?.outputs[output.host] = kept
  }

  /// Each step that has printed something, folded: its title, and the same output under one list of hosts.
  var folded: [(title: String, output: FoldedOutput)] {
    order.compactMap { steps[$0] }.map { kept in
      (kept.title, FoldedOutput(kept.hosts.map { FoldedOutput.Entry(host: $0.safe, output: kept.outputs[$0] ?? StepOutput()) }))
    }
  }
}
