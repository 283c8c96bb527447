import Tasks

/// The sessions of a run: each is opened when its host first needs it, and kept while later phases may want it.
@Engine package final class Connections {
  /// Sessions that may stay open between phases: descriptors and memory are bounded, hosts are not.
  private static let keptSessions = 256

  private let root: String
  private let workspace: Workspace
  private let ssh: SSHTransport
  private let interruption: Interruption
  /// The run whose steps hosts are to note.
  private let run: String?
  private let report: @Engine (Event) -> Void
  /// How many sessions the limit of open files allows.
  let limit = Descriptor.sessionLimit
  private var openSessions = 0

  init(
    root: String, workspace: Workspace, ssh: SSHTransport, interruption: Interruption, run: String?,
    report: @escaping @Engine (Event) -> Void
  ) {
    self.run = run
    self.root = root
    self.workspace = workspace
    self.ssh = ssh
    self.interruption = interruption
    self.report = report
  }

  /// The host's open session, or why there is none.
  func session(for state: HostState) async -> (session: HostSession?, unreachable: String?) {
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
    let session = HostSession(
      host: state.host, transport: transport, log: workspace.file("log"), run: run.map { ($0, state.key) })
    openSessions += 1
    state.session = session
    let number = interruption.observe(stop: {}, cancel: { session.cancel() })
    defer { interruption.unobserve(number) }
    let opening = await session.open()
    guard opening == .ready else {
      await close(state)
      return opening
    }
    state.wasConnected = true
    report(Event(.hostConnected, host: state.host.name))
    return opening
  }

  /// Keeps the session for a later phase or for a lock, or ends it; `park` has the locks live without it.
  func release(_ state: HostState, fanOut: Int, isLocked: Bool, park: () async -> Void) async {
    state.phasesLeft -= 1
    state.phases.done += 1
    let isCrowded = openSessions > min(Self.keptSessions, limit - fanOut)
    if isLocked, isCrowded, state.session?.isOpen == true { await park() }
    if state.phasesLeft <= 0 && !isLocked || isCrowded || state.session?.isOpen != true { await close(state) }
  }

  func close(_ state: HostState) async {
    guard let session = state.session else { return }
    state.session = nil
    openSessions -= 1
    session.keepsRecord = !state.unsettled.isEmpty
    await session.close()
  }
}
