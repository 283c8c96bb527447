import Tasks

/// The sessions of a run: each is opened when its host first needs it, and kept while later phases may want it.
@Engine package final class Connections {
  /// Sessions that may stay open between phases: descriptors and memory are bounded, hosts are not.
  private static let keptSessions = 256

  private let root: String
  private let workspace: Workspace
  private let ssh: SSHTransport
  /// What reaches every host, this machine included, in a rehearsal.
  var standIn: (any Transport)?
  private let interruption: Interruption
  /// The run whose steps hosts are to note, and what writes to disk what is known of them.
  private let journal: (run: String, journal: Journal)?
  private let report: @Engine (Event) -> Void
  /// How many sessions the limit of open files allows.
  let limit = Descriptor.sessionLimit
  private var openSessions = 0
  private let gate: ConnectionGate
  /// Of this machine: more beginnings than its processors get done only make each other late, until hosts seem not to answer in time.
  ///
  /// Tried with 100 hosts on two processors: with all at once many logins took longer than 30 s, with 16 a processor none did.
  private let machine: ConnectionGate
  private var hasToldOfSockets = false

  init(
    root: String, workspace: Workspace, ssh: SSHTransport, interruption: Interruption, journal: (run: String, journal: Journal)?,
    report: @escaping @Engine (Event) -> Void
  ) {
    self.journal = journal
    self.root = root
    self.workspace = workspace
    self.ssh = ssh
    self.interruption = interruption
    self.report = report
    gate = ConnectionGate(interruption: interruption)
    machine = ConnectionGate(interruption: interruption, width: 16 * Processors.count)
  }

  /// The host's open session, or why there is none.
  func session(for state: HostState) async -> (session: HostSession?, unreachable: String?) {
    if let session = state.session, session.isOpen { return (session, nil) }
    await close(state)
    var pauses = DroppedConnection.pauses[...]
    while true {
      switch await openInTurn(state) {
      case .ready: return (state.session, nil)
      case .unreachable(let reason): return (nil, reason)
      case .dropped(let problem):
        guard let pause = pauses.popFirst(), !interruption.isRequested else { return (nil, DroppedConnection.gaveUp(problem)) }
        let name = state.host.name
        report(Event(.notice, host: name, text: "\(name): \(problem.words); connecting again in about \(pause.text)"))
        await interruption.sleep(for: DroppedConnection.spread(pause))
        if interruption.isRequested { return (nil, problem.words) }
      }
    }
  }

  /// Not too many at once where servers are the same; a place is kept only until the remote shell answers.
  private func openInTurn(_ state: HostState) async -> HostSession.Opening {
    guard !state.host.isLocal, let entrance = try? SSHDestination(state.host).entrance else { return await open(state) }
    guard let pass = await gate.enter(entrance) else { return .unreachable(StepWords.interrupted) }
    defer { gate.leave(pass) }
    guard let place = await machine.enter("") else { return .unreachable(StepWords.interrupted) }
    defer { machine.leave(place) }
    if Task.isCancelled { return .unreachable(StepWords.noTurn) }
    let opening = await open(state)
    if case .dropped = opening { gate.narrow(pass) }
    return opening
  }

  private func open(_ state: HostState) async -> HostSession.Opening {
    let socket = state.sharesConnection && !state.host.isLocal ? newSocket() : nil
    do throws(ControlSocket.Problem) { try socket?.check() } catch { return .unreachable(error.words) }
    let transport: any Transport = standIn ?? (state.host.isLocal ? LocalTransport(folder: root) : ssh.sharing(over: socket))
    let log = workspace.file("log")
    let session = HostSession(
      host: state.host, transport: transport, log: log, socket: socket, run: journal.map { ($0.run, state.key) })
    session.tell = { [report] in report(Event(.hostLog, host: state.host.name, text: $0)) }
    openSessions += 1
    state.session = session
    let number = interruption.observe(stop: {}, cancel: { session.cancel() })
    defer { interruption.unobserve(number) }
    let opening = await session.open()
    guard opening == .ready else {
      state.connectionProblem = session.problem
      await close(state)
      return opening
    }
    state.wasConnected = true
    report(Event(.hostConnected, host: state.host.name))
    if !state.host.isLocal, let notice = ssh.newHostKey(of: state.host, log: log) {
      report(Event(.notice, host: state.host.name, text: Failure.visible(notice.words)))
    }
    return opening
  }

  private func newSocket() -> ControlSocket? {
    let socket = ControlSocket(in: workspace.path)
    if socket == nil, !hasToldOfSockets {
      hasToldOfSockets = true
      report(Event(.notice, text: ConnectionNotice.cannotShare(folder: workspace.path).words))
    }
    return socket
  }

  /// Whether so many more sessions may be open than hosts are worked on at once.
  func hasRoom(for more: Int, fanOut: Int) -> Bool { openSessions + more <= min(Self.keptSessions, limit - fanOut) }

  /// Keeps the session for a later phase or for a lock, or ends it; `park` has the locks live without it.
  ///
  /// `next` is how many hosts want to be worked on when this one, or its batch, is through.
  func release(_ state: HostState, fanOut: Int, next: Int, isLocked: Bool, park: () async -> Void) async {
    state.phasesLeft -= 1
    state.phases.done += 1
    let isCrowded = openSessions > min(Self.keptSessions, limit - fanOut)
    if isLocked, isCrowded, state.session?.isOpen == true { await park() }
    guard state.phasesLeft <= 0 && !isLocked || isCrowded || state.session?.isOpen != true else { return }
    // No more connections at once than hosts: where all places are wanted, the next host waits for this one's end.
    if isCrowded || openSessions + next > fanOut { await close(state) } else { beginToClose(state) }
  }

  /// Ends the session, if there is one, and waits for its end.
  func close(_ state: HostState) async {
    beginToClose(state)
    guard let closing = state.closing else { return }
    await closing.value
    if state.closing == closing { state.closing = nil }
  }

  /// Ends the session while others work: the next host does not wait for it, only whoever wants this one again, and the end of the run.
  private func beginToClose(_ state: HostState) {
    guard let session = state.session else { return }
    state.session = nil
    session.keepsRecord = !state.unsettled.isEmpty
    let before = state.closing
    state.closing = Engine.task {
      await before?.value
      // A host may forget only what would survive a power failure here.
      if session.notesSteps { await self.journal?.journal.synced() }
      await session.close()
      self.openSessions -= 1
    }
  }
}
