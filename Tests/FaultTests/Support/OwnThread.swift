import Foundation
import Testing

/// Tests of a suite block while they wait for programs: each on a thread of its own, so that those that wait cost the others nothing.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  private final class Threads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
    }
  }

  private static let threads = Threads()

  var isRecursive: Bool { true }

  func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
    try await withTaskExecutorPreference(Self.threads, operation: function)
  }
}

extension Trait where Self == OwnThreads {
  static var ownThreads: Self { OwnThreads() }
}
