import Tasks

/// Runs a Deployfile's Swift code with a session on the host.
@Engine struct PerformRun {
  let context: RunContext
  let state: HostState
  let step: PlannedStep
  let report: StepReport

  func run(_ body: @escaping @Sendable (Session) async throws -> Void) async -> SingleRun.End {
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return SingleRun.End(outcome: .unreachable, problem: unreachable) }
    let connection = LiveConnection(context: context, state: state, step: step, report: report)
    let host = state.host
    let task = Engine.task { () -> String? in
      do {
        try await Engine.elsewhere { try await body(Session(host: host, connection: connection)) }
        return nil
      } catch {
        return Self.words(for: error)
      }
    }
    // Code that waits for something else than the host is not kept waiting for: its task is cancelled and its result dropped.
    let result: String?? = await withCheckedContinuation { (continuation: CheckedContinuation<String??, Never>) in
      let race = Race(continuation)
      let number = context.interruption.observe(
        stop: {},
        cancel: {
          session.cancel()
          race.finish(.some(StepWords.interrupted))
        })
      state.cancelLocal = { race.finish(.some(StepWords.outOfTime)) }
      race.then = {
        context.interruption.unobserve(number)
        state.cancelLocal = nil
        task.cancel()
      }
      Engine.task { race.finish(.some(await task.value)) }
    }
    // What the code printed should not come after what we print next.
    fflush(nil)
    if connection.isLost { return SingleRun.End(outcome: .unknown, problem: (result ?? nil) ?? StepWords.connectionLost) }
    if let problem = result ?? nil { return SingleRun.End(outcome: .failed, problem: problem, isFinal: state.sudoRefusal != nil) }
    return .succeeded
  }

  private nonisolated static func words(for error: any Error) -> String {
    if let failure = error as? Failure { return failure.message + (failure.help.map { ". \($0)" } ?? "") }
    guard let failed = error as? CommandFailed else { return "\(error)" }
    let last = failed.result.errorOutput.split(whereSeparator: \.isNewline).last ?? ""
    return StepWords.commandFailed(failed.result.status, last: last)
  }

  @Engine private final class Race {
    private var continuation: CheckedContinuation<String??, Never>?
    var then: (@Engine () -> Void)?

    init(_ continuation: CheckedContinuation<String??, Never>) { self.continuation = continuation }

    func finish(_ result: String??) {
      guard let continuation else { return }
      self.continuation = nil
      then?()
      continuation.resume(returning: result)
    }
  }
}

/// The session of a `perform`: one command after the other, inside the scopes of the step.
@Engine final class LiveConnection: SessionConnection {
  private let context: RunContext
  private let state: HostState
  private let step: PlannedStep
  private let report: StepReport
  private var isBusy = false
  private var queue: [CheckedContinuation<Void, Never>] = []
  private(set) var isLost = false

  init(context: RunContext, state: HostState, step: PlannedStep, report: StepReport) {
    self.context = context
    self.state = state
    self.step = step
    self.report = report
  }

  func run(_ command: Command, isShown: Bool) async throws -> CommandResult {
    await enter()
    defer { leave() }
    guard !context.interruption.isRequested, let session = await context.session(for: state).session else { throw ConnectionLost() }
    for case .run(let field) in command.fragments where !field.isKnownAtStart {
      throw Failure(PlanError.knownLater(field, at: step.location))
    }
    for case .secret(let secret) in command.fragments where context.secrets[secret] == nil {
      // Nobody could have seen it before the run, so it was not read.
      throw secret.source == .lost ? Failure(PlanError.secretInString(at: step.location)) : Failure(unread: secret, at: step.location)
    }
    let command = context.plan.map { command.filled(with: context.facts, in: $0) } ?? command
    var asking = step
    asking.action = .command(command, shown: nil, captured: nil)
    asking.attempts = 1
    asking.timeout = nil
    do { _ = try command.rendered(for: state.host) } catch { throw Failure(error, at: step.location) }
    let line = try context.writer(for: state).script([asking], captures: state.captures)
    var output = BoundedBytes(), errorOutput = BoundedBytes()
    var status: Int?
    var refusal: SudoRefusal?
    if step.mayAskForPassword, let refusal = state.sudoRefusal { throw Refused(refusal) }
    let report = report
    let end = await session.run(line, password: context.sudoPassword) { event in
      switch event {
      case .output(_, let stream, let bytes):
        if stream == .output { output.add(bytes) } else { errorOutput.add(bytes) }
        if isShown || stream == .error { report.output(stream, bytes) }
      case .refused(_, let asked): refusal = self.context.refusal(of: self.step, asked: asked, last: report.lastLine, on: self.state)
      case .ended(_, _, let code, _): status = code
      case .begun: break
      }
    }
    guard end == .done, let status else {
      isLost = !context.interruption.isRequested
      throw ConnectionLost()
    }
    if let refusal { throw Refused(refusal) }
    if output.isOver || errorOutput.isOver { throw TooMuchOutput() }
    return CommandResult(
      status: status, output: String(decoding: output.bytes, as: UTF8.self), errorOutput: String(decoding: errorOutput.bytes, as: UTF8.self)
    )
  }

  func upload(_ path: String, to destination: String, mode: Int?) async throws {
    await enter()
    defer { leave() }
    if Text(destination) != Text(fragments: [.text(destination)]) { throw Failure(PlanError.secretInString(at: step.location)) }
    let end = await UploadRun(context: context, state: state, step: step, report: report)
      .send(file: absolute(path, in: context.root), to: Text(destination), mode: mode)
    guard end.outcome == .succeeded else { throw UploadFailed(description: end.problem ?? StepWords.uploadFailed) }
  }

  /// Two commands of one session at once would share one shell: the second waits.
  private func enter() async {
    await withCheckedContinuation { continuation in
      if isBusy { queue.append(continuation) } else { continuation.resume() }
      isBusy = true
    }
  }

  /// Hands the shell to whoever waits next, without letting anybody in between.
  private func leave() {
    if queue.isEmpty { isBusy = false } else { queue.removeFirst().resume() }
  }
}

/// The host is gone in the middle of a session.
struct ConnectionLost: Error, CustomStringConvertible {
  var description: String { StepWords.connectionLost }
}

/// A command of a session that sudo did not begin.
struct Refused: Error, CustomStringConvertible {
  var description: String

  init(_ refusal: SudoRefusal) { description = refusal.words }
}

/// A command of a session whose output would not fit.
struct TooMuchOutput: Error, CustomStringConvertible {
  var description: String { StepWords.tooMuchOfCommand }
}

/// A file of a session that did not arrive.
struct UploadFailed: Error, CustomStringConvertible {
  var description: String
}
