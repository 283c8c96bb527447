import Tasks

/// One line of a journal: what is about to be done, or what came of it.
///
/// A host is named by its key, which is empty for this machine; a step by the number of its plan among those of the run, and its own.
package enum JournalEntry: Sendable, Equatable {
  /// These steps are about to be sent to the host as one script: any of them may run from now on.
  case sent(host: String, plan: Int, steps: [Int], session: String)
  case begun(host: String, plan: Int, step: Int, attempt: Int)
  /// What a step has captured; nothing is kept of what holds a secret.
  case captured(host: String, plan: Int, step: Int, name: String, value: [UInt8]?)
  case ended(host: String, plan: Int, step: Int, outcome: Outcome, status: Int?)
  /// What was sent in this session, or in all of them, is over, and nothing of it can run any more.
  case settled(host: String, session: String?)
  /// What was decided for all hosts.
  case decided(plan: Int, name: String, value: [UInt8])
  /// A stage has got somewhere: see `StagePath`.
  case reached(StagePath, StageMark)
  case locked(String, hosts: [String])
  case unlocked(String)
  /// A host was given up, and why: what no step tells.
  case dropped(host: String, outcome: Outcome, problem: String?)
  /// What is live on a host has changed.
  case changed(host: String, application: String, previous: String, live: String)
  case resumed(Timestamp, user: String)
  case finished(Timestamp, status: Int, rows: Int)
}

/// How far a stage got, where its steps alone do not tell.
package enum StageMark: Sendable, Equatable {
  /// A message was sent, a question was answered with yes.
  case done
  /// The stages have failed, and those of `onFailure` begin.
  case cleaningUp
  /// The stages are over, and those of `finally` begin.
  case finally(after: String)

  fileprivate var word: String {
    switch self {
    case .done: "done"
    case .cleaningUp: "cleaningUp"
    case .finally: "finally"
    }
  }

  fileprivate init?(_ word: String, after end: String?) {
    switch word {
    case "done": self = .done
    case "cleaningUp": self = .cleaningUp
    case "finally": self = .finally(after: end ?? "")
    default: return nil
    }
  }
}

/// A stage's place in the plans of a run: the plan's number and, at each level, the stage's, with a letter in front for the second list.
package struct StagePath: Sendable, Hashable {
  package var text: String

  package init(text: String) { self.text = text }

  package init(plan: Int) { text = "\(plan)" }

  package func stage(_ number: Int) -> StagePath { StagePath(text: "\(text).\(number)") }

  /// The second list of a stage: `onFailure`, `finally`.
  package var others: StagePath { StagePath(text: "\(text).x") }

  /// Whether a stage stands inside.
  package func holds(_ other: StagePath) -> Bool { other.text.hasPrefix(text + ".") }
}

extension JournalEntry {
  /// The entry on one line of JSON.
  package var line: [UInt8] { line(at: nil, log: nil) }

  /// The same with when that was, and how long the host's log was then.
  package func line(at time: Timestamp?, log: Int?) -> [UInt8] {
    var writer = EntryWriter()
    switch self {
    case .sent(let host, let plan, let steps, let session):
      writer.begin("sent", on: host, plan)
      writer.add("steps", .array(steps.map(Value.int)))
      writer.add("session", .string(session))
    case .begun(let host, let plan, let step, let attempt):
      writer.begin("begun", on: host, plan, step)
      if attempt > 1 { writer.add("attempt", .int(attempt)) }
    case .captured(let host, let plan, let step, let name, let value):
      writer.begin("captured", on: host, plan, step)
      writer.add("name", .string(name))
      if let value { writer.add("value", .string(Base64.text(value))) }
    case .ended(let host, let plan, let step, let outcome, let status):
      writer.begin("ended", on: host, plan, step)
      writer.add("outcome", .string(outcome.rawValue))
      if let status { writer.add("status", .int(status)) }
    case .settled(let host, let session):
      writer.begin("settled", on: host)
      if let session { writer.add("session", .string(session)) }
    case .decided(let plan, let name, let value):
      writer.begin("decided")
      writer.add("plan", .int(plan))
      writer.add("name", .string(name))
      writer.add("value", .string(Base64.text(value)))
    case .reached(let path, let mark):
      writer.begin("reached")
      writer.add("path", .string(path.text))
      writer.add("mark", .string(mark.word))
      if case .finally(let end) = mark { writer.add("after", .string(end)) }
    case .locked(let name, let hosts):
      writer.begin("locked")
      writer.add("name", .string(name))
      writer.add("hosts", .array(hosts.map(Value.string)))
    case .unlocked(let name):
      writer.begin("unlocked")
      writer.add("name", .string(name))
    case .dropped(let host, let outcome, let problem):
      writer.begin("dropped", on: host)
      writer.add("outcome", .string(outcome.rawValue))
      if let problem { writer.add("problem", .string(problem)) }
    case .changed(let host, let application, let previous, let live):
      writer.begin("changed", on: host)
      writer.add("application", .string(application))
      writer.add("previous", .string(previous))
      writer.add("live", .string(live))
    case .resumed(let time, let user):
      writer.begin("resumed")
      writer.add("at", .string(time.text))
      writer.add("user", .string(user))
    case .finished(let time, let status, let rows):
      writer.begin("finished")
      writer.add("at", .string(time.text))
      writer.add("status", .int(status))
      writer.add("rows", .int(rows))
    }
    if let time { writer.add("at", .string(time.text)) }
    if let log { writer.add("log", .int(log)) }
    return JSON.bytes(.object(writer.members)) + [UInt8(ascii: "\n")]
  }

