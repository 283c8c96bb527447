import Runner

/// Why something cannot be planned or rehearsed: what `run` would print, and the status it would end with.
///
///     await #expect(throws: RehearsalError("error: there is no task \"deplyo\"\n  Did you mean \"deploy\"?\n")) {
///       try await rehearsal.plan("deplyo:production")
///     }
public struct RehearsalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The lines that a person would read.
  public let description: String
  /// The exit status of `run`.
  public let exitStatus: Int

  /// An error with these lines, for comparisons.
  public init(_ description: String, exitStatus: Int = 2) {
    self.description = description
    self.exitStatus = exitStatus
  }

  init(_ failure: Failure) { self.init(failure.text, exitStatus: Int(failure.status.rawValue)) }
}

extension Failure {
  static func noTask(_ words: [String]) -> Failure {
    Failure("\"\(words.joined(separator: " "))\" names no task to plan or to rehearse", help: "For example \"deploy:production\".")
  }

  static func notOneTask(_ words: [String]) -> Failure {
    Failure("\"\(words.joined(separator: " "))\" names several tasks, and a plan is of one", help: "Plan them one by one.")
  }

  static func noVersions(of package: String) -> Failure {
    Failure(
      "nothing says what versions of \(package) there are: a rehearsal asks no index",
      help: "Rehearsal(deployfile, versions: [\"\(package)\": [\"1.0.0\"]])")
  }

  static func noStep(_ text: String, among known: [String], at place: String? = nil) -> Failure {
    let list = known.isEmpty ? "The plan has no steps." : "Steps: \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
    return Failure(
      "no step of the plan has \"\(text)\" in its name or command", at: place, help: didYouMean(text, among: known) ?? list)
  }

  static func noHost(_ name: String, among known: [String]) -> Failure {
    Failure("the host \"\(name)\" takes no part", help: didYouMean(name, among: known) ?? "Hosts: \(known.joined(separator: ", "))")
  }

  static func noLock(_ name: String, among known: [String], at place: String) -> Failure {
    Failure("the plan holds no lock \"\(name)\"", at: place, help: didYouMean(name, among: known))
  }

  static func notThere(_ text: String, on hosts: Set<String>, at place: String) -> Failure {
    Failure(
      "\"\(text)\" is not on \(folded(hosts.sorted()))", at: place, help: "Name a host that it is on, or leave hosts out for all of them.")
  }

  static func noQuestion(_ text: String, at place: String) -> Failure {
    Failure("the plan asks nothing with \"\(text)\" in it", at: place, help: "Questions are those of confirm(...).")
  }

  static func notACondition(_ text: String, at place: String) -> Failure {
    Failure("\"\(text)\" is no condition, which alone can be false", at: place, help: "Steps fail: step(\"\(text)\").fails()")
  }

  static func badStatus(_ status: Int, at place: String) -> Failure {
    Failure("a command cannot fail with status \(status)", at: place, help: "It must be 1 to 255.")
  }

  static func noSnapshot(_ path: String, _ variable: String) -> Failure {
    Failure("there is no snapshot \(path)", help: "Run the test once with \(variable)=1 to write it, and read what it has written.")
  }

  static func otherThanSnapshot(_ path: String, difference: [String], _ variable: String) -> Failure {
    Failure(
      "the plan is not the one of \(path)\n\(difference.joined(separator: "\n"))",
      help: "If that is what you want, run the test once with \(variable)=1, which writes it.")
  }

  init(snapshot error: SystemError) { self.init("cannot use the snapshot \(error.path): \(error.reason)") }
}
