import Testing

@testable import Runner

/// Ends the process of an exit test unless something holds, awaited or not.
private func insist(_ truth: Bool, line: UInt = #line) {
  if !truth { fatalError("line \(line)") }
}

/// The thread that code without isolation runs on when nobody says where.
private func anyThread() async -> String { currentThread() }

/// What concerns the whole process, tested in one of its own.
@Suite(.timeLimit(.minutes(15))) struct OwnProcessTests {
  @Test func runsOnTheCallingThreadAndAgain() async {
    await #expect(processExitsWith: .success) {
      let caller = currentThread()
      for number in 1...3 as ClosedRange<Int32> {
        let exit = Engine.run {
          insist(caller == currentThread())
          await Engine.sleep(for: .milliseconds(5))
          return try? await shell("exit \(number)").wait()
        }
        insist(exit == .exited(number))
      }
    }
  }

  @Test func whatATaskAwaitsStaysOnTheThread() async {
    await #expect(processExitsWith: .success) {
      Engine.run {
        let here = currentThread()
        insist(await anyThread() == here)
        await Engine.sleep(for: .milliseconds(1))
        insist(await anyThread() == here)
        async let inner = anyThread()
        insist(await inner == here)
        await withTaskGroup(of: String.self) { group in
          for _ in 0..<10 { group.addTask { await anyThread() } }
          for await thread in group { insist(thread == here) }
        }
        insist(await Engine.elsewhere { await anyThread() } != here)
        insist(await anyThread() == here)
      }
    }
  }

  @Test func tooManyFilesIsAnErrorThatLeaksNothing() async {
    await #expect(processExitsWith: .success) {
      Engine.run {
        // The first child opens what is kept for all of them.
        _ = try? await shell("true").wait()
        let before = Descriptor.opened().count
        var limit = Platform.descriptorLimit()
        let room = rlim_t((Descriptor.opened().max() ?? 0) + 12)
        limit.rlim_cur = room
        insist(Platform.setDescriptorLimit(limit))
        var children: [Child] = []
        do throws(SpawnError) {
          while true { children.append(try Child(ChildStart(["sleep", "60"], input: .pipe))) }
        } catch {
          insist(error.cause == .descriptors && error.code == EMFILE)
        }
        insist(!children.isEmpty)
        for child in children {
          child.signal(SIGKILL)
          insist(await child.wait() == .signalled(SIGKILL))
        }
        children = []
        insist(Descriptor.opened().count == before)
        insist((try? await shell("true").wait()) == .exited(0))
      }
    }
  }

  @Test func closedStandardStreamsAreReplaced() async {
    await #expect(processExitsWith: .success) {
      for descriptor: Int32 in 0...2 { close(descriptor) }
      Engine.run {
        let heard = Heard()
        let exit = try? await shell("cat; echo out; echo err >&2", heard).wait()
        insist(exit == .exited(0) && heard.text == "out\n" && heard.errorOutput.count == 4)
      }
    }
  }

  @Test func childrenEndThoughOurParentIgnoredAndBlockedTheSignal() async {
    await #expect(processExitsWith: .success) {
      signal(SIGCHLD, SIG_IGN)
      var set = sigset_t()
      sigfillset(&set)
      pthread_sigmask(SIG_BLOCK, &set, nil)
      Engine.run {
        insist((try? await shell("exit 7").wait()) == .exited(7))
      }
    }
  }

  @Test func othersKeepTheirChildren() async {
    await #expect(processExitsWith: .success) {
      Engine.run {
        let start = ChildStart(["sh", "-c", "exit 8"])
        guard let foreign = try? Spawn.run(start, Spawn.Standard()) else { return insist(false) }
        for _ in 0..<20 { insist((try? await shell("true").wait()) == .exited(0)) }
        var status: Int32 = 0
        insist(waitpid(foreign, &status, 0) == foreign && ChildExit(status: status) == .exited(8))
      }
    }
  }

  @Test func nohupIsRespected() async {
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      Engine.run {
        Engine.onSignal([SIGHUP]) { _ in insist(false) }
        kill(getpid(), SIGHUP)
        await Engine.sleep(for: .milliseconds(20))
      }
    }
  }
}
