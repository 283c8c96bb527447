import Tasks

/// What is known of a run when it starts.
package struct RunFacts: Sendable, Equatable {
  package var id: String
  package var started: Timestamp
  package var user: String
  /// The page of the CI build that the run is part of.
  package var url: String?

  package init(id: String, started: Timestamp, user: String, url: String? = nil) {
    self.id = id
    self.started = started
    self.user = user
    self.url = url
  }

  /// A run that starts now, by whoever started the CI build that it is part of, or is logged in.
  package static func make(in ci: CI? = .detect()) -> RunFacts {
    let started = Timestamp.now()
    return RunFacts(
      id: "\(started.compact.prefix(15))-\(Nonce.make(bytes: 4))", started: started, user: ci?.user ?? loginName, url: ci?.url)
  }

  private static var loginName: String {
    if let name = ProcessEnvironment.value("USER") ?? ProcessEnvironment.value("LOGNAME"), !name.isEmpty { return name }
    return getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
  }

  /// The text of a field; nothing for those that only the end of the run tells.
  package func text(of field: RunField, in plan: Plan) -> String? {
    switch field {
    case .id: id
    case .started: started.compact
    case .environment: plan.environment ?? ""
    case .task: plan.task
    case .user: user
    case .url: url ?? ""
    case .duration, .outcome, .version, .previousVersion: nil
    }
  }
}

extension Timestamp {
  /// `20261122T224002.250Z`: a part of file names that sorts by time.
  package var compact: String { text.filter { $0 != "-" && $0 != ":" } }
}