  /// Nothing for a line that is no entry.
  package init?(line: ArraySlice<UInt8>) {
    guard let value = try? JSON.parse(Array(line)), let reader = EntryReader(value), let kind = reader.text("event") else { return nil }
    let host = reader.text("host") ?? "", plan = reader.number("plan") ?? 0, step = reader.number("step") ?? 0
    switch kind {
    case "sent": self = .sent(host: host, plan: plan, steps: reader.numbers("steps"), session: reader.text("session") ?? "")
    case "begun": self = .begun(host: host, plan: plan, step: step, attempt: reader.number("attempt") ?? 1)
    case "captured":
      guard let name = reader.text("name") else { return nil }
      self = .captured(host: host, plan: plan, step: step, name: name, value: reader.bytes("value"))
    case "ended":
      guard let outcome = reader.text("outcome").flatMap(Outcome.init) else { return nil }
      self = .ended(host: host, plan: plan, step: step, outcome: outcome, status: reader.number("status"))
    case "settled": self = .settled(host: host, session: reader.text("session"))
    case "decided":
      guard let name = reader.text("name"), let value = reader.bytes("value") else { return nil }
      self = .decided(plan: plan, name: name, value: value)
    case "reached":
      guard let path = reader.text("path"), let mark = reader.text("mark") else { return nil }
      guard let mark = StageMark(mark, after: reader.text("after")) else { return nil }
      self = .reached(StagePath(text: path), mark)
    case "locked": self = .locked(reader.text("name") ?? "", hosts: reader.texts("hosts"))
    case "unlocked": self = .unlocked(reader.text("name") ?? "")
    case "dropped":
      guard let outcome = reader.text("outcome").flatMap(Outcome.init) else { return nil }
      self = .dropped(host: host, outcome: outcome, problem: reader.text("problem"))
    case "changed":
      guard let application = reader.text("application"), let live = reader.text("live") else { return nil }
      self = .changed(host: host, application: application, previous: reader.text("previous") ?? "", live: live)
    case "resumed": self = .resumed(reader.time("at"), user: reader.text("user") ?? "")
    case "finished": self = .finished(reader.time("at"), status: reader.number("status") ?? 1, rows: reader.number("rows") ?? 0)
    default: return nil
    }
  }
}

private struct EntryWriter {
  var members: [Value.Member] = []

  mutating func add(_ key: String, _ value: Value) { members.append(.init(key: key, value: value)) }

  mutating func begin(_ event: String) { add("event", .string(event)) }

  mutating func begin(_ event: String, on host: String, _ plan: Int? = nil, _ step: Int? = nil) {
    begin(event)
    add("host", .string(host))
    if let plan { add("plan", .int(plan)) }
    if let step { add("step", .int(step)) }
  }
}

/// The members of a JSON object, by name and kind.
struct EntryReader {
  private var fields: [String: Value] = [:]

  init?(_ value: Value) {
    guard case .object(let members) = value else { return nil }
    for member in members { fields[member.key] = member.value }
  }

  func text(_ key: String) -> String? { if case .string(let text)? = fields[key] { text } else { nil } }
  func number(_ key: String) -> Int? { if case .int(let number)? = fields[key] { number } else { nil } }
  func seconds(_ key: String) -> Double? {
    switch fields[key] {
    case .double(let number)?: number
    case .int(let number)?: Double(number)
    default: nil
    }
  }
  func flag(_ key: String) -> Bool? { if case .bool(let flag)? = fields[key] { flag } else { nil } }
  func value(_ key: String) -> Value? { fields[key] }
  func bytes(_ key: String) -> [UInt8]? { text(key).flatMap(Base64.bytes) }
  func time(_ key: String) -> Timestamp { text(key).flatMap(Timestamp.init(text:)) ?? Timestamp(milliseconds: 0) }
  func numbers(_ key: String) -> [Int] { array(key).compactMap { if case .int(let number) = $0 { number } else { nil } } }
  func texts(_ key: String) -> [String] { array(key).compactMap { if case .string(let text) = $0 { text } else { nil } } }
  func array(_ key: String) -> [Value] { if case .array(let values)? = fields[key] { values } else { [] } }
}
