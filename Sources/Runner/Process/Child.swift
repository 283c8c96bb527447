/// A process that we started, its input, its output and its end.
@Engine package final class Child {
  package let process: pid_t
  private let leadsGroup: Bool
  private let input: ChildInput?
  private var outputs: [ChildOutput] = []
  private var exit: ChildExit?
  private var isDone = false
  private var drainTimer: Engine.Timer?
  private var waiters: [CheckedContinuation<ChildExit, Never>] = []

  // A descendant that holds the pipes must not delay the end, and one that is just finishing its last line may.
  private static let patience = Duration.milliseconds(100)

  /// Starts a program; `output` gets its bytes as they come, with no regard to lines.
  package init(_ start: ChildStart, output: @escaping @Engine (OutputStream, ArraySlice<UInt8>) -> Void = { _, _ in }) throws(SpawnError) {
    let pipes = try ChildPipes(start)
    do {
      process = try Spawn.run(start, pipes.theirs)
    } catch {
      pipes.closeAll()
      throw error
    }
    pipes.closeTheirs()
    leadsGroup = start.group == .newSession
    input = pipes.ours.input.map { ChildInput($0) }
    Reaper.add(self)
    for (stream, descriptor) in [(OutputStream.output, pipes.ours.output), (.error, pipes.ours.error)] {
      guard let descriptor else { continue }
      outputs.append(ChildOutput(descriptor, receive: { output(stream, $0) }, ended: { self.finishIfDone() }))
    }
  }

  /// Queues bytes for its input; they are dropped when the child no longer reads.
  package func send(_ bytes: [UInt8]) { input?.send(bytes) }

  /// Returns once all queued input has been written, or `false` once the child can't be told any more.
  @discardableResult package func flushed() async -> Bool { await input?.flushed() ?? false }

  /// Ends its input after what is queued.
  package func closeInput() { input?.finish() }

  /// Stops reading, so that a child that prints more than we can keep has to wait.
  package func pauseOutput() {
    for output in outputs { output.pause() }
  }

  package func resumeOutput() {
    for output in outputs { output.resume() }
    if exit != nil, drainTimer == nil, !isDone { drain() }
  }

  /// Signals it and its descendants (or it alone if it shares our group); `false` when it has ended.
  @discardableResult package func signal(_ signal: Int32) -> Bool {
    // Once reaped, its number may belong to somebody else.
    guard exit == nil else { return false }
    return kill(target, signal) == 0
  }

  /// How it ended, once it has and all that it printed has been handed over.
  package func wait() async -> ChildExit {
    // Asked inside: the runtime may let others run between a function's lines and the body of a continuation.
    await withCheckedContinuation { continuation in
      if isDone, let exit { continuation.resume(returning: exit) } else { waiters.append(continuation) }
    }
  }

  /// Ends it with all its descendants that stayed in its group: SIGTERM now, and SIGKILL for those still there after `grace`.
  @discardableResult package func end(grace: Duration) async -> ChildExit {
    let deadline = Clock.now + grace
    guard signal(SIGTERM) else { return await wait() }
    while isInhabited, Clock.now < deadline { await Engine.sleep(for: .milliseconds(20)) }
    if isInhabited { kill(target, SIGKILL) }
    return await wait()
  }

  private var target: pid_t { leadsGroup ? -process : process }

  // A group's number is not given away while anyone is in it, and asked often enough not to be given away between two looks.
  private var isInhabited: Bool { exit == nil || (leadsGroup && kill(target, 0) == 0) }

  func ended(_ exit: ChildExit) {
    self.exit = exit
    // Nobody reads it any more, or only a descendant that was not meant.
    input?.close()
    finishIfDone()
    guard !isDone else { return }
    drainTimer = Engine.after(Child.patience) {
      self.drainTimer = nil
      self.drain()
    }
  }

  private func drain() {
    for output in outputs { output.drain() }
  }

  private func finishIfDone() {
    guard let exit, !isDone, !outputs.contains(where: \.isOpen) else { return }
    isDone = true
    drainTimer?.cancel()
    outputs = []
    let waiters = waiters
    self.waiters = []
    for waiter in waiters { waiter.resume(returning: exit) }
  }
}
