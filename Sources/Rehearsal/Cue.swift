import Runner
import Tasks

/// One thing that happens in a rehearsal, where otherwise everything succeeds.
public struct Cue: Sendable {
  enum Subject: Sendable {
    case step(String, on: [String])
    case host(String)
    case lock(String, on: [String])
    case question(String)
  }

  enum Event: Sendable {
    case prints(String)
    case fails(status: Int, times: Int?, printing: String)
    case isFalse
    case takes(Duration)
    case losesConnection
    case isUnreachable
    case isHeld(by: String)
    case isDeclined
  }

  let subject: Subject
  let event: Event
  let location: SourceLocation

  /// Where the test says it.
  var place: String { "\(location)" }
}

/// Collects what happens in a rehearsal.
@resultBuilder public enum Script {
  /// One thing.
  public static func buildExpression(_ cue: Cue) -> [Cue] { [cue] }
  /// Several, for example those that a function returns.
  public static func buildExpression(_ cues: [Cue]) -> [Cue] { cues }
  /// What happens in a block.
  public static func buildBlock(_ cues: [Cue]...) -> [Cue] { cues.flatMap(\.self) }
  /// What happens in an `if` without `else`.
  public static func buildOptional(_ cues: [Cue]?) -> [Cue] { cues ?? [] }
  /// What happens in the first branch.
  public static func buildEither(first cues: [Cue]) -> [Cue] { cues }
  /// What happens in the second branch.
  public static func buildEither(second cues: [Cue]) -> [Cue] { cues }
  /// What happens in a `for`.
  public static func buildArray(_ cues: [[Cue]]) -> [Cue] { cues.flatMap(\.self) }
}

/// The steps of which something is said.
///
/// They are those that are named so, or else all that have the text in their name or command as plans show them. Hosts are patterns of the
/// inventory; without any it happens on every host.
///
///     step("bin/version").prints("1.4.1")
///     step("restart shop", on: "web2", "web3").fails(status: 3)
public func step(_ text: String, on hosts: String..., fileID: StaticString = #fileID, line: UInt = #line) -> StepSubject {
  StepSubject(subject: .step(text, on: hosts), location: SourceLocation(fileID, line))
}

/// The hosts, by a pattern of the inventory, of which something is said.
///
///     host("web2").isUnreachable()
///     host("db:!db1").isUnreachable()
public func host(_ pattern: String, fileID: StaticString = #fileID, line: UInt = #line) -> HostSubject {
  HostSubject(subject: .host(pattern), location: SourceLocation(fileID, line))
}

/// A lock of the plan, on all its hosts or on some.
///
///     lock("deploy").isHeld(by: "anna")
///     lock("deploy", on: "web1").isHeld(by: "anna")
public func lock(_ name: String, on hosts: String..., fileID: StaticString = #fileID, line: UInt = #line) -> LockSubject {
  LockSubject(subject: .lock(name, on: hosts), location: SourceLocation(fileID, line))
}

/// The questions of `confirm` that have this text in them; without a cue they are answered with yes.
///
///     question("really?").isDeclined()
public func question(_ text: String, fileID: StaticString = #fileID, line: UInt = #line) -> QuestionSubject {
  QuestionSubject(subject: .question(text), location: SourceLocation(fileID, line))
}

/// Steps, and what may happen to them.
public struct StepSubject: Sendable {
  let subject: Cue.Subject
  let location: SourceLocation

  private func cue(_ event: Cue.Event) -> Cue { Cue(subject: subject, event: event, location: location) }

  /// It succeeds, and prints these lines on standard output: what `capture` and decisions read.
  public func prints(_ lines: String) -> Cue { cue(.prints(lines)) }

  /// It fails, in all its attempts or only in the first ones, and says why on standard error.
  public func fails(status: Int = 1, times: Int? = nil, printing lines: String = "") -> Cue {
    cue(.fails(status: status, times: times, printing: lines))
  }

  /// The condition of a `when` does not hold; without a cue it does.
  public func isFalse() -> Cue { cue(.isFalse) }

  /// It takes this long, and fails if its timeout is shorter.
  ///
  /// Nobody waits for it: the longest of a script takes a second at most, and the others are as much shorter.
  public func takes(_ duration: Duration) -> Cue { cue(.takes(duration)) }

  /// It begins, and then the connection is lost: nobody knows how it ends.
  public func losesConnection() -> Cue { cue(.losesConnection) }
}

/// Hosts, and what may happen to them.
public struct HostSubject: Sendable {
  let subject: Cue.Subject
  let location: SourceLocation

  /// They do not answer.
  public func isUnreachable() -> Cue { Cue(subject: subject, event: .isUnreachable, location: location) }
}

/// A lock, and what may happen to it.
public struct LockSubject: Sendable {
  let subject: Cue.Subject
  let location: SourceLocation

  /// Somebody else has it, and does not give it back.
  public func isHeld(by user: String) -> Cue { Cue(subject: subject, event: .isHeld(by: user), location: location) }
}

/// A question, and what may be answered.
public struct QuestionSubject: Sendable {
  let subject: Cue.Subject
  let location: SourceLocation

  /// The answer is no.
  public func isDeclined() -> Cue { Cue(subject: subject, event: .isDeclined, location: location) }
}
