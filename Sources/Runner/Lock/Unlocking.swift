import Tasks

/// `run --unlock NAME`: shows who holds a lock on the hosts of an environment, and removes it after asking.
package struct Unlocking: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  let name: String

  func run() throws(Failure) -> ExitStatus {
    guard PlannedLock.isName(name) else {
      var failure = Failure(PlanError.badName(.lock, name, at: SourceLocation("", 0)))
      failure.place = "--unlock"
      throw failure
    }
    return try Engine.settled { () async throws(Failure) in try await self.runOnEngine() }
  }

  @Engine private func runOnEngine() async throws(Failure) -> ExitStatus {
    let planning = Planning(deployfile: deployfile, invocation: invocation, place: place)
    let environment = try planning.environment(of: nil)
    let hosts = environment == nil && invocation.inventory == nil ? [] : try await planning.allHosts(of: environment)
    let facts = RunFacts.make()
    let plan = Plan(
      task: "--unlock", environment: environment?.name, parameters: [], stages: [], fanOut: invocation.jobs ?? Planner.defaultFanOut,
      connectTimeout: Planner.connectTimeout)
    if hosts.contains(where: { !$0.isLocal }), SystemProgram.find("ssh") == nil { throw Failure(missing: "ssh") }
    var notices: [String] = []
    let title = "--unlock \(name)" + (environment.map { " -e \($0.name)" } ?? "")
    let record = RunRecord(invocation, [plan], facts: facts, title: title, place: place)
    let workspace = try RunStart.workspace()
    defer { workspace.remove() }
    let journal = try RunStart.journal(record, [plan], &notices)

    let sink = Sink(descriptor: 1)
    let reporter: any Reporter =
      invocation.format == .json
      ? JSONReporter(run: facts.id, sink: sink)
      : PlainReporter(sink: sink, detail: invocation.detail, palette: .forTerminal(sink.isTerminal), hosts: hosts.map(\.name))
    let context = RunContext(
      root: place.root, reporter: reporter, interruption: Interruption(), secrets: [:], workspace: workspace,
      ssh: SSHTransport(
        connectTimeout: Planner.connectTimeout, environment: ProcessEnvironment.list(),
        hostKeys: invocation.acceptsNewHostKeys ? .acceptNew : .known), facts: facts,
      answersYes: invocation.answersYes, title: title, journal: journal)
    context.interruption.watch(notice: { context.report(Event(.notice, text: $0)) }, leave: { workspace.remove() })
    for notice in notices { context.report(Event(.notice, text: notice)) }
    let started = Clock.now
    let status = await unlock(on: hosts.map(context.state) + here(hosts, context), context)
    await context.closeAll()
    _ = context.finishJournal(
      .completed, status: status, outcome: status == .done ? .succeeded : .failed, duration: (Clock.now - started).seconds)
    sink.flush()
    return status
  }

  /// This machine, whose lock blocks without hosts hold, unless a host is the same one.
  @Engine private func here(_ hosts: [Host], _ context: RunContext) -> [HostState] {
    invocation.limit != nil || hosts.contains { $0.isLocal && $0.lockFolder.isEmpty } ? [] : [context.controlMachine]
  }

  @Engine private func unlock(on states: [HostState], _ context: RunContext) async -> ExitStatus {
    var locks: [String: LockState] = [:]
    var isFailed = false
    await fanOut(states, limit: Planner.defaultFanOut) { state in
      let (session, unreachable) = await context.session(for: state)
      guard let session else {
        state.fail(.unreachable, unreachable ?? "")
        return context.report(Event(.notice, host: state.host.name, text: "\(state.host.name): \(unreachable ?? "")"))
      }
      let text = LockShell(name, in: state.host.lockFolder).show()
      guard let answer = await OwnCommand.run(text, on: session) else { return state.fail(.unknown, StepWords.connectionLost) }
      let lines = String(decoding: answer.output, as: UTF8.self).split(whereSeparator: \.isNewline)
      if let lock = LockState(lines) { locks[state.key] = lock }
    }
    if let status = context.interruption.status { return status }
    let locked = states.filter { locks[$0.key] != nil }
    for state in locked { say("\(state.host.name): the lock \"\(name)\" is held \(locks[state.key]?.words ?? "")", context) }
    let free = states.filter { !$0.isDropped && $0.session != nil }
    if locked.isEmpty, !free.isEmpty { say("the lock \"\(name)\" is held on none of \(folded(free.map(\.host.name)))", context) }
    if !locked.isEmpty {
      guard await context.confirm("remove the lock \"\(name)\" on \(folded(locked.map(\.host.name)))?") else {
        if let status = context.interruption.status { return status }
        say("nothing was removed" + (isatty(0) == 1 ? "" : ": without a terminal, add --yes"), context)
        return .invalid
      }
      for state in locked { if await !remove(locks[state.key], from: state, context) { isFailed = true } }
    }
    if isFailed { return .failed }
    return states.contains { $0.outcome == .unreachable } ? .unreachable : .done
  }

  /// Removes what was shown, and not what another run has taken meanwhile.
  @Engine private func remove(_ lock: LockState?, from state: HostState, _ context: RunContext) async -> Bool {
    guard let session = state.session else { return false }
    let owner = lock?.owner?.firstLine ?? ""
    let text = LockShell(name, in: state.host.lockFolder).release(by: owner)
    guard let answer = await OwnCommand.run(text, on: session) else {
      say("\(state.host.name): \(StepWords.connectionLost)", context)
      return false
    }
    if let problem = LockRelease(answer).problem {
      say("\(state.host.name): not removed: \(problem)", context)
      return false
    }
    context.journal?.append(.unlocked("\(name) on \(state.host.name), of \(owner.isEmpty ? "nobody" : owner)"))
    say("\(state.host.name): removed", context)
    return true
  }

  @Engine private func say(_ text: String, _ context: RunContext) { context.report(Event(.notice, text: text)) }
}

extension Planning {
  /// All hosts of an environment within `--limit`.
  @Engine func allHosts(of environment: EnvironmentDefinition?) async throws(Failure) -> [Host] {
    guard let inventory = try await inventory(of: environment) else { throw Failure(noInventory: ()) }
    guard let limit = invocation.limit else { return inventory.hosts }
    do { return try inventory.hosts(matching: Pattern(limit)) } catch { throw Failure(error) }
  }
}
