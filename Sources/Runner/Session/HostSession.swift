import Tasks

/// A remote shell on one host that runs scripts one after the other, over one connection.
///
/// It outlives a script, so that a later phase costs a round trip and no new connection.
@Engine package final class HostSession {
  package enum Opening: Equatable {
    case ready
    case unreachable(String)
    /// Unreachable, and nothing was even begun: the host closed the connection before it said anything.
    case dropped(ConnectionProblem)
  }

  package enum ScriptEnd: Equatable {
    case done
    /// The connection ended first, for this reason.
    case lost(String)
  }

  package let host: Host
  /// Where other programs can use its connection.
  package let socket: ControlSocket?
  private let transport: any Transport
  private let log: String
  private var child: Child?
  /// What the remote shell says first, and what it is known by on the host.
  package let ready = Nonce.make(bytes: 16)
  private let record: RemoteRecord?
  /// Whether the host keeps what it has noted of the run, because not all of it is known here.
  package var keepsRecord = false
  private var waiting: CheckedContinuation<Opening, Never>?
  private var loginTimer: Engine.Timer?
  private var noise: [UInt8] = []
  private var isReady = false
  private var hasPrologue = false
  private var hasMore = false
  private var script: ScriptReading?
  private var dialogue: ScriptDialogue?
  private var isPasswordRefused = false
  private let nonce = Nonce.make(bytes: 16)
  private let prompt = Nonce.make(bytes: 16)
  private var isCancelled = false
  private var endReason: String?
  /// Why the connection could not be made, or was lost, where the transport knows.
  package private(set) var problem: ConnectionProblem?
  /// How long it took until the shell answered.
  package private(set) var openingTime: Duration?
  private let made = Clock.now
  /// Gets the transport's own messages when the connection ends otherwise than by us.
  package var tell: @Engine (String) -> Void = { _ in }

  /// How long a connected host may take to start the shell: name, keys and login shell together.
  package static let loginTimeout = Duration.seconds(30)

  /// `run` names the run whose steps the host is to note, and the host's key in it.
  package init(
    host: Host, transport: any Transport, log: String, socket: ControlSocket? = nil, run: (id: String, host: String)? = nil
  ) {
    self.host = host
    self.socket = socket
    self.transport = transport
    self.log = log
    if let run { record = RemoteRecord(run: run.id, host: run.host, ready: ready) } else { record = nil }
  }

  /// Whether scripts can be sent.
  package var isOpen: Bool { isReady && child != nil && !isCancelled }

  /// Whether the host has notes of the run that this session can have removed.
  package var notesSteps: Bool { isOpen && hasPrologue && record != nil }

  /// Connects and waits until the remote shell says that it is there; nothing has run before.
  package func open() async -> Opening {
    let start: ChildStart
    do throws(InventoryError.HostProblem) { start = try transport.start(on: host, ready: ready, log: log) } catch {
      return .unreachable(error.message(host.name))
    }
    let child: Child
    do throws(SpawnError) { child = try Child(start) { [weak self] in self?.receive($1, $0) } } catch {
      return .unreachable(StepWords.cannotStart(error))
    }
    self.child = child
    Engine.task { self.ended(await child.wait()) }
    // Both may have come before this body runs.
    return await withCheckedContinuation { continuation in
      guard self.child != nil, !isReady else {
        return continuation.resume(returning: isReady ? .ready : .unreachable(endReason ?? ""))
      }
      waiting = continuation
      loginTimer = Engine.after(Self.loginTimeout) {
        self.endReason = StepWords.noLogin(within: Self.loginTimeout)
        self.child?.signal(SIGKILL)
      }
    }
  }

  /// Runs one script to its end; `receive` gets what happens, step by step.
  ///
  /// After the last one the host's shell ends, without being told once more. A transfer is read by the script itself; with a password for
  /// sudo it is sent only when the script says that it waits for it.
  package func run(
    _ line: ScriptLine, transfer: ScriptTransfer? = nil, password: [UInt8]? = nil, isLast: Bool = false,
    receive: @escaping @Engine (ScriptEvent) -> Void
  ) async -> ScriptEnd {
    guard let child, isReady, script == nil else { return .lost(endReason ?? StepWords.connectionClosed) }
    var bytes: [UInt8] = []
    if !hasPrologue {
      bytes += RemoteShell.prologue(mark: nonce, prompt: prompt, record: record) + [UInt8(ascii: "\n")]
      hasPrologue = true
    }
    if line.needsMore, !hasMore {
      bytes += RemoteShell.lines(of: RemoteShell.more, mark: nonce)
      hasMore = true
    }
    bytes += RemoteShell.lines(of: line, mark: nonce)
    let nonce = nonce
    let send = transfer.map { transfer in { @Engine () -> Void in Engine.task { await transfer.send(to: child, mark: nonce) } } }
    let dialogue = ScriptDialogue(child, password: password, isRefused: isPasswordRefused, transfer: send) { self.cancel() }
    let reading = ScriptReading(nonce: nonce, prompt: prompt, ask: dialogue.answer) { event in
      if case .refused(_, let asked) = event, asked > 0 { dialogue.refused() }
      receive(event)
    }
    (script, self.dialogue) = (reading, dialogue)
    child.send(bytes)
    if isLast { child.closeInput() }
    if let transfer, password == nil { await transfer.send(to: child, mark: nonce) }
    let end = await reading.end()
    (script, self.dialogue) = (nil, nil)
    isPasswordRefused = dialogue.isRefused
    return end
  }

  /// What the host has noted of the run's steps, once nothing of an earlier session can go on; nothing when it cannot be told.
  package func notedSteps() async -> Result<NotedSteps, NotedProblem> {
    guard let record else { return .failure(NotedProblem(reason: StepWords.noRecord)) }
    guard let answer = await OwnCommand.run(record.telling, on: self) else {
      return .failure(NotedProblem(reason: endReason ?? StepWords.connectionLost))
    }
    return answer.status == 0 ? .success(NotedSteps(answer.output)) : .failure(NotedProblem(reason: answer.lastWords))
  }

  package struct NotedProblem: Error {
    package var reason: String
  }

  /// Asks the running script to begin no further step.
  package func stop() {
    dialogue?.stop()
  }

  /// Ends what runs on the host: its tether is this session's input.
  ///
  /// The local end is forced when that takes too long.
  package func cancel() {
    guard let child, !isCancelled else { return }
    isCancelled = true
    child.closeInput()
    Engine.after(.seconds(RemoteShell.grace + 1)) { child.signal(SIGKILL) }
  }

  /// Ends the session; a shell that waits for its next script goes at once.
  package func close() async {
    guard let child else { return }
    if script == nil, notesSteps, !keepsRecord {
      var bye = ScriptLine()
      bye.raw("pr_bye; pb_m z")
      // A busy host may take its time, and one that is stuck must not take ours.
      let timer = Engine.after(.seconds(3)) { self.cancel() }
      _ = await run(bye, isLast: true) { _ in }
      timer.cancel()
    }
    cancel()
    if script == nil {
      // All results are known; only descendants that hold the connection could make this last.
      Engine.after(.milliseconds(500)) { child.signal(SIGTERM) }
    }
    _ = await child.wait()
  }

  // MARK: What comes back

  private func receive(_ bytes: ArraySlice<UInt8>, _ stream: OutputStream) {
    if isReady {
      script?.receive(bytes, stream)
      if script?.isFlooded == true { cancel() }
    } else {
      awaitReady(bytes, stream)
    }
  }

  /// Before the shell says `ready` come banners and what start-up files print: kept for explaining, never taken for output.
  private func awaitReady(_ bytes: ArraySlice<UInt8>, _ stream: OutputStream) {
    noise += bytes
    guard stream == .output else { return }
    let line = Array(ready.utf8) + [UInt8(ascii: "\n")]
    if noise.firstRange(of: line) != nil {
      noise = []
      isReady = true
      openingTime = Clock.now - made
      loginTimer?.cancel()
      waiting?.resume(returning: .ready)
      waiting = nil
    } else if noise.count > 1 << 16 {
      noise.removeFirst(noise.count - (1 << 12))
    }
  }

  private func ended(_ exit: ChildExit) {
    loginTimer?.cancel()
    if isCancelled, waiting == nil, script == nil {
      // Closed by us, and nobody asks why: explaining it would cost more than all else that a host costs here.
      endReason = endReason ?? StepWords.connectionClosed
      child = nil
      return
    }
    let log = SSHLog.text(log)
    if !isCancelled, !log.isEmpty { tell(log) }
    let problem = transport.problem(
      on: host, exit: exit, log: log, noise: String(decoding: noise, as: UTF8.self), wasReady: isReady)
    if endReason == nil { self.problem = problem }
    let isDropped = endReason == nil && !isCancelled && problem.isDropped
    let reason = endReason ?? problem.words
    endReason = reason
    child = nil
    waiting?.resume(returning: isDropped ? .dropped(problem) : .unreachable(reason))
    waiting = nil
    script?.lost(reason)
  }
}
