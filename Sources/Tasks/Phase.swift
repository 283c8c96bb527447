/// One `parallel` or `serially` block: its steps on its hosts, with a barrier at the end.
public struct Phase: Sendable {
  package enum Strategy: Sendable, Equatable {
    case parallel(limit: Int?)
    case serially(by: Batches, pause: Duration, tolerating: Tolerance)
  }

  package var strategy: Strategy
  package var steps: [Step]
  /// What is asked in place of steps.
  package var decision: Decision?
  /// Steps written without a block; neighbours become one phase.
  package var isImplicit = false
  package var location: SourceLocation?

  package init(
    strategy: Strategy, steps: [Step], decision: Decision? = nil, isImplicit: Bool = false, location: SourceLocation? = nil
  ) {
    self.strategy = strategy
    self.steps = steps
    self.decision = decision
    self.isImplicit = isImplicit
    self.location = location
  }
}

/// Runs the steps on many hosts at once, each host at its own pace.
///
///     parallel(limit: 50) { run("apt-get update") }
public func parallel(
  limit: Int? = nil, fileID: StaticString = #fileID, line: UInt = #line, @Steps _ steps: () -> [Step]
) -> Phase {
  Phase(strategy: .parallel(limit: limit), steps: steps(), location: SourceLocation(fileID, line))
}

/// Runs all the steps on one batch of hosts, then on the next: one host after the other, unless `by` says otherwise.
///
/// `pause` stands between batches only. A batch with more failed hosts than are tolerated, counted over the phase, is the last.
///
///     serially(by: [.count(1), .percent(25)], pause: .seconds(2), tolerating: .count(1)) { restart("shop") }
public func serially(
  by batches: Batches = .count(1), pause: Duration = .zero, tolerating tolerance: Tolerance = .count(0),
  fileID: StaticString = #fileID, line: UInt = #line, @Steps _ steps: () -> [Step]
) -> Phase {
  Phase(
    strategy: .serially(by: batches, pause: pause, tolerating: tolerance), steps: steps(), location: SourceLocation(fileID, line))
}

/// How many hosts one batch takes.
public enum Share: Sendable, Equatable {
  /// This many hosts.
  case count(Int)
  /// This part of the selected hosts, rounded down, at least one.
  case percent(Int)
  /// All that are left.
  case rest
}

/// The sizes of the batches, one after the other; the last one repeats.
///
///     serially(by: .percent(10)) { ... }
///     serially(by: [.count(1), .rest]) { ... }
public struct Batches: Sendable, Equatable, ExpressibleByArrayLiteral {
  package let shares: [Share]

  /// Several sizes, the last of which repeats.
  public init(arrayLiteral elements: Share...) { shares = elements }
  package init(shares: [Share]) { self.shares = shares }

  /// Batches of this many hosts.
  public static func count(_ count: Int) -> Batches { Batches(shares: [.count(count)]) }
  /// Batches of this part of the selected hosts, rounded down, at least one host.
  public static func percent(_ percent: Int) -> Batches { Batches(shares: [.percent(percent)]) }
  /// One batch of all hosts.
  public static var rest: Batches { Batches(shares: [.rest]) }
}

/// How many failed hosts a rollout bears: one more stops it.
public enum Tolerance: Sendable, Equatable {
  /// This many hosts.
  case count(Int)
  /// This part of the selected hosts, rounded down.
  case percent(Int)
}
