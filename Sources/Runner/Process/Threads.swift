/// Runs what may take long or block, each piece on a thread of its own, beside the engine's.
///
/// Swift's own pool has a thread for each processor, which code that blocks would use up, and does not work without `/proc`.
final class Threads: TaskExecutor {
  static let shared = Threads()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    let code = Platform.startThread { job.runSynchronously(on: executor) }
    // Without a thread it is done late, which is better than never.
    if code != 0 { job.runSynchronously(on: executor) }
  }
}

/// What a new thread is given.
final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
