/// One answer for a whole fleet: every selected host is asked first, and what this machine makes of their answers holds for all.
///
/// A command that holds a decision is planned with it: before the first phase of its `hosts` block all hosts of the block are asked
/// the question, which must change nothing, and nothing else happens on any of them until it is decided.
///
///     let oldest = Decision("the oldest schema", ask: "bin/schema-version") { answers in
///       guard let oldest = answers.map(\.output).min() else { throw Refusal("no host answered") }
///       return Verdict(oldest, message: "migrating from \(oldest)")
///     }
///     hosts("db") { run("bin/migrate --from \(oldest)") }
public struct Decision: Sendable {
  /// What plans call it.
  public let name: String
  package let question: Command
  package let decide: @Sendable (Answers) throws -> Verdict
  /// What plans show in place of the question.
  package var description: Command?
  /// Where each host keeps the answer, and then the verdict: a shell variable's name.
  package let captured: Captured

  /// A decision; the question is asked inside the scopes of the step that needs the decision.
  ///
  /// - Throws: whatever `decide` throws, best a `Refusal`, ends the run before anything else is done in the block.
  public init(_ name: String, ask question: Command, decide: @escaping @Sendable (Answers) throws -> Verdict) {
    self.name = name
    self.question = question
    self.decide = decide
    // Decisions of one name may differ in their question: each has its own place.
    captured = Captured("decided_\("\(name)\0\(question.fragments)".checksum)")
  }
}

extension Decision: Equatable {
  /// Decisions of one name and question are the same.
  public static func == (left: Decision, right: Decision) -> Bool { left.name == right.name && left.question == right.question }
}

/// What the hosts said, in host order.
public struct Answers: Sendable, RandomAccessCollection {
  /// What one host said.
  public struct Answer: Sendable, Equatable {
    /// The host that was asked.
    public let host: Host
    /// Standard output, without the final newlines, with invalid UTF-8 replaced.
    public let output: String

    package init(host: Host, output: String) {
      self.host = host
      self.output = output
    }
  }

  private let answers: [Answer]
  /// Whether this cleans up after a failure: hosts that did not answer are missing then, otherwise the run has ended.
  public let isCleaningUp: Bool

  package init(_ answers: [Answer], isCleaningUp: Bool) {
    self.answers = answers
    self.isCleaningUp = isCleaningUp
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// How many hosts answered.
  public var endIndex: Int { answers.count }
  /// One answer.
  public subscript(position: Int) -> Answer { answers[position] }
}

/// What was decided.
public struct Verdict: Sendable, Equatable {
  /// What stands in commands in place of the decision.
  public var value: String
  /// What people are told, as whole lines.
  public var message: String

  /// A verdict; an empty message says nothing.
  public init(_ value: String = "", message: String = "") {
    self.value = value
    self.message = message
  }
}

/// Why a decision cannot be made.
public struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and why, and what to do next.
  public let description: String

  /// A refusal with its reason.
  public init(_ reason: String) { description = reason }
}

/// Asks every host and tells people what this machine makes of the answers, as one phase.
///
///     hosts("all") { ask(Decision("who runs what", ask: "uname -r") { answers in
///       Verdict(message: answers.map { "\($0.host.name): \($0.output)" }.joined(separator: "\n"))
///     }) }
public func ask(_ decision: Decision, fileID: StaticString = #fileID, line: UInt = #line) -> Phase {
  Phase(strategy: .parallel(limit: nil), steps: [], decision: decision, location: SourceLocation(fileID, line))
}
