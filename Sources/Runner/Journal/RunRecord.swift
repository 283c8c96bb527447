import Tasks

/// Who started a run, with what, from where: enough to plan it again.
package struct RunRecord: Sendable, Equatable {
  package var facts: RunFacts
  /// The command line as people read it.
  package var title: String
  package var root: String
  package var workingFolder: String
  /// What was called, with the versions that the words turned out to mean.
  package var calls: [TaskCall]
  package var pattern: String?
  package var command: [String] = []
  package var environment: String?
  package var limit: String?
  package var jobs: Int?
  package var inventory: String?
  /// Of the plans: a resumed run must have the same ones.
  package var digest: String

  /// Whether it only removes a lock: there is nothing to go on with.
  package var isUnlocking: Bool { calls.isEmpty && pattern == nil }

  /// A run that is about to begin.
  package init(_ invocation: Invocation, _ plans: [Plan], facts: RunFacts, title: String, place: Program.Place) {
    self.facts = facts
    self.title = title
    root = place.root
    workingFolder = place.workingFolder
    environment = invocation.environment
    limit = invocation.limit
    jobs = invocation.jobs
    inventory = invocation.inventory.map { absolute($0, in: place.workingFolder) }
    digest = PlanDigest.text(of: plans)
    calls = []
    if case .on(let pattern, let command) = invocation.action {
      (self.pattern, self.command) = (pattern, command)
    } else {
      calls = zip(invocation.calls, plans).map { call, plan in
        var call = call
        call.words = plan.words
        return call
      }
    }
  }

  /// The command line that plans the run again; how it is shown is a matter of the present one.
  package func invocation(shownAs present: Invocation) -> Invocation {
    var invocation = present
    invocation.action = pattern.map { .on($0, command: command) } ?? .run
    invocation.calls = calls
    invocation.environment = environment
    invocation.limit = limit
    invocation.jobs = jobs
    invocation.inventory = inventory
    return invocation
  }

  package var json: Value {
    var members: [Value.Member] = [
      .init(key: "version", value: 1), .init(key: "id", value: .string(facts.id)), .init(key: "title", value: .string(title)),
      .init(key: "started", value: .string(facts.started.text)), .init(key: "user", value: .string(facts.user)),
    ]
    func add(_ key: String, _ value: Value?) { if let value { members.append(.init(key: key, value: value)) } }
    add("url", facts.url.map(Value.string))
    add("root", .string(root))
    add("workingFolder", .string(workingFolder))
    add("calls", .array(calls.map(Self.json)))
    add("pattern", pattern.map(Value.string))
    if pattern != nil { add("command", .array(command.map(Value.string))) }
    add("environment", environment.map(Value.string))
    add("limit", limit.map(Value.string))
    add("jobs", jobs.map(Value.int))
    add("inventory", inventory.map(Value.string))
    add("digest", .string(digest))
    return .object(members)
  }

  private static func json(of call: TaskCall) -> Value {
    [
      "task": .string(call.task), "environment": call.environment.map(Value.string) ?? .null,
      "words": .object(call.words.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .array($0.value.map(Value.string))) }),
    ]
  }

  /// Nothing for what is no such record.
  package init?(_ value: Value) {
    guard let reader = EntryReader(value), reader.number("version") == 1, let id = reader.text("id"), let root = reader.text("root") else {
      return nil
    }
    facts = RunFacts(id: id, started: reader.time("started"), user: reader.text("user") ?? "?", url: reader.text("url"))
    title = reader.text("title") ?? ""
    self.root = root
    workingFolder = reader.text("workingFolder") ?? root
    calls = reader.array("calls").compactMap(Self.call)
    pattern = reader.text("pattern")
    command = reader.texts("command")
    environment = reader.text("environment")
    limit = reader.text("limit")
    jobs = reader.number("jobs")
    inventory = reader.text("inventory")
    digest = reader.text("digest") ?? ""
  }

  private static func call(_ value: Value) -> TaskCall? {
    guard let reader = EntryReader(value), let task = reader.text("task") else { return nil }
    var words: [String: [String]] = [:]
    if case .object(let members)? = reader.value("words") {
      for member in members {
        guard case .array(let values) = member.value else { continue }
        words[member.key] = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
      }
    }
    return TaskCall(task: task, environment: reader.text("environment"), words: words)
  }

  package init?(_ folder: RunFolder) {
    guard let bytes = try? File.read(folder.path("run.json")), let value = try? JSON.parse(bytes) else { return nil }
    self.init(value)
  }
}

/// How a run ended, for its history.
package struct RunResult: Sendable, Equatable {
  package var status: Int
  package var outcome: Outcome
  /// Seconds, of the last sitting.
  package var duration: Double
  package var finished: Timestamp
  /// Whether `--resume` can go on with it.
  package var isResumable: Bool

  package init(status: Int, outcome: Outcome, duration: Double, finished: Timestamp, isResumable: Bool) {
    self.status = status
    self.outcome = outcome
    self.duration = duration
    self.finished = finished
    self.isResumable = isResumable
  }

  package var json: Value {
    [
      "status": .int(status), "outcome": .string(outcome.rawValue), "duration": .double((duration * 1000).rounded() / 1000),
      "finished": .string(finished.text), "resumable": .bool(isResumable),
    ]
  }

  /// What can be told of a run that came to its end and was killed before its result was written.
  package init?(lastEntryOf folder: RunFolder, of record: RunRecord) {
    guard let entries = try? Journal.entries(of: folder), case .finished(let finished, let status, _)? = entries.last else { return nil }
    let isDone = status == Int(ExitStatus.done.rawValue) || status == Int(ExitStatus.partial.rawValue)
    let hasBegun = entries.contains { if case .sent = $0 { true } else { false } }
    self.init(
      status: status, outcome: isDone ? .succeeded : .failed,
      duration: Double(finished.milliseconds - record.facts.started.milliseconds) / 1000, finished: finished,
      isResumable: !isDone && hasBegun && !Known(entries).wasCleanedUp)
  }

  package init?(_ folder: RunFolder) {
    guard let bytes = try? File.read(folder.path("result.json")), let value = try? JSON.parse(bytes), let reader = EntryReader(value),
      let status = reader.number("status"), let outcome = reader.text("outcome").flatMap(Outcome.init)
    else { return nil }
    self.init(
      status: status, outcome: outcome, duration: reader.seconds("duration") ?? 0, finished: reader.time("finished"),
      isResumable: reader.flag("resumable") ?? false)
  }
}
