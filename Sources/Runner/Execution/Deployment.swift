import Tasks

/// A real run: plans first, then everything that must be known, then the hosts.
package struct Deployment: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  /// The run that this one goes on with.
  var resume: Resume?

  func run() throws(Failure) -> ExitStatus {
    try Engine.settled { () async throws(Failure) in try await self.runOnEngine() }
  }

  @Engine private func runOnEngine() async throws(Failure) -> ExitStatus {
    let indexes = PackageIndexes(root: place.root, invocation.trust)
    do throws(Failure) { return try await run(indexes) } catch { throw error.masked(Masker(indexes.secrets)) }
  }

  @Engine private func run(_ indexes: PackageIndexes) async throws(Failure) -> ExitStatus {
    let facts = resume?.record.facts ?? RunFacts.make()
    let open = try await Planning(deployfile: deployfile, invocation: invocation, place: place, indexes: indexes).plans()
    let plans = open.map { $0.filled(with: facts) }
    let record = RunRecord(invocation, plans, facts: facts, title: title, place: place)
    try resume?.check(record, plans)
    try Preflight.check(plans)
    var notices = try await VersionCheck(indexes: indexes).check(plans)
    if invocation.detail == .verbose, plans.contains(where: \.needsSSH),
      let version = await SSHVersion.current(environment: Plan.environmentOfSSH(for: plans))
    {
      notices += SSHVersionWords.lines(version)
    }
    try await Preflight.confirm(open, deployfile, invocation, root: place.root)
    indexes.secrets = try await Preflight.secrets(of: plans, known: indexes.secrets, root: place.root, invocation.trust)
    let files = try OutputFiles(invocation.outputs, in: place.workingFolder)
    do throws(Failure) {
      let workspace = try RunStart.workspace()
      defer { workspace.remove() }
      let journal = try journal(record, plans, &notices)
      return await run(plans, facts, indexes: indexes, notices: notices, workspace: workspace, files, journal)
    } catch {
      files.discard()
      throw error
    }
  }

  @Engine private func run(
    _ plans: [Plan], _ facts: RunFacts, indexes: PackageIndexes, notices: [String], workspace: Workspace, _ files: OutputFiles,
    _ journal: Journal?
  ) async -> ExitStatus {
    let masker = Masker(indexes.secrets)
    let shown = RunReporter(invocation, title: title, root: place.root).make(for: plans, run: facts.id)
    let reporter = ReporterGroup([shown] + files.reporters(story(plans, facts, masker), mask: masker.mask))
    let interruption = Interruption()
    let context = RunContext(
      root: place.root, reporter: reporter, interruption: interruption, secrets: indexes.secrets, workspace: workspace,
      ssh: SSHTransport(
        connectTimeout: Planner.connectTimeout, environment: Plan.environmentOfSSH(for: plans),
        hostKeys: invocation.acceptsNewHostKeys ? .acceptNew : .known), facts: facts,
      answersYes: invocation.answersYes, indexes: indexes, title: title, journal: journal)
    context.keepLogs()
    interruption.watch(
      notice: { context.report(Event(.notice, text: $0)) },
      leave: {
        reporter.flush()
        workspace.remove()
        files.discard()
      })

    let started = Clock.now
    context.report(Event(.runStarted, name: title))
    // The nearest one upwards need not be the one that is meant.
    if invocation.detail == .verbose, let path = Origin.current.deployfile {
      context.report(Event(.notice, text: "Deployfile: \(path)"))
    }
    for notice in notices + ConnectionNotice.all(for: plans, acceptingNewHostKeys: invocation.acceptsNewHostKeys).map(\.words) {
      context.report(Event(.notice, text: notice))
    }
    var end = Execution.End.completed
    if let resume { end = await resume.prepare(context, plans, invocation) }
    if end == .completed {
      for (number, plan) in plans.enumerated() {
        end = await Execution(context).run(plan, number: number)
        if end != .completed { break }
      }
      await Execution(context).giveBackOwedLocks(plans)
      await context.tidy(plans)
    }
    await context.closeAll()
    return finish(context, end, (Clock.now - started).seconds)
  }

  @Engine private func journal(_ record: RunRecord, _ plans: [Plan], _ notices: inout [String]) throws(Failure) -> Journal? {
    if let resume { return try resume.journal() }
    return try RunStart.journal(record, plans, &notices)
  }

  @Engine private func finish(_ context: RunContext, _ end: Execution.End, _ duration: Double) -> ExitStatus {
    let rows = context.order.map { state in
      var row = state.summary
      row.problem = row.problem.map(context.mask)
      return row
    }
    let status = end.status(of: rows, context.interruption)
    let outcome: Outcome =
      status == .done || status == .partial ? .succeeded : context.interruption.status != nil ? .cancelled : .failed
    let isResumable = context.finishJournal(end, status: status, outcome: outcome, duration: duration)
    context.report(Event(.runFinished, name: title, status: Int(status.rawValue), duration: duration, outcome: outcome))
    context.reporter.finish(
      Summary(
        title: context.mask(title), status: status, duration: duration, rows: rows,
        next: context.nextWords(isResumable: isResumable && !invocation.isAdHoc, status), changes: context.changes,
        logs: context.journal?.folder.path("hosts")))
    return status
  }

  /// What is known before anything has happened: all that came of the run until now, when it is gone on with.
  private func story(_ plans: [Plan], _ facts: RunFacts, _ masker: Masker) -> RunStory {
    let isTold = invocation.outputs.contains { $0.kind == .html || $0.kind == .md }
    var story = RunStory(facts: facts, title: title)
    guard isTold else { return story }
    if let resume { story = RunStory(resume.folder) ?? story }
    story.title = masker.mask(title)
    story.plan(plans, mask: masker.mask)
    return story
  }

  private var title: String { resume?.record.title ?? invocation.title }
}

extension Invocation {
  fileprivate var isAdHoc: Bool { if case .on = action { true } else { false } }

  /// What was typed, for people.
  package var title: String {
    if case .on(_, let command) = action { return command.joined(separator: " ") }
    return calls.map { call in call.task + ((call.environment ?? environment).map { ":\($0)" } ?? "") }.joined(separator: " ")
  }
}

extension Engine {
  /// Runs on the engine what may fail.
  package nonisolated static func settled<T: Sendable>(
    _ body: @escaping @Engine @Sendable () async throws(Failure) -> T
  ) throws(Failure) -> T {
    let result = run { () async -> Swift.Result<T, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try result.get()
  }
}
