import Synchronization

/// The one thread that runs plans: whatever is isolated to it needs no lock.
///
/// Its executor is an event loop of our own, so that waiting for processes, timers and signals costs neither a thread nor Dispatch.
@globalActor package actor Engine {
  package static let shared = Engine()
  static let loop = EventLoop()

  package nonisolated var unownedExecutor: UnownedSerialExecutor { Engine.loop.asUnownedSerialExecutor() }

  /// Runs `body` on the calling thread, which is the engine's thread until `body` returns.
  package nonisolated static func run<T: Sendable>(_ body: @escaping @Engine @Sendable () async -> T) -> T {
    start()
    let result = Result<T>()
    task {
      let value = await body()
      result.value.withLock { $0 = value }
      loop.stop()
    }
    while true {
      loop.run()
      if let value = result.value.withLock({ $0 }) { return value }
    }
  }

  /// Starts a task that stays on the engine's thread, with everything that it awaits and that is not sent elsewhere.
  ///
  /// `async let` and task groups inside it stay there too. A bare `Task { }` would go through Swift's thread pool at every `await`, and
  /// so does `Task.yield()`; `sleep(for: .zero)` does the same here.
  @discardableResult
  package nonisolated static func task<T: Sendable>(_ body: @escaping @Engine @Sendable () async -> T) -> Task<T, Never> {
    Task(executorPreference: loop.forTasks) { @Sendable in await body() }
  }

  /// Runs code that may take long or block, for example a user's, on a thread beside the engine's, and comes back.
  package nonisolated static func elsewhere<T: Sendable>(_ body: @Sendable () async throws -> T) async rethrows -> T {
    try await withTaskExecutorPreference(Threads.shared) { try await body() }
  }

  /// Gives the engine a thread of its own for the rest of the process, for programs that have a loop already; repeating it does nothing.
  package nonisolated static func startOnOwnThread() { _ = ownThread }

  private static let ownThread: Void = {
    start()
    let code = Platform.startThread { Engine.loop.run() }
    if code != 0 { refuse(SystemError("pthread_create", code: code)) }
  }()

  /// What is done once per process, before the first turn.
  private static func start() { _ = started }

  private static let started: Void = {
    // First of all, so that none of our own pipes can take the place of a closed standard stream.
    Descriptor.fillStandard()
    Descriptor.closeInheritedOnExec()
    Descriptor.raiseLimit()
    // A child that closes its input must not take us along; children get the default back.
    signal(SIGPIPE, SIG_IGN)
    do throws(SystemError) { try loop.openWakePipe() } catch { refuse(error) }
    Task(executorPreference: loop.forReactor) { @Sendable in await Reactor.shared.serve() }
  }()

  /// Without a pipe or a thread there is no engine, and nothing has been touched yet.
  private static func refuse(_ error: SystemError) -> Never {
    let failure = Failure(cannotStart: error)
    try? File.write(Array(failure.text.utf8), to: 2)
    exit(failure.status.rawValue)
  }

  private final class Result<T: Sendable>: Sendable {
    let value = Mutex<T?>(nil)
  }
}
