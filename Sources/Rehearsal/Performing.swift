import Runner
import Tasks

/// One rehearsal: the real engine over hosts that are only played.
@Engine struct Performing {
  let plans: [Runner.Plan]
  let cues: [Cue]
  let title: String
  let indexes: PackageIndexes

  func run() async throws(Failure) -> RehearsedRun {
    let facts = RunFacts(id: "rehearsal", started: .now(), user: "rehearsal")
    let plans = plans.map { $0.filled(with: facts) }
    let casting = try Casting(cues, plans)
    var timeouts: [[Int: Duration]] = []
    var played: [Runner.Plan] = []
    for (number, plan) in plans.enumerated() {
      var writer = PlayedPlan(casting, number: number)
      played.append(writer.played(plan))
      timeouts.append(writer.timeouts)
    }
    let workspace: Workspace
    do throws(Workspace.Problem) { workspace = try Workspace() } catch { throw Failure(error) }
    defer {
      Folder.empty(workspace.path)
      workspace.remove()
    }
    let recorder = Recorder(timeouts: timeouts)
    let interruption = Interruption()
    let context = RunContext(
      root: workspace.path, reporter: recorder, interruption: interruption, secrets: Self.secrets(of: plans), workspace: workspace,
      ssh: SSHTransport(connectTimeout: Planner.connectTimeout, environment: []), facts: facts, answersYes: true, indexes: indexes,
      title: title)
    do throws(SystemError) {
      let hosts = try self.hosts(casting, played, in: workspace.path)
      let declined = casting.declined
      context.rehearse(over: hosts) { question in !declined.contains(question) }
    } catch {
      throw Failure(Workspace.Problem.system(error))
    }
    var end = Execution.End.completed
    for (number, plan) in played.enumerated() {
      end = await Execution(context).run(plan, number: number)
      if end != .completed { break }
    }
    await context.closeAll()
    let rows = context.order.map(\.summary)
    return RehearsedRun(
      plans: plans.map(RehearsedPlan.init), status: end.status(of: rows, interruption),
      rows: rows.map { row in
        var row = row
        row.problem = recorder.truthful(row)
        return row
      }, recorder)
  }

  private func hosts(_ casting: Casting, _ plans: [Runner.Plan], in folder: String) throws(SystemError) -> PlayedHosts {
    let hosts = plans.flatMap { plan in plan.hosts + PlannedStage.locks(of: plan.stages).flatMap(\.hosts) }
    let unique = Dictionary(hosts.map { ($0.name, $0) }) { first, _ in first }
    let played = try PlayedHosts(Array(unique.values), unreachable: casting.unreachable, in: folder)
    for lock in casting.heldLocks { if let host = unique[lock.host] { try played.hold(lock, on: host) } }
    return played
  }

  /// Something in place of each secret that nothing else contains: none is read, and where one stands it is masked.
  private static func secrets(of plans: [Runner.Plan]) -> [Secret: [UInt8]] {
    let secrets = plans.reduce(into: Set<Secret>()) { $0.formUnion($1.secrets) }
    return Dictionary(uniqueKeysWithValues: secrets.map { ($0, Array(Nonce.make(bytes: 16).utf8)) })
  }
}
