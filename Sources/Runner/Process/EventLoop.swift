import Synchronization

/// The executor of `Engine`: runs jobs in order on whichever thread calls `run`, and lets the reactor wait when there are none.
final class EventLoop: SerialExecutor {
  /// The same loop for tasks that prefer it: whatever a task waits for, the runtime resumes it on its task executor first.
  ///
  /// Without this one that would be Swift's thread pool, and each resumption would cross threads twice.
  final class ForTasks: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = Job(job: UnownedJob(job), taskExecutor: asUnownedTaskExecutor())
      Engine.loop.add { $0.jobs.append(job) }
    }
  }

  /// The same for the reactor, which doesn't stand in line: behind a hundred jobs that each start a process it would be late.
  final class ForReactor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = Job(job: UnownedJob(job), taskExecutor: asUnownedTaskExecutor())
      Engine.loop.add { $0.turn = job }
    }
  }

  private struct Job {
    var job: UnownedJob
    // The runtime compares what a job runs on with what its task prefers, and takes a detour where they differ.
    var taskExecutor: UnownedTaskExecutor?
  }

  private struct State {
    var jobs: [Job] = []
    var next = 0
    /// Whether the loop's thread waits in the poller, or is about to.
    var isAsleep = false
    var isRunning = false
    var isStopped = false
    /// The reactor between two turns.
    var reactor: CheckedContinuation<Void, Never>?
    /// The reactor's turn, if it is due.
    var turn: Job?
    var lastTurn = Clock.now
    var wake: Int32 = -1

    var hasJobs: Bool { next < jobs.count || turn != nil }
  }

  private enum Action {
    case job(Job)
    case turn(CheckedContinuation<Void, Never>)
    case stop
  }

  // Busy tasks must not keep the poller from being asked, nor be slowed by asking it after each job. Counting jobs would not do:
  // one that starts a process takes a thousand times as long as one that does not.
  private static let timeBetweenTurns = Duration.milliseconds(5)

  let forTasks = ForTasks()
  let forReactor = ForReactor()
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
    let job = Job(job: UnownedJob(job))
    add { $0.jobs.append(job) }
  }

  private func add(_ add: (inout State) -> Void) {
    let wake: Int32? = state.withLock { state in
      add(&state)
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
      case .job(let job): run(job)
      // Resuming enqueues the reactor's task, so it is done without the lock.
      case .turn(let reactor): reactor.resume()
      case .stop: return
      }
    }
  }

  private func run(_ job: Job) {
    // As both at once, so that a task goes on from our task executor to the actor without being queued again.
    if let taskExecutor = job.taskExecutor {
      job.job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: taskExecutor)
    } else {
      job.job.runSynchronously(on: asUnownedSerialExecutor())
    }
  }

  func stop() { state.withLock { $0.isStopped = true } }

  /// The reactor waits here for its next turn.
  @Engine func turn() async {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.reactor = continuation
        // Counted from the end of a turn, so that long turns don't follow each other while jobs wait.
        state.lastTurn = Clock.now
      }
    }
  }

  /// Whether the poller may block: from now on a new job wakes it.
  func fallAsleep() -> Bool {
    state.withLock { state in
      state.isAsleep = !state.hasJobs && !state.isStopped
      return state.isAsleep
    }
  }

  /// The poller has returned.
  func awake() { state.withLock { $0.isAsleep = false } }

  private func nextAction() -> Action {
    state.withLock { state in
      if state.isStopped { return .stop }
      if let turn = state.turn {
        state.turn = nil
        return .job(turn)
      }
      if let reactor = state.reactor, !state.hasJobs || Clock.now - state.lastTurn > EventLoop.timeBetweenTurns {
        state.reactor = nil
        return .turn(reactor)
      }
      // The reactor's task is either parked above or due or among the jobs, so there is always one of the two.
      let job = state.jobs[state.next]
      state.next += 1
      if !state.hasJobs {
        state.jobs.removeAll(keepingCapacity: true)
        state.next = 0
      }
      return .job(job)
    }
  }
}
