import Tasks

/// Sends one notification, whatever comes of it: a problem is a warning.
@Engine struct NotificationRun {
  /// All that one notification may cost.
  static let limit = Duration.seconds(10)
  /// Left at the end for what has to be ended.
  private static let reserve = Duration.milliseconds(500)

  let context: RunContext
  let notification: Notification
  let moment: RunMoment
  private let deadline = Clock.now + NotificationRun.limit

  init(_ notification: Notification, _ moment: RunMoment, _ context: RunContext) {
    self.notification = notification
    self.moment = moment
    self.context = context
  }

  /// Returns `false` when a person did not want to wait any longer.
  func run() async -> Bool {
    let shown = Text(
      fragments: notification.message.fragments.map { if case .run(let field) = $0 { .text(moment.text(of: field)) } else { $0 } })
    let name = Notification(channel: notification.channel, message: shown).title
    let started = Clock.now
    context.report(Event(.phaseStarted, name: name))
    var problem: NotificationProblem?
    do throws(NotificationProblem) { try await send() } catch { problem = error }
    if let problem {
      context.report(Event(.notice, text: "warning: notify \(notification.channel.name): \(problem.words)"))
    }
    context.report(
      Event(.phaseFinished, name: name, duration: (Clock.now - started).seconds, outcome: problem == nil ? .succeeded : .failed))
    return problem != .interrupted
  }

  private func send() async throws(NotificationProblem) {
    let filler = MessageText(moment: moment, secrets: context.secrets)
    if case .command(let command) = notification.channel.kind { return try await run(command, filler) }
    guard let curl = SystemProgram.find("curl") else { throw .noCurl }
    let secrets = context.secrets.values.map { String(decoding: $0, as: UTF8.self) }
    for request in try notification.requests(filler) {
      let masker = Masker(words: request.confidential(among: secrets))
      let config = request.curlConfig(within: max(deadline - Clock.now - Self.reserve, .seconds(1)))
      let answer = try await program([curl, "--disable", "--config", "-"], input: Array(config.utf8))
      if let problem = answer.problem(limit: Self.limit, mask: { context.mask(masker.mask($0)) }) { throw problem }
    }
  }

  private func run(_ command: Command, _ filler: MessageText) async throws(NotificationProblem) {
    let message = filler.text(notification.message)
    let (text, secrets) = filler.command(command)
    let environment = ProcessEnvironment.list(setting: moment.variables(message) + secrets)
    let result = try await program(["/bin/sh", "-c", text], environment: environment, input: Array(message.utf8))
    switch result.exit {
    case .exited(0): return
    case .exited(let status): throw .commandFailed(status: status, excerpt(of: context.mask(result.errorOutput + result.output)))
    case .signalled(let signal):
      throw .commandFailed(status: 128 + signal, excerpt(of: context.mask(result.errorOutput + result.output)))
    }
  }

  /// Runs a program until it ends, the time is over, or a person does not want to wait.
  private func program(_ argv: [String], environment: [String]? = nil, input: [UInt8]) async throws(NotificationProblem) -> HTTPAnswer {
    let output = BoundedOutput()
    let child: Child
    do throws(SpawnError) {
      child = try Child(ChildStart(argv, environment: environment, folder: context.root, input: .pipe)) { output.add($1, of: $0) }
    } catch {
      throw .notStarted(program: argv[0], reason: error.reason)
    }
    child.send(input)
    child.closeInput()
    let end: @Engine (NotificationProblem) -> Void = { problem in
      if output.problem == nil { output.problem = problem }
      Engine.task { await child.end(grace: Self.reserve) }
    }
    let timer = Engine.after(deadline - Self.reserve - Clock.now) { end(.tooLate(Self.limit)) }
    // What is told after an interruption must not hold up who interrupts again; before, it has its time like a step.
    let isAfterInterruption = context.interruption.signal != nil
    let number = context.interruption.observe(
      stop: { if isAfterInterruption { end(.interrupted) } }, cancel: { if !isAfterInterruption { end(.interrupted) } })
    let exit = await child.wait()
    context.interruption.unobserve(number)
    timer.cancel()
    if let problem = output.problem { throw problem }
    return HTTPAnswer(exit: exit, output: output.bytes, errorOutput: output.errorBytes)
  }
}

/// What a program prints, as far as anybody will read it, and why it was ended.
@Engine private final class BoundedOutput {
  private(set) var bytes: [UInt8] = []
  private(set) var errorBytes: [UInt8] = []
  var problem: NotificationProblem?
  // More than curl lets through.
  private let limit = 1 << 20

  func add(_ new: ArraySlice<UInt8>, of stream: OutputStream) {
    switch stream {
    case .output: bytes += new.prefix(limit - bytes.count)
    case .error: errorBytes += new.prefix(limit - errorBytes.count)
    }
  }
}

extension Execution {
  /// Runs a task's stages between what is told at its start and what is told at its end.
  func run(telling notifications: [Notification], at path: StagePath, _ stages: () async -> End) async -> End {
    // Whoever was told once that it starts is not told again when it goes on.
    let isTold = context.resumption?.mark(at: path) == .done
    if !isTold { context.reach(path, .done) }
    for notification in notifications where notification.occasion == .start && !isTold {
      guard await NotificationRun(notification, context.moment(), context).run(), !context.interruption.isRequested else { break }
    }
    let end = await stages()
    let outcome: Outcome =
      switch end {
      case .completed: .succeeded
      case .failed: .failed
      case .interrupted, .declined, .refused, .unresumable: .cancelled
      }
    for notification in notifications where notification.isTold(after: end) {
      guard await NotificationRun(notification, context.moment(outcome: outcome), context).run() else { break }
    }
    return end
  }
}

extension Notification {
  fileprivate func isTold(after end: Execution.End) -> Bool {
    switch occasion {
    case .success: end == .completed
    case .failure: end == .failed || end == .interrupted
    case .always: true
    case .start, nil: false
    }
  }
}
