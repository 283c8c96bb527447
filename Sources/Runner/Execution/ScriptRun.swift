import Tasks

/// Runs adjacent static steps on one host as one script.
@Engine final class ScriptRun {
  private let context: RunContext
  private let state: HostState
  private let steps: [PlannedStep]
  private let byNumber: [Int: PlannedStep]
  private var reports: [Int: StepReport] = [:]
  private var statuses: [Int: Int] = [:]
  private var captured = ScriptRun.nothingCaptured
  private var session: HostSession?
  private var running: Int?
  /// What sudo said in place of the attempt that ends next.
  private var refusal: SudoRefusal?
  private var failure: (outcome: Outcome, problem: String, lines: [String])?

  init(context: RunContext, state: HostState, steps: [PlannedStep]) {
    self.context = context
    self.state = state
    self.steps = steps
    byNumber = Dictionary(uniqueKeysWithValues: PlannedStep.flattened(steps).map { ($0.number, $0) })
  }

  /// The exit status of a step's last attempt, once no other follows.
  func status(of step: Int) -> Int? { statuses[step] }

  /// Returns whether the host goes on to its next steps.
  func run() async -> Bool {
    let (session, unreachable) = await context.session(for: state)
    guard let session else {
      if context.interruption.isRequested { state.cancel() } else { state.fail(.unreachable, unreachable ?? "") }
      return false
    }
    let line: ScriptLine
    do { line = try context.writer(for: state, noting: true).script(steps, captures: state.captures) } catch {
      state.fail(.failed, Failure(error, at: steps.first?.location ?? SourceLocation("", 0)).message)
      return false
    }
    self.session = session
    context.journal?.append(
      .sent(host: state.key, plan: context.planNumber, steps: byNumber.keys.sorted(), session: session.ready))
    // What is done on this machine is noted on this machine only.
    if state.key.isEmpty { context.journal?.sync() }
    guard context.mayBegin(on: state) else { return false }
    state.unsettled.insert(session.ready)
    let number = context.interruption.observe(stop: { session.stop() }, cancel: { session.cancel() })
    let end = await session.run(line, password: context.sudoPassword) { self.receive($0) }
    context.interruption.unobserve(number)
    defer { if end == .done { settled(session) } }
    return settle(end)
  }

  private func settled(_ session: HostSession) {
    context.journal?.append(.settled(host: state.key, session: session.ready))
    // What could not be written down here, the host still knows.
    if context.journal?.problem == nil { state.unsettled.remove(session.ready) }
  }

  private func receive(_ event: ScriptEvent) {
    switch event {
    case .begun(let number, let attempt):
      guard let step = byNumber[number] else { return }
      running = number
      captured = Self.nothingCaptured
      let report = reports[number] ?? StepReport(context: context, state: state, step: step)
      reports[number] = report
      report.begin(attempt: attempt)
    case .output(let number, let stream, let bytes):
      if stream == .output, case .command(_, _, .some)? = byNumber[number]?.action { capture(bytes) }
      reports[number]?.output(stream, bytes)
    case .refused(let number, let asked):
      guard let step = byNumber[number] else { return }
      refusal = context.refusal(of: step, asked: asked, last: reports[number]?.lastLine, on: state)
    case .ended(let number, let attempt, let status, let timedOut):
      running = nil
      if let step = byNumber[number] { ended(step, attempt: attempt, status: status, timedOut: timedOut) }
    }
  }

  /// A newline comes behind what the host's shell has kept.
  private static let nothingCaptured = BoundedBytes(limit: BoundedBytes.captureLimit + 1)

  /// The host's own shell keeps no more either; one that sends more all the same is not asked to do anything further.
  private func capture(_ bytes: ArraySlice<UInt8>) {
    captured.add(bytes)
    if captured.isOver { session?.cancel() }
  }

  private func ended(_ step: PlannedStep, attempt: Int, status: Int, timedOut: Bool) {
    let refusal = self.refusal
    self.refusal = nil
    let status = captured.isOver ? RemoteShell.tooMuch : status
    let isAnswer: Bool
    if case .when = step.action { isAnswer = status < 126 } else { isAnswer = status == 0 }
    if isAnswer && !timedOut && refusal == nil {
      statuses[step.number] = status
      if case .command(_, _, let name?) = step.action { context.keep(withoutFinalNewline(captured.bytes), as: name, of: step, on: state) }
      if let application = step.reportsVersionsOf { context.record(VersionChange(captured.bytes), of: application, on: state.host) }
      reports[step.number]?.end(.succeeded, status: status, attempt: attempt)
      return
    }
    let text = refusal?.words ?? problem(status: status, timedOut: timedOut ? step.timeout : nil)
    let isFinal = refusal?.isFinal == true
    if attempt < step.attempts, !isFinal, !context.interruption.isRequested {
      context.report(
        Event(
          .stepOutput, host: state.host.name, step: step, stream: .error,
          text: "attempt \(attempt) of \(step.attempts): \(text); next in \(step.pause.text)"))
      return
    }
    statuses[step.number] = status
    let (problem, lines) = reports[step.number]?.end(.failed, status: status, attempt: attempt, problem: text) ?? (text, [])
    if !step.ignoresFailure || isFinal { failure = (.failed, problem, lines) }
  }

  private func settle(_ end: HostSession.ScriptEnd) -> Bool {
    // What came after the last step's end, if anything, concerns no step.
    if case .lost(let reason) = end, failure == nil, !isFinished(steps) {
      if context.interruption.isRequested {
        if let running { reports[running]?.end(.cancelled, problem: StepWords.interrupted) }
        state.cancel()
        return false
      }
      // Begun, not ended. When not even the first step has said that it began, the script was sent all the same.
      let (problem, lines) =
        running.flatMap { reports[$0]?.end(.unknown, problem: StepWords.connectionLost(reason)) }
        ?? (StepWords.connectionLost(reason), [])
      state.fail(.unknown, problem, lastLines: lines)
      return false
    }
    if let failure {
      state.fail(failure.outcome, failure.problem, lastLines: failure.lines)
      return false
    }
    // Asked to stop, the script ends early without a failure.
    if context.interruption.isRequested, !isFinished(steps) {
      state.cancel()
      return false
    }
    return true
  }

  /// Whether the last of the steps, or of the branch that applied, has ended: steps run in order.
  private func isFinished(_ steps: [PlannedStep]) -> Bool {
    guard let last = steps.last else { return true }
    guard let status = statuses[last.number] else { return false }
    guard case .when(_, let then, let otherwise) = last.action else { return true }
    return isFinished(status == 0 ? then : otherwise)
  }
}

/// What `$(...)` would keep.
func withoutFinalNewline(_ bytes: [UInt8]) -> [UInt8] {
  var bytes = bytes[...]
  while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
  return Array(bytes)
}
