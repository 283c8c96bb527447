import Tasks

/// One thing that `--doctor` has looked at, and what came of it.
package struct Finding: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case good = "ok"
    /// Good to know, and nothing to do.
    case note
    /// Will stop some deploys, or may.
    case warning
    /// Will stop a deploy.
    case problem
    /// A host that was not reached.
    case unreachable
  }

  package var name: String
  package var state: State
  /// What was found, or what is wrong.
  package var found: String
  /// What a person does about it.
  package var remedy: String?

  package init(_ name: String, _ state: State, _ found: String, remedy: String? = nil) {
    self.name = name
    self.state = state
    self.found = found
    self.remedy = remedy.map { Origin.current.naming($0) }
  }

  /// What would have ended a run in these words.
  package init(_ name: String, _ state: State, _ failure: Failure) {
    self.init(name, state, (failure.place.map { "\($0): " } ?? "") + failure.message, remedy: failure.help)
  }

  /// Whether a person has something to do.
  package var isTrouble: Bool { state != .good && state != .note }
}

extension Finding {
  package var json: Value {
    [
      "name": .string(name), "state": .string(state.rawValue), "found": .string(found),
      "remedy": remedy.map(Value.string) ?? .null,
    ]
  }

  /// What `json` was made of; nothing for anything else.
  package init?(_ value: Value) {
    guard case .string(let name)? = value["name"], case .string(let word)? = value["state"], let state = State(rawValue: word),
      case .string(let found)? = value["found"]
    else { return nil }
    self.init(name, state, found)
    if case .string(let text)? = value["remedy"] { remedy = text }
  }
}

/// How the launcher tells the program it becomes what it has found itself.
package enum DoctorHandover {
  package static let variable = "PUSHBUTTON_DOCTOR"

  package static func text(of findings: [Finding]) -> String { JSON.text(.array(findings.map(\.json))) }

  /// What was handed over; programs that are started later are not told.
  static func take() -> [Finding] {
    defer { unsetenv(variable) }
    guard let text = ProcessEnvironment.value(variable), case .array(let values)? = try? JSON.parse(Array(text.utf8)) else { return [] }
    return values.compactMap(Finding.init)
  }
}
