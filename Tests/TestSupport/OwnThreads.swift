import Foundation

// A plain `swift build` builds this target without the tests, and knows no Testing then.
#if canImport(Testing)
  import Testing

  /// Tests of a suite block while they wait for programs: each on a thread of its own, so that those that wait cost the others nothing.
  ///
  /// Only some of them run at once, all the same: logins take a second of a processor, and have half a minute.
  package struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
    private final class Threads: TaskExecutor {
      func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
      }
    }

    private actor Places {
      private var free = 8
      private var waiting: [CheckedContinuation<Void, Never>] = []

      func take() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
      }

      func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
      }
    }

    private static let threads = Threads()
    private static let places = Places()

    package var isRecursive: Bool { true }

    package func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
      await Self.places.take()
      defer { Task { await Self.places.giveBack() } }
      try await withTaskExecutorPreference(Self.threads, operation: function)
    }
  }

  extension Trait where Self == OwnThreads {
    package static var ownThreads: Self { OwnThreads() }
  }
#endif
