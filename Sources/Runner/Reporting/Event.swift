import Tasks

/// Something that happened in a run; the names of the kinds and fields are stable API.
package struct Event: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case runStarted = "run.started"
    case phaseStarted = "phase.started"
    case hostConnected = "host.connected"
    /// What ssh has written into its log, when a connection could not be made or was lost.
    case hostLog = "host.log"
    case stepStarted = "step.started"
    case stepOutput = "step.output"
    case stepFinished = "step.finished"
    case hostFinished = "host.finished"
    case phaseFinished = "phase.finished"
    case runFinished = "run.finished"
    /// What was decided for all hosts, or why nothing could be.
    case decisionMade = "decision.made"
    /// Something a person should know: a skipped stage, an interruption.
    case notice = "notice"
  }

  package var kind: Kind
  package var time: Timestamp
  package var host: String?
  /// The step's number in the plan.
  package var step: Int?
  package var name: String?
  package var stream: OutputStream?
  package var text: String?
  package var status: Int?
  /// Seconds.
  package var duration: Double?
  package var outcome: Outcome?
  /// How many hosts each batch of a phase has.
  package var batches: [Int]?
  /// Which attempt of a step this is, when it has several.
  package var attempt: Int?
  /// A step that is asked for our sake: people see what is made of it.
  package var isQuiet = false

  package init(
    _ kind: Kind, host: String? = nil, step: PlannedStep? = nil, name: String? = nil, stream: OutputStream? = nil, text: String? = nil,
    status: Int? = nil, duration: Double? = nil, outcome: Outcome? = nil, attempt: Int? = nil, batches: [Int]? = nil
  ) {
    self.kind = kind
    time = .now()
    self.host = host
    self.step = step?.number
    isQuiet = step?.isQuiet ?? false
    self.name = name
    self.stream = stream
    self.text = text
    self.status = status
    self.duration = duration
    self.outcome = outcome
    self.attempt = attempt
    self.batches = batches
  }

  /// The event as `--format json` prints it.
  package func json(run: String) -> Value {
    var members: [Value.Member] = []
    func add(_ key: String, _ value: Value?) {
      if let value { members.append(Value.Member(key: key, value: value)) }
    }
    add("time", .string(time.text))
    add("run", .string(run))
    add("event", .string(kind.rawValue))
    add("host", host.map(Value.string))
    add("step", step.map(Value.int))
    add("name", name.map(Value.string))
    add("attempt", attempt.map(Value.int))
    add("stream", (stream?.rawValue).map(Value.string))
    add("text", text.map(Value.string))
    add("status", status.map(Value.int))
    add("duration", duration.map { .double(($0 * 1000).rounded() / 1000) })
    add("outcome", (outcome?.rawValue).map(Value.string))
    return .object(members)
  }
}
