import Tasks

/// What every part of a run shares.
@Engine package final class RunContext {
  package let root: String
  package let reporter: any Reporter
  package let interruption: Interruption
  package let secrets: [Secret: [UInt8]]
  package let workspace: Workspace
  package let ssh: SSHTransport
  package let indexes: PackageIndexes
  package let facts: RunFacts
  /// The one that is being run.
  package var plan: Plan?
  package let started = Clock.now
  private let masker: Masker
  private let answersYes: Bool
  /// Whether stages run because others have failed or were interrupted.
  package var isCleaningUp = false
  /// What steps told of versions, by application and host.
  package var liveVersions: [String: [String: String]] = [:]
  package var previousVersions: [String: [String: String]] = [:]
  /// Versions that have become live, by application and host, and that this machine does not remember yet.
  package var unsavedChanges: [String: [String: LiveMemory.Entry]] = [:]
  private var states: [String: HostState] = [:]
  /// What `local` commands run on; a host of an inventory may have the same name.
  package let controlMachine = HostState(Planner.controlMachine)
  /// In the order of the plan.
  package private(set) var order: [HostState] = []
  /// Sessions that may stay open between phases: descriptors and memory are bounded, hosts are not.
  private static let keptSessions = 256
  private let sessionLimit = Descriptor.sessionLimit
  private var openSessions = 0

  package init(
    root: String, reporter: any Reporter, interruption: Interruption, secrets: [Secret: [UInt8]], workspace: Workspace,
    ssh: SSHTransport, facts: RunFacts, answersYes: Bool, indexes: PackageIndexes? = nil
  ) {
    self.indexes = indexes ?? PackageIndexes(root: root)
    self.root = root
    self.reporter = reporter
    self.interruption = interruption
    self.secrets = secrets
    self.workspace = workspace
    self.ssh = ssh
    self.facts = facts
    self.answersYes = answersYes
    masker = Masker(secrets)
  }

  /// The one way in which anything is reported: secrets are hidden here.
  package func report(_ event: Event) {
    var event = event
    event.text = event.text.map(masker.mask)
    event.name = event.name.map(masker.mask)
    reporter.receive(event)
  }

  /// The same for what a host has printed and a masker of its stream has gone through.
  package func reportMasked(_ event: Event) { reporter.receive(event) }

  package func mask(_ text: String) -> String { masker.mask(text) }

  package func mask(_ bytes: [UInt8]) -> [UInt8] { masker.mask(bytes) }

  /// For one stream of output, which may be cut anywhere.
  package func streamMasker() -> StreamMasker { StreamMasker(masker) }

  package func state(of host: Host) -> HostState {
    if let state = states[host.name] { return state }
    let state = HostState(host)
    states[host.name] = state
    return state
  }

  /// Gives every host of a plan its row in the summary, and counts the phases that want it.
  package func expect(_ plan: Plan) {
    reporter.begin(plan)
    let known = Set(order.map(\.host.name))
    order += plan.hosts.filter { !known.contains($0.name) }.map(state)
    for phase in PlannedStage.phases(of: plan.stages) {
      for host in phase.batches.joined() { state(of: host).phasesLeft += 1 }
    }
    for phase in PlannedStage.phases(of: plan.stages, cleaningUp: false) {
      for host in phase.batches.joined() { state(of: host).phases.expected += 1 }
    }
  }

  /// How many hosts of a phase are worked on at once: what the plan says, unless the system does not allow it.
  package func hostsAtOnce(in phase: PlannedPhase) -> Int {
    let wanted = min(phase.fanOut, phase.batches.map(\.count).max() ?? 0)
    if wanted > sessionLimit {
      report(Event(.notice, text: "only \(count(sessionLimit, "host")) at once: the limit of open files (ulimit -n) allows no more"))
    }
    return min(phase.fanOut, sessionLimit)
  }

  /// Asks a person; without a terminal only `--yes` answers, and an interruption is a no.
  package func confirm(_ question: String) async -> Bool {
    if answersYes { return true }
    return await interruption.orElse { Terminal.ask("\(question) [y/N] ") } ?? false
  }

  // MARK: Sessions

  /// The host's open session, or why there is none.
  package func session(for state: HostState) async -> (session: HostSession?, unreachable: String?) {
    if let session = state.session {
      if session.isOpen { return (session, nil) }
      await close(state)
    }
    var pauses = DroppedConnection.pauses[...]
    while true {
      switch await open(state) {
      case .ready: return (state.session, nil)
      case .unreachable(let reason): return (nil, reason)
      case .dropped(let reason):
        guard let pause = pauses.popFirst(), !interruption.isRequested else { return (nil, reason) }
        report(Event(.notice, host: state.host.name, text: "\(state.host.name): \(reason); connecting again in about \(pause.text)"))
        await interruption.sleep(for: DroppedConnection.spread(pause))
        if interruption.isRequested { return (nil, reason) }
      }
    }
  }

  private func open(_ state: HostState) async -> HostSession.Opening {
    let transport: any Transport = state.host.isLocal ? LocalTransport(folder: root) : ssh
    let session = HostSession(host: state.host, transport: transport, log: workspace.file("log"))
    openSessions += 1
    state.session = session
    let number = interruption.observe(stop: {}, cancel: { session.cancel() })
    defer { interruption.unobserve(number) }
    let opening = await session.open()
    if opening == .ready { report(Event(.hostConnected, host: state.host.name)) } else { await close(state) }
    return opening
  }

  /// Keeps the session for a later phase, or ends it.
  package func release(_ state: HostState, fanOut: Int) async {
    state.phasesLeft -= 1
    state.phases.done += 1
    let keptSessions = min(Self.keptSessions, sessionLimit - fanOut)
    if state.phasesLeft <= 0 || openSessions > keptSessions || state.session?.isOpen != true { await close(state) }
  }

  package func close(_ state: HostState) async {
    guard let session = state.session else { return }
    state.session = nil
    openSessions -= 1
    await session.close()
  }

  package func closeAll() async {
    let open = states.values.filter { $0.session != nil }
    await fanOut(open, limit: max(1, open.count)) { await self.close($0) }
  }
}
