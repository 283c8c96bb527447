import Runner
import Tasks

/// A script laid on plans: who is meant by it, and what becomes of each step on each host.
struct Casting: Sendable {
  /// A lock that somebody else holds.
  struct HeldLock: Sendable, Equatable {
    var name: String
    var host: String
    var user: String
  }

  private struct Line: Sendable {
    var plan: Int
    var steps: Set<Int>
    /// Nothing means all.
    var hosts: Set<String>?
    var event: Cue.Event
  }

  private var lines: [Line] = []
  private(set) var unreachable: Set<String> = []
  private(set) var heldLocks: [HeldLock] = []
  private(set) var declined: [String] = []

  /// Throws for a cue that none of the plans has a use for.
  init(_ cues: [Cue], _ plans: [Runner.Plan]) throws(Failure) {
    let known = plans.map(RehearsedPlan.init)
    for cue in cues {
      var problem: Failure?
      var isUsed = false
      for number in plans.indices {
        do throws(Failure) {
          try add(cue, to: plans[number], known[number], number: number)
          isUsed = true
        } catch { problem = problem ?? error }
      }
      if let problem, !isUsed { throw problem }
    }
  }

  private mutating func add(_ cue: Cue, to plan: Runner.Plan, _ known: RehearsedPlan, number: Int) throws(Failure) {
    switch cue.subject {
    case .step(let text, let patterns):
      if case .fails(let status, _, _) = cue.event, !(1...255).contains(status) { throw .badStatus(status, at: cue.place) }
      let steps = try known.find(text, at: cue.place)
      if case .isFalse = cue.event, let other = steps.first(where: { $0.kind != "when" }) {
        throw .notACondition(other.title, at: cue.place)
      }
      let hosts = patterns.isEmpty ? nil : try Self.hosts(patterns, of: plan)
      if let hosts, !steps.contains(where: { !hosts.isDisjoint(with: $0.commands.keys) }) {
        throw .notThere(text, on: hosts, at: cue.place)
      }
      lines.append(Line(plan: number, steps: Set(steps.map(\.number)), hosts: hosts, event: cue.event))
    case .host(let pattern):
      unreachable.formUnion(try Self.hosts([pattern], of: plan))
    case .lock(let name, let patterns):
      let locks = PlannedStage.locks(of: plan.stages)
      let found = locks.filter { $0.name == name }
      if found.isEmpty { throw .noLock(name, among: locks.map(\.name), at: cue.place) }
      let all = Set(found.flatMap(\.hosts).map(\.name))
      let hosts = patterns.isEmpty ? all : try Self.hosts(patterns, of: plan)
      if hosts.isDisjoint(with: all) { throw .notThere(name, on: hosts, at: cue.place) }
      guard case .isHeld(let user) = cue.event else { return }
      heldLocks += hosts.intersection(all).sorted().map { HeldLock(name: name, host: $0, user: user) }
    case .question(let text):
      let questions = known.allStages.filter { $0.kind == "confirm" && $0.name.contains(text) }
      if questions.isEmpty { throw .noQuestion(text, at: cue.place) }
      declined += questions.map(\.name)
    }
  }

  /// The hosts that patterns mean, of those that take part.
  private static func hosts(_ patterns: [String], of plan: Runner.Plan) throws(Failure) -> Set<String> {
    var names: Set<String> = []
    for pattern in patterns {
      // This machine is no host of any inventory, and its steps may be meant all the same.
      if pattern == Planner.controlMachine.name, !plan.hosts.contains(where: { $0.name == pattern }) {
        names.insert(pattern)
        continue
      }
      let inventory: Inventory
      do throws(InventoryError) { inventory = try Inventory(plan.hosts) } catch { throw Failure(error) }
      do throws(PatternError) { names.formUnion(try inventory.hosts(matching: Pattern(pattern)).map(\.name)) } catch {
        throw Failure(error)
      }
    }
    return names
  }

  func performance(of step: Int, plan: Int, on host: String) -> Performance {
    var performance = Performance()
    for line in lines where line.plan == plan && line.steps.contains(step) && line.hosts?.contains(host) ?? true {
      performance.add(line.event)
    }
    return performance
  }

  /// The longest that a step takes.
  var longest: Duration {
    lines.map { if case .takes(let duration) = $0.event { duration } else { .zero } }.max() ?? .zero
  }
}
