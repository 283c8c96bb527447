import Tasks

/// Looks at hosts, many at once, through the sessions that runs use.
struct Rounds: Sendable {
  let deployfile: Deployfile
  let invocation: Invocation
  let place: Program.Place
  let target: Doctor.Target

  /// How long a host that is connected may take to say everything.
  static let patience = Duration.seconds(30)

  /// In the order of the inventory; of an interruption, the status to leave with.
  @Engine func reports() async throws(Failure) -> (reports: [HostReport], interrupted: ExitStatus?) {
    guard !target.hosts.isEmpty else { return ([], nil) }
    let workspace = try RunStart.workspace()
    defer { workspace.remove() }
    let context = RunContext(
      root: place.root, reporter: DoctorReporter(isVerbose: invocation.detail == .verbose), interruption: Interruption(), secrets: [:],
      workspace: workspace,
      ssh: SSHTransport(
        connectTimeout: Planner.connectTimeout, environment: ProcessEnvironment.list(),
        hostKeys: invocation.acceptsNewHostKeys ? .acceptNew : .known), facts: .make(), answersYes: false, title: "--doctor")
    context.interruption.watch(notice: { context.report(Event(.notice, text: $0)) }, leave: { workspace.remove() })
    var found: [String: HostReport] = [:]
    let limit = min(invocation.jobs ?? Planner.defaultFanOut, Descriptor.sessionLimit)
    await fanOut(target.hosts.map(context.state), limit: limit) { state in
      guard !context.interruption.isRequested else { return }
      found[state.host.name] = await look(at: state, context)
      await context.close(state)
    }
    await context.closeAll()
    context.reporter.flush()
    return (target.hosts.compactMap { found[$0.name] }, context.interruption.status)
  }

  @Engine private func look(at state: HostState, _ context: RunContext) async -> HostReport {
    var report = HostReport(host: state.host)
    let (session, unreachable) = await context.session(for: state)
    guard let session else {
      report.findings = [HostDoctorWords.unreachable(unreachable ?? "", state.connectionProblem)]
      return report
    }
    report.took = session.openingTime
    let users = target.needs.users[state.host.name] ?? [:]
    let before = Timestamp.now()
    let timer = Engine.after(Self.patience) { session.cancel() }
    let answer = await OwnCommand.run(HostExam.text(sudo: Array(Set(users.keys).union(["root"])).sorted()), on: session)
    timer.cancel()
    let after = Timestamp.now()
    let facts = HostFacts(String(decoding: answer?.output ?? [], as: UTF8.self))
    guard facts.isWhole else {
      report.findings = [HostDoctorWords.unanswered(within: Self.patience)]
      return report
    }
    report.facts = facts
    report.clock = facts.time.map { ClockDifference.seconds(host: $0, before: before, after: after) }
    report.findings = findings(on: state.host, facts, clock: report.clock, users)
    return report
  }

  private func findings(on host: Host, _ facts: HostFacts, clock: Int?, _ users: [String: [String]]) -> [Finding] {
    let hasPassword = invocation.asksSudoPassword || target.environment?.sudoPassword != nil
    return HostDoctorWords.sudo(facts, users, hasPassword: hasPassword)
      + HostDoctorWords.tools(facts, target.needs.tools[host.name] ?? [:])
      + [
        HostDoctorWords.space("the home folder, \(facts.home)", facts.homeSpace), HostDoctorWords.space("/tmp", facts.temporarySpace),
        HostDoctorWords.clock(clock),
      ].compactMap { $0 }
  }
}
