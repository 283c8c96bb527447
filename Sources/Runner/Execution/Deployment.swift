import Tasks

/// A real run: plans first, then everything that must be known, then the hosts.
package struct Deployment: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place

  func run() throws(Failure) -> ExitStatus {
    let result = Engine.run { () async -> Result<ExitStatus, Failure> in
      do throws(Failure) { return .success(try await self.runOnEngine()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  @Engine private func runOnEngine() async throws(Failure) -> ExitStatus {
    let facts = RunFacts.make()
    let indexes = PackageIndexes(root: place.root)
    let plans = try await Planning(deployfile: deployfile, invocation: invocation, place: place, indexes: indexes).plans()
      .map { $0.filled(with: facts) }
    try Preflight.check(plans)
    let notices = try await VersionCheck(indexes: indexes).check(plans)
    try await Preflight.confirm(plans, deployfile, invocation)
    indexes.secrets = try await Preflight.secrets(of: plans, known: indexes.secrets, root: place.root)
    let files = try OutputFiles(invocation.outputs, in: place.workingFolder)
    let workspace: Workspace
    do throws(SystemError) { workspace = try Workspace() } catch {
      files.discard()
      throw Failure("cannot make a private folder in \(error.path): \(error.reason)", help: "Set TMPDIR to a folder that you may write to.")
    }
    defer { workspace.remove() }
    return await run(plans, facts, indexes: indexes, notices: notices, workspace: workspace, files)
  }

  @Engine private func run(
    _ plans: [Plan], _ facts: RunFacts, indexes: PackageIndexes, notices: [String], workspace: Workspace, _ files: OutputFiles
  ) async -> ExitStatus {
    let masker = Masker(indexes.secrets)
    let reporter = ReporterGroup([reporter(for: plans, run: facts.id)] + files.reporters(run: facts.id, mask: masker.mask))
    let interruption = Interruption()
    let context = RunContext(
      root: place.root, reporter: reporter, interruption: interruption, secrets: indexes.secrets, workspace: workspace,
      ssh: SSHTransport(
        connectTimeout: Planner.connectTimeout, environment: ProcessEnvironment.list(without: Plan.secretVariables(of: plans))),
      facts: facts, answersYes: invocation.answersYes, indexes: indexes)
    interruption.watch(
      notice: { context.report(Event(.notice, text: $0)) },
      leave: {
        workspace.remove()
        files.discard()
      })

    let started = Clock.now
    context.report(Event(.runStarted, name: title))
    for notice in notices { context.report(Event(.notice, text: notice)) }
    var end = Execution.End.completed
    for plan in plans {
      end = await Execution(context).run(plan)
      if end != .completed { break }
    }
    await context.closeAll()

    let rows = context.order.map(\.summary)
    let status = status(end, rows, interruption)
    let duration = (Clock.now - started).seconds
    let outcome: Outcome = status == .done || status == .partial ? .succeeded : interruption.status != nil ? .cancelled : .failed
    context.report(Event(.runFinished, name: title, status: Int(status.rawValue), duration: duration, outcome: outcome))
    reporter.finish(Summary(title: title, status: status, duration: duration, rows: rows))
    return status
  }

  @Engine private func status(_ end: Execution.End, _ rows: [Summary.Row], _ interruption: Interruption) -> ExitStatus {
    if let status = interruption.status { return status }
    let failures = rows.filter(\.outcome.isFailure)
    switch end {
    case .completed: return failures.isEmpty ? .done : .partial
    case .interrupted: return .interrupted
    case .declined: return .failed
    case .failed: return !failures.isEmpty && failures.allSatisfy { $0.outcome == .unreachable } ? .unreachable : .failed
    }
  }

  private var title: String {
    if case .on(_, let command) = invocation.action { return command.joined(separator: " ") }
    return invocation.calls.map { call in
      call.task + ((call.environment ?? invocation.environment).map { ":\($0)" } ?? "")
    }.joined(separator: " ")
  }

  @Engine private func reporter(for plans: [Plan], run: String) -> any Reporter {
    let sink = Sink(descriptor: 1)
    let ci = CI.detect()
    switch invocation.format {
    case .json: return JSONReporter(run: run, sink: sink, ci: ci)
    case .plain, nil:
      return PlainReporter(
        sink: sink, detail: invocation.detail, palette: .forTerminal(sink.isTerminal), hosts: plans.flatMap { $0.hosts.map(\.name) },
        ci: ci, isFolding: invocation.format == nil)
    }
  }
}
