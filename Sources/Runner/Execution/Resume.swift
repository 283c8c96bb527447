import Tasks

/// A run that was cut off, has failed or was interrupted, and is gone on with.
package struct Resume: Sendable {
  let folder: RunFolder
  let record: RunRecord
  /// Runs that have been started since.
  let newer: [RunRecord]

  /// The run that a word names, or else the last one.
  static func find(_ word: String?, root: String) throws(Failure) -> Resume {
    let runs = PastRun.all(of: root)
    let counting = runs.filter(\.counts)
    guard let last = counting.first ?? runs.first else { throw Failure(ResumeError.noRuns) }
    var run = last
    if let word {
      let found = runs.filter { $0.id.hasPrefix(word) }
      guard let first = found.first else { throw Failure(ResumeError.unknown(word, last: last.id)) }
      if found.count > 1, first.id != word { throw Failure(ResumeError.ambiguous(word, found.map(\.id))) }
      run = first
    }
    if run.isAlive { throw Failure(ResumeError.running(run.id)) }
    if run.isAbandoned { throw Failure(ResumeError.abandoned(run.id)) }
    if !run.isResumable { throw Failure(ResumeError.over(run.id, run.record.isUnlocking ? nil : run.result, isLast: word == nil)) }
    guard let folder = RunFolder.all(of: root).map({ RunFolder(path: "\($0)/\(run.id)") }) else { throw Failure(ResumeError.noRuns) }
    let newer = counting.prefix { $0.id != run.id }.filter {
      $0.record.pattern == nil && $0.record.facts.started >= run.record.facts.started
    }
    return Resume(folder: folder, record: run.record, newer: newer.map(\.record))
  }

  /// What would be done is what was to be done.
  func check(_ now: RunRecord, _ plans: [Plan]) throws(Failure) {
    guard now.digest != record.digest else { return }
    let old = (try? File.read(folder.path("plan.txt"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    throw Failure(
      ResumeError.changed(record.facts.id, PlanChange.lines(from: old, to: plans.map { PlanText.text(of: $0) }.joined(separator: "\n"))))
  }

  @Engine func journal() throws(Failure) -> Journal? {
    do throws(SystemError) { return try Journal(folder) } catch {
      throw error.code == EWOULDBLOCK ? Failure(ResumeError.running(folder.id)) : Failure(cannotBegin: error)
    }
  }

  /// Finds out what became of what was going on, tells the story, and has what nobody knows decided.
  @Engine func prepare(_ context: RunContext, _ plans: [Plan], _ invocation: Invocation) async -> Execution.End {
    let entries = (try? Journal.entries(of: folder)) ?? []
    var known = Known(entries)
    if let status = await ask(context, plans, &known) { return .unresumable(status) }
    var resumption = Resumption(known, plans: plans)
    let open = resumption.open(in: plans, keyOf: \.key)
    for line in ResumeWords.story(record, known, open: open, newer: newer) { context.report(Event(.notice, text: line)) }
    if !newer.isEmpty, !(await context.confirm("go on with an older run?")) {
      if let status = context.interruption.status { return .unresumable(status) }
      for line in ResumeWords.older { context.report(Event(.notice, text: line)) }
      return .unresumable(.invalid)
    }
    for (number, step) in open.enumerated() {
      guard let answer = await decide(step, context, invocation) else {
        if let status = context.interruption.status { return .unresumable(status) }
        for line in ResumeWords.refusal(open.count - number) { context.report(Event(.notice, text: line)) }
        return .unresumable(.invalid)
      }
      resumption = resumption.settling(step, as: answer)
    }
    context.resumption = resumption
    context.hasCleanedUp = !known.isOrderly && known.wasCleanedUp
    unlink(folder.path("result.json"))
    folder.noteBoot()
    context.journal?.append(.resumed(.now(), user: RunFacts.make().user))
    for entry in resumption.said { context.journal?.append(entry) }
    context.journal?.sync()
    return .completed
  }

  /// Hosts on which something was going on are asked what they have noted, and all of them when this machine has been started since.
  ///
  /// - Returns: a status when one of them cannot be asked.
  @Engine private func ask(_ context: RunContext, _ plans: [Plan], _ known: inout Known) async -> ExitStatus? {
    let hosts = plans.flatMap(\.hosts).map(context.state) + [context.controlMachine]
    var seen: Set<String> = []
    let isWhole = folder.isOfThisBoot
    let states = hosts.filter { (known.isBusy($0.key) || !isWhole) && seen.insert($0.key).inserted }
    var answers: [String: NotedSteps] = [:]
    await fanOut(states, limit: Planner.defaultFanOut) { state in
      let (session, unreachable) = await context.session(for: state)
      guard let session else { return state.fail(.unreachable, unreachable ?? "") }
      switch await session.notedSteps() {
      case .success(let noted): answers[state.key] = noted
      case .failure(let problem): state.fail(.failed, problem.reason)
      }
    }
    for state in states {
      guard let noted = answers[state.key] else {
        context.report(Event(.notice, host: state.host.name, text: ResumeWords.cannotAsk(state.host.name, state.problem ?? "")))
        return context.interruption.status ?? (state.outcome == .unreachable ? .unreachable : .failed)
      }
      for entry in known.add(noted, from: state.key) {
        context.journal?.append(entry, at: nil, log: context.logs?.length(of: state.key))
      }
    }
    // The hosts drop what they have noted when their sessions end.
    context.journal?.sync()
    return nil
  }

  /// What the command line says of all such steps, or else a person of each.
  @Engine private func decide(
    _ step: Resumption.OpenStep, _ context: RunContext, _ invocation: Invocation
  ) async -> Invocation.UnknownSteps? {
    if let answer = invocation.unknownSteps { return answer }
    guard isatty(0) == 1 else { return nil }
    let question = ResumeWords.question(step)
    context.reporter.flush()
    let answer = await context.interruption.orElse { Terminal.line(question) }
    return (answer ?? nil).flatMap { Invocation.UnknownSteps(rawValue: $0.lowercased()) }
  }
}
