import Tasks

/// Reports one step on one host while it runs, and remembers its last lines.
@Engine final class StepReport {
  private let context: RunContext
  private let state: HostState
  private let host: Host
  private let step: PlannedStep
  private let title: String
  private var streams: [OutputStream: (masker: StreamMasker, lines: LineBuffer)]
  private var tail: [String] = []
  private let started = Clock.now
  private static let tailLength = 10

  init(context: RunContext, state: HostState, step: PlannedStep) {
    self.context = context
    self.state = state
    host = state.host
    self.step = step
    title = step.title(on: host)
    let masker = context.streamMasker()
    streams = [.output: (masker, LineBuffer()), .error: (masker, LineBuffer())]
  }

  func begin(attempt: Int) {
    finishLines()
    context.journal?.append(
      .begun(host: state.key, plan: context.planNumber, step: step.number, attempt: attempt), at: .now(),
      log: context.logs?.length(of: state.key))
    context.report(
      Event(.stepStarted, host: host.name, step: step, name: title, attempt: step.attempts > 1 ? attempt : nil))
  }

  func output(_ stream: OutputStream, _ bytes: ArraySlice<UInt8>) {
    guard let masked = streams[stream]?.masker.feed(bytes) else { return }
    context.logs?.write(masked, from: state.key)
    if step.isQuiet && stream == .output { return }
    show(streams[stream]?.lines.feed(masked) ?? [], stream)
  }

  /// Reports the end; returns what the summary says of a failure.
  @discardableResult
  func end(_ outcome: Outcome, status: Int? = nil, attempt: Int? = nil, problem: String? = nil) -> (problem: String, lines: [String]) {
    finishLines()
    // No program has ended with it.
    let status = status == RemoteShell.tooMuch ? nil : status
    context.journal?.append(
      .ended(host: state.key, plan: context.planNumber, step: step.number, outcome: outcome, status: status), at: .now(),
      log: context.logs?.length(of: state.key))
    let text = problem.map { step.ignoresFailure && outcome.isFailure ? "\($0), ignored" : $0 }
    context.report(
      Event(
        .stepFinished, host: host.name, step: step, name: title, text: text, status: status, duration: (Clock.now - started).seconds,
        outcome: outcome, attempt: step.attempts > 1 ? attempt : nil))
    return (context.mask("[\(step.number)] \(title.firstLine): \(problem ?? outcome.words)"), tail)
  }

  /// The last line that was printed, if there is one.
  var lastLine: String? {
    finishLines()
    return tail.last
  }

  private func finishLines() {
    for stream in [OutputStream.output, .error] {
      guard let masked = streams[stream]?.masker.finish() else { continue }
      context.logs?.write(masked, from: state.key)
      show((streams[stream]?.lines.feed(masked) ?? []) + (streams[stream]?.lines.finish() ?? []), stream)
    }
  }

  private func show(_ lines: [ArraySlice<UInt8>], _ stream: OutputStream) {
    guard !lines.isEmpty else { return }
    context.report(OutputLines(host: host.name, step: step, stream: stream, lines: lines))
    tail += lines.suffix(Self.tailLength).map { $0.text.beginning(500) }
    if tail.count > Self.tailLength { tail.removeFirst(tail.count - Self.tailLength) }
  }
}

extension String {
  /// The beginning of a line that is kept, in bytes of UTF-8: a host decides how long its lines are.
  func beginning(_ length: Int) -> String {
    guard utf8.count > length else { return self }
    // Bytes, because finding the borders of characters costs more than all else that is done with a line.
    var end = utf8.index(utf8.startIndex, offsetBy: length)
    while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return String(self[..<end]) + "..."
  }
}
