import Tasks

/// Runs one step that is more than shell text, with its attempts and its timeout.
@Engine struct SingleRun {
  /// How one attempt ended.
  struct End {
    var outcome: Outcome
    var status: Int?
    var problem: String?
    /// Another attempt would do harm.
    var isFinal = false

    static let succeeded = End(outcome: .succeeded)
    static func refused(_ refusal: SudoRefusal, status: Int? = nil) -> End {
      End(outcome: .failed, status: status, problem: refusal.words, isFinal: refusal.isFinal)
    }
    static func failed(_ problem: String, status: Int? = nil) -> End { End(outcome: .failed, status: status, problem: problem) }
  }

  let context: RunContext
  let state: HostState
  let step: PlannedStep

  /// Returns whether the host goes on to its next steps.
  func run() async -> Bool {
    let report = StepReport(context: context, state: state, step: step)
    var attempt = 1
    while true {
      report.begin(attempt: attempt)
      guard context.mayBegin(on: state) else {
        report.end(.failed, problem: state.problem)
        return false
      }
      // No host notes that it was begun.
      if !step.isIdempotent { context.journal?.sync() }
      var end = await timed(report)
      if end.outcome != .succeeded, context.interruption.isRequested {
        end = End(outcome: .cancelled, problem: StepWords.interrupted)
      }
      // Nobody knows when the host notices that we are gone.
      if end.outcome == .cancelled || end.outcome == .unknown, context.journal != nil { state.unsettled.insert("") }
      if end.outcome == .failed, !end.isFinal, attempt < step.attempts {
        context.report(
          Event(
            .stepOutput, host: state.host.name, step: step, stream: .error,
            text: "attempt \(attempt) of \(step.attempts): \(end.problem ?? ""); next in \(step.pause.text)"))
        await context.interruption.sleep(for: step.pause)
        if !context.interruption.isRequested {
          attempt += 1
          continue
        }
      }
      let (problem, lines) = report.end(end.outcome, status: end.status, attempt: attempt, problem: end.problem)
      return settle(end, problem, lines)
    }
  }

  private func settle(_ end: End, _ problem: String, _ lines: [String]) -> Bool {
    switch end.outcome {
    case .succeeded, .skipped: return true
    case .cancelled:
      state.cancel()
      return false
    case .failed where step.ignoresFailure && !end.isFinal: return true
    case .failed, .unknown, .unreachable:
      state.fail(end.outcome, end.outcome == .unreachable ? end.problem ?? problem : problem, lastLines: lines)
      return false
    }
  }

  /// An attempt that takes too long loses its connection, and with it its processes.
  private func timed(_ report: StepReport) async -> End {
    guard let limit = step.timeout else { return await attempt(report) }
    let state = state
    var isLate = false
    let timer = Engine.after(limit) {
      isLate = true
      state.session?.cancel()
      state.cancelLocal?()
    }
    let end = await attempt(report)
    timer.cancel()
    return isLate && end.outcome != .succeeded ? .failed(problem(status: 0, timedOut: limit)) : end
  }

  private func attempt(_ report: StepReport) async -> End {
    switch step.action {
    case .upload(let content, let destination, let mode):
      return await UploadRun(context: context, state: state, step: step, report: report).run(content, to: destination, mode: mode)
    case .download(let path, let destination):
      return await DownloadRun(context: context, state: state, step: step, report: report).run(path, to: destination)
    case .sync(let folder, let destination, let deleting):
      return await SyncRun(context: context, state: state, step: step, report: report).run(folder, to: destination, deleting: deleting)
    case .perform(let body):
      return await PerformRun(context: context, state: state, step: step, report: report).run(body)
    case .command, .when: return .succeeded
    }
  }
}
