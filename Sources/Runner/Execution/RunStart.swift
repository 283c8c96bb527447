import Tasks

/// What a run makes on this machine before it touches a host.
@Engine enum RunStart {
  /// The folder of a new run with its plan, and its journal; where this machine can keep none, the run goes on and says so.
  static func journal(_ record: RunRecord, _ plans: [Plan], _ notices: inout [String]) throws(Failure) -> Journal? {
    do throws(SystemError) {
      guard let all = RunFolder.all(of: record.root) else {
        notices.append(Failure.noJournal("neither HOME nor XDG_STATE_HOME is set"))
        return nil
      }
      let folder = try RunFolder.make(record.facts.id, in: all)
      try folder.write(JSON.text(record.json, pretty: true) + "\n", to: "run.json")
      try folder.write(JSON.text(.array(plans.map(PlanJSON.value)), pretty: true) + "\n", to: "plan.json")
      try folder.write(plans.map { PlanText.text(of: $0) }.joined(separator: "\n"), to: "plan.txt")
      folder.noteBoot()
      let journal = try Journal(folder)
      RunFolder.prune(all)
      return journal
    } catch {
      // A disk that is full now would stop the run in the middle.
      guard [EACCES, EPERM, EROFS, ENOTDIR, ENOENT].contains(error.code) else { throw Failure(cannotBegin: error) }
      notices.append(Failure.noJournal("\(error.path): \(error.reason)"))
      return nil
    }
  }

  static func workspace() throws(Failure) -> Workspace {
    do throws(Workspace.Problem) { return try Workspace() } catch { throw Failure(error) }
  }
}

extension RunContext {
  /// Keeps what hosts print beside the journal.
  func keepLogs() {
    guard let journal else { return }
    logs = HostLogs(journal.folder) { [unowned self] error in
      report(Event(.notice, text: Failure.logIncomplete(error)))
    }
  }

  /// Writes the run's last entry and its result; returns whether the run can be gone on with.
  func finishJournal(_ end: Execution.End, status: ExitStatus, outcome: Outcome, duration: Double) -> Bool {
    guard let journal else { return false }
    if case .unresumable = end { return false }
    let now = Timestamp.now()
    journal.append(.finished(now, status: Int(status.rawValue), rows: order.count))
    // Who only found a lock held has done nothing that could be gone on with.
    let isBegun = status != .locked || resumption != nil || order.contains(where: \.isStarted)
    let isUndone = status != .done && status != .partial && isBegun
    let result = RunResult(
      status: Int(status.rawValue), outcome: outcome, duration: duration, finished: now,
      isResumable: isUndone && !hasCleanedUp && !journal.isAbandoned)
    if let problem = journal.problem { report(Event(.notice, text: Failure(journalBroken: problem).message)) }
    try? journal.folder.write(JSON.text(result.json, pretty: true) + "\n", to: "result.json")
    journal.end()
    return result.isResumable
  }

  /// What a person can do next, and where everything stands.
  func nextWords(isResumable: Bool, _ status: ExitStatus) -> [String] {
    guard let journal, status != .done else { return [] }
    var words: [String] = []
    if isResumable { words.append(ResumeWords.goOn(facts.id)) }
    if order.contains(where: \.isStarted) { words.append("All that the hosts printed: \(journal.folder.path("hosts"))") }
    return words
  }
}
