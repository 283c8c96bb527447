import Tasks

/// Chooses how a run is shown on standard output: by what was asked for, and otherwise by who reads it.
@Engine struct RunReporter {
  let invocation: Invocation
  let title: String
  let root: String

  init(_ invocation: Invocation, title: String, root: String) {
    (self.invocation, self.title, self.root) = (invocation, title, root)
  }

  func make(for plans: [Plan], run: String) -> any Reporter {
    let sink = Sink(descriptor: 1)
    let ci = CI.detect()
    switch invocation.format {
    case .json: return JSONReporter(run: run, sink: sink, ci: ci)
    case nil where invocation.detail == .usual && sink.isTerminal && ci == nil && !Self.isWatchedByNobody, .live:
      return sink.canMoveCursor ? live(sink) : plain(plans, sink, ci)
    case .plain, nil: return plain(plans, sink, ci)
    }
  }

  /// What a CI says of itself that is none of those we know.
  private static var isWatchedByNobody: Bool { !(ProcessEnvironment.value("CI") ?? "").isEmpty }

  private func plain(_ plans: [Plan], _ sink: Sink, _ ci: CI?) -> any Reporter {
    PlainReporter(
      sink: sink, detail: invocation.detail, palette: .forTerminal(sink.isTerminal), hosts: plans.flatMap { $0.hosts.map(\.name) }, ci: ci,
      isFolding: invocation.format == nil)
  }

  private func live(_ sink: Sink) -> any Reporter {
    // Of a command that was typed the output is what was wanted; of a deploy it is too much.
    let limit =
      if case .on = invocation.action { StepOutput.Limit(lines: 1000, bytes: 1 << 18) } else { StepOutput.Limit(lines: 5, bytes: 4096) }
    return LiveReporter(
      sink: sink, detail: invocation.detail, palette: .forTerminal(true), signs: .forTerminal(), before: before, keeping: limit
    ) { sink.size }
  }

  /// How long the last run of the same took, if it went well.
  private var before: Duration? {
    let last = PastRun.all(of: root).first { $0.record.title == title && $0.result?.status == Int(ExitStatus.done.rawValue) }
    return last?.result.map { .milliseconds(Int($0.duration * 1000)) }
  }
}
