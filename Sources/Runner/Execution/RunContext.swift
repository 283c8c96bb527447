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
  /// Its number among the plans of the run.
  package var planNumber = 0
  /// What was typed, for people.
  package let title: String
  package let journal: Journal?
  package var logs: HostLogs?
  /// Whether stages were taken back: what they did is not there any more.
  package var hasCleanedUp = false
  /// What is known from before, when the run goes on with one that was cut off.
  package var resumption: Resumption?
  package let locks = HeldLocks()
  /// What steps send, each hashed once.
  let localFiles = LocalFiles()
  /// Locks of blocks that are over and have left steps for the end.
  var keptLocks: [LockRun] = []
  package let started = Clock.now
  private let masker: Masker
  private let answersYes: Bool
  /// What a person says to questions, in a rehearsal.
  var answer: (@Sendable (String) -> Bool)?
  /// Whether stages run because others have failed or were interrupted.
  package var isCleaningUp = false
  /// What steps told of versions, by application and host.
  package var liveVersions: [String: [String: String]] = [:]
  package var previousVersions: [String: [String: String]] = [:]
  /// Versions that have become live, by application and host, and that this machine does not remember yet.
  package var unsavedChanges: [String: [String: LiveMemory.Entry]] = [:]
  private var states: [String: HostState] = [:]
  /// What `local` commands run on; a host of an inventory may have the same name.
  package let controlMachine = HostState(Planner.controlMachine, key: "")
  /// In the order of the plan.
  package private(set) var order: [HostState] = []
  let connections: Connections

  package init(
    root: String, reporter: any Reporter, interruption: Interruption, secrets: [Secret: [UInt8]], workspace: Workspace,
    ssh: SSHTransport, facts: RunFacts, answersYes: Bool, indexes: PackageIndexes? = nil, title: String = "", journal: Journal? = nil
  ) {
    self.title = title
    self.journal = journal
    self.indexes = indexes ?? PackageIndexes(root: root)
    self.root = root
    self.reporter = reporter
    self.interruption = interruption
    self.secrets = secrets
    self.workspace = workspace
    self.ssh = ssh
    self.facts = facts
    self.answersYes = answersYes
    let masker = Masker(secrets)
    self.masker = masker
    connections = Connections(
      root: root, workspace: workspace, ssh: ssh, interruption: interruption, journal: journal.map { (facts.id, $0) }
    ) { event in
      reporter.receive(Self.masked(event, by: masker))
    }
  }

  /// The one way in which anything is reported: secrets are hidden here.
  package func report(_ event: Event) { reporter.receive(Self.masked(event, by: masker)) }

  private static func masked(_ event: Event, by masker: Masker) -> Event {
    var event = event
    event.text = event.text.map(masker.mask)
    event.name = event.name.map(masker.mask)
    return event
  }

  /// The same for what a host has printed: a masker of its stream has gone through it.
  package func report(_ output: OutputLines) { reporter.receive(output) }

  package func mask(_ text: String) -> String { masker.mask(text) }

  package func hasSecret(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return masker.mask(text) != text
  }

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
      for host in phase.batches.joined() {
        state(of: host).phasesLeft += 1
        if PlannedStep.selected(phase.steps, for: host).contains(where: \.isSync) { state(of: host).sharesConnection = true }
      }
    }
    for phase in PlannedStage.phases(of: plan.stages, cleaningUp: false) {
      for host in phase.batches.joined() { state(of: host).phases.expected += 1 }
    }
  }

  /// What a host has to do of a phase, and has not done before the run was cut off.
  package func left(of steps: [PlannedStep], on state: HostState) -> [PlannedStep] {
    let steps = PlannedStep.selected(steps, for: state.host)
    return resumption?.left(of: steps, on: state.key, plan: planNumber) ?? steps
  }

  /// How many hosts of a phase are worked on at once: what the plan says, unless the system does not allow it.
  package func hostsAtOnce(in phase: PlannedPhase) -> Int {
    let wanted = min(phase.fanOut, phase.batches.map(\.count).max() ?? 0)
    if wanted > connections.limit {
      report(Event(.notice, text: "only \(count(connections.limit, "host")) at once: the limit of open files (ulimit -n) allows no more"))
    }
    return min(phase.fanOut, connections.limit)
  }

  /// Asks a person; without a terminal only `--yes` answers, and an interruption is a no.
  package func confirm(_ question: String) async -> Bool {
    if let answer { return answer(question) }
    if answersYes { return true }
    reporter.flush()
    return await interruption.orElse { Terminal.ask("\(question) [y/N] ") } ?? false
  }

  // MARK: Sessions

  /// The host's open session, or why there is none.
  package func session(for state: HostState) async -> (session: HostSession?, unreachable: String?) {
    if let ahead = state.ahead {
      let (session, unreachable) = await ahead.value
      state.ahead = nil
      if session == nil || session?.isOpen == true { return (session, unreachable) }
    }
    return await newSession(for: state)
  }

  func newSession(for state: HostState) async -> (session: HostSession?, unreachable: String?) {
    let before = state.session
    let (session, unreachable) = await connections.session(for: state)
    guard let session, session !== before else { return (session, unreachable) }
    var problem = await keepLocks(on: state)
    if problem == nil { problem = await settle(state, session) }
    guard let problem else { return (session, nil) }
    await close(state)
    return (nil, problem)
  }

  /// Keeps the session for a later phase or for a lock, or ends it.
  package func release(_ state: HostState, fanOut: Int, next: Int) async {
    await connections.release(state, fanOut: fanOut, next: next, isLocked: !locks.names(on: state).isEmpty) { await parkLocks(on: state) }
  }

  package func close(_ state: HostState) async { await connections.close(state) }

  /// Waits for the sessions that are being closed.
  func closed(_ states: [HostState]) async {
    for state in states where state.session == nil { await close(state) }
  }

  package func closeAll() async {
    let open = (Array(states.values) + [controlMachine]).filter { $0.session != nil || $0.closing != nil }
    await fanOut(open, limit: max(1, open.count)) { await self.close($0) }
  }
}
