import Tasks

/// A run that was cut off, has failed or was interrupted, and is gone on with.
package struct Resume: Sendable {
  let folder: RunFolder
  let record: RunRecord
  /// Runs that have been started since.
  let newer: [RunRecord]

  /// The run that a word names, or else the last one.
  static func find(_ word: String?, root: String) throws(Failure) -> Resume {
    let runs = RunFolder.list(of: root).compactMap { folder in RunRecord(folder).map { (folder: folder, record: $0) } }
    guard let last = runs.first else { throw Failure(ResumeError.noRuns) }
    var index = 0
    if let word {
      let found = runs.indices.filter { runs[$0].folder.id.hasPrefix(word) }
      guard let first = found.first else { throw Failure(ResumeError.unknown(word, last: last.folder.id)) }
      if found.count > 1 { throw Failure(ResumeError.ambiguous(word, found.map { runs[$0].folder.id })) }
      index = first
    }
    let (folder, record) = runs[index]
    if folder.isAlive { throw Failure(ResumeError.running(folder.id)) }
    if let result = RunResult(folder), !result.isResumable { throw Failure(ResumeError.over(folder.id, result, isLast: word == nil)) }
    return Resume(folder: folder, record: record, newer: runs[..<index].map(\.record))
  }

  /// What would be done is what was to be done.
  func check(_ now: RunRecord, _ plans: [Plan]) throws(Failure) {
    guard now.digest != record.digest else { return }
    let old = (try? File.read(folder.path("plan.txt"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    throw Failure(ResumeError.changed(record.facts.id, PlanChange.lines(from: old, to: plans.map(PlanText.text).joined(separator: "\n"))))
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
    let open = resumption.open(in: plans) { $0 == Planner.controlMachine ? "" : $0.name }
    for line in ResumeWords.story(record, known, open: open, newer: newer) { context.report(Event(.notice, text: line)) }
    if !newer.isEmpty, !invocation.answersYes, !(await context.confirm("go on with an older run?")) { return .unresumable(.invalid) }
    for (number, step) in open.enumerated() {
      guard let answer = await decide(step, context, invocation) else {
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
    let states = hosts.filter { (known.open[$0.key] != nil || !isWhole) && seen.insert($0.key).inserted }
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
      for entry in known.add(noted, from: state.key) { context.journal?.append(entry) }
    }
    return nil
  }

  /// What the command line says of all such steps, or else a person of each.
  @Engine private func decide(
    _ step: Resumption.OpenStep, _ context: RunContext, _ invocation: Invocation
  ) async -> Invocation.UnknownSteps? {
    if let answer = invocation.unknownSteps { return answer }
    guard isatty(0) == 1 else { return nil }
    let question = ResumeWords.question(step)
    let answer = await context.interruption.orElse { Terminal.line(question) }
    return (answer ?? nil).flatMap { Invocation.UnknownSteps(rawValue: $0.lowercased()) }
  }
}
