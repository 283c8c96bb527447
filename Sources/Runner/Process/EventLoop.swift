import Synchronization

/// The executor of `Engine`: runs jobs in order on whichever thread calls `run`, and lets the reactor wait when there are none.
///
/// It is a task executor too: whatever a task waits for, the runtime resumes it on its task executor first. Without one of ours that
/// would be Swift's thread pool, and each resumption would cross threads twice.
final class EventLoop: SerialExecutor, TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var next = 0
    /// Whether the loop's thread waits in the poller, or is about to.
    var isAsleep = false
    var isRunning = false
    var isStopped = false
    /// The reactor between two turns.
    var reactor: CheckedContinuation<Void, Never>?
    var jobsSinceTurn = 0
    var wake: Int32 = -1

    var hasJobs: Bool { next < jobs.count }
  }

  private enum Action {
    case job(UnownedJob)
    case turn(CheckedContinuation<Void, Never>)
    case stop
  }

  // Busy tasks must not keep the poller from ever being asked, nor be slowed by asking it after each job.
  private static let jobsPerTurn = 128

  private let state = Mutex(State())

  func openWakePipe() throws(SystemError) {
    let pipe = try Descriptor.Pipe()
    Descriptor.setNonBlocking(pipe.reading)
    Descriptor.setNonBlocking(pipe.writing)
    state.withLock { $0.wake = pipe.writing }
    Signals.openPipe(pipe)
  }

  /// Called on any thread.
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let wake: Int32? = state.withLock { state in
      state.jobs.append(job)
      guard state.isAsleep else { return nil }
      state.isAsleep = false
      return state.wake
    }
    guard let wake else { return }
    var byte: UInt8 = 0
    _ = write(wake, &byte, 1)
  }

  /// Runs until `stop`; can be called again afterwards.
  func run() {
    state.withLock { state in
      precondition(!state.isRunning, "the engine has a thread already")
      state.isRunning = true
      state.isStopped = false
    }
    defer { state.withLock { $0.isRunning = false } }
    while true {
      switch nextAction() {
      // As both at once, so that going on from the one to the other costs nothing.
      case .job(let job): job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
      // Resuming enqueues the reactor's task, so it is done without the lock.
      case .turn(let reactor): reactor.resume()
      case .stop: return
      }
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }

  /// The reactor waits here for its next turn.
  @Engine func turn() async {
    await withCheckedContinuation { continuation in
      state.withLock { $0.reactor = continuation }
    }
  }

  /// Whether the poller may block: from now on a new job wakes it.
  func fallAsleep() -> Bool {
    state.withLock { state in
      state.isAsleep = !state.hasJobs && !state.isStopped
      return state.isAsleep
    }
  }

  func awake() { state.withLock { $0.isAsleep = false } }

  private func nextAction() -> Action {
    state.withLock { state in
      if state.isStopped { return .stop }
      if !state.hasJobs || state.jobsSinceTurn >= EventLoop.jobsPerTurn, let reactor = state.reactor {
        state.reactor = nil
        state.jobsSinceTurn = 0
        return .turn(reactor)
      }
      // The reactor's task is either parked above or among the jobs, so there is always one of the two.
      let job = state.jobs[state.next]
      state.next += 1
      state.jobsSinceTurn += 1
      if !state.hasJobs {
        state.jobs.removeAll(keepingCapacity: true)
        state.next = 0
      }
      return .job(job)
    }
  }
}
