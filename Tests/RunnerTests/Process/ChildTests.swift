import Testing

@testable import Runner

@Suite(.engine, .timeLimit(.minutes(15))) struct ChildTests {
  @Test(arguments: [0, 1, 77, 255] as [Int32]) @Engine func exitCode(_ code: Int32) async throws {
    #expect(try await shell("exit \(code)").wait() == .exited(code))
  }

  @Test @Engine func signalled() async throws {
    #expect(try await shell("kill -9 $$").wait() == .signalled(SIGKILL))
  }

  @Test @Engine func everyWaiterIsTold() async throws {
    let child = try shell("exit 5")
    async let first = child.wait()
    async let second = child.wait()
    #expect(await [first, second, child.wait()] == [.exited(5), .exited(5), .exited(5)])
    #expect(child.signal(SIGTERM) == false)
  }

  @Test @Engine func folderAndEnvironment() async throws {
    #expect(try await printed("pwd; echo $A $B", folder: "/usr", environment: ["A=1", "B=two"]) == "/usr\n1 two\n")
    #expect(try await printed("echo $HOME") == "\(ProcessEnvironment.value("HOME") ?? "")\n")
  }

  @Test @Engine func streamsAreApartAndComplete() async throws {
    let heard = Heard()
    // A megabyte on each, without a newline.
    let child = try shell("head -c 1048576 /dev/zero & head -c 1048576 /dev/zero >&2; wait; exit 3", heard)
    #expect(await child.wait() == .exited(3))
    #expect(heard.output.count == 1 << 20)
    #expect(heard.errorOutput.count == 1 << 20)
  }

  @Test @Engine func echoesFiveMegabytes() async throws {
    let bytes = pattern(5_000_000)
    let heard = Heard()
    let child = try shell("cat", heard, input: .pipe)
    child.send(Array(bytes[..<1000]))
    child.send(Array(bytes[1000...]))
    child.closeInput()
    #expect(await child.flushed())
    #expect(await child.wait() == .exited(0))
    #expect(heard.output == bytes)
  }

  @Test @Engine func pausedOutputHoldsTheChild() async throws {
    let heard = Heard()
    let child = try shell("head -c 3000000 /dev/zero", heard)
    child.pauseOutput()
    await Engine.sleep(for: .milliseconds(300))
    #expect(heard.output.isEmpty)
    #expect(child.signal(0))
    child.resumeOutput()
    #expect(await child.wait() == .exited(0))
    #expect(heard.output.count == 3_000_000)
  }

  @Test @Engine func pausedOutputOutlivesTheChild() async throws {
    let heard = Heard()
    let child = try shell("echo kept", heard)
    child.pauseOutput()
    while child.signal(0) { await Engine.sleep(for: .milliseconds(10)) }
    await Engine.sleep(for: .milliseconds(300))
    #expect(heard.output.isEmpty)
    child.resumeOutput()
    #expect(await child.wait() == .exited(0))
    #expect(heard.text == "kept\n")
  }

  @Test @Engine func daemonHoldingThePipesDelaysNobody() async throws {
    let heard = Heard()
    let child = try shell("sleep 300 & echo $!; exit 4", heard)
    #expect(await child.wait() == .exited(4))
    // Alive still, so nobody waited for it.
    let daemon = try #require(pid_t(heard.text.dropLast()))
    #expect(kill(daemon, SIGKILL) == 0)
  }

  @Test @Engine func chattyDaemonDelaysNobody() async throws {
    let heard = Heard()
    let child = try shell("yes & echo $! >&2; exit 4", heard)
    #expect(await child.wait() == .exited(4))
    let daemon = try #require(pid_t(String(decoding: heard.errorOutput.dropLast(), as: UTF8.self)))
    // SIGPIPE has ended it as soon as we closed the pipe, if not before.
    kill(daemon, SIGKILL)
  }

  @Test @Engine func signalReachesTheGroup() async throws {
    let heard = Heard()
    let child = try shell("sleep 60 & echo $!; wait", heard)
    while heard.output.isEmpty { await Engine.sleep(for: .milliseconds(5)) }
    #expect(child.signal(SIGTERM))
    #expect(await child.wait() == .signalled(SIGTERM))
    #expect(try await isGone(heard.text))
  }

  @Test @Engine func endsPolitelyThenFirmly() async throws {
    let ready = Heard()
    let polite = try shell("trap 'exit 3' TERM; echo; while :; do sleep 0.01; done", ready)
    while ready.output.isEmpty { await Engine.sleep(for: .milliseconds(5)) }
    #expect(await polite.end(grace: .seconds(20)) == .exited(3))

    let heard = Heard()
    // The child itself obeys; its descendant does not, and must not outlive the grace.
    let child = try shell("(trap '' TERM; echo $(exec sh -c 'echo $PPID'); while :; do sleep 0.05; done) & wait", heard)
    while heard.output.isEmpty { await Engine.sleep(for: .milliseconds(5)) }
    #expect(await child.end(grace: .milliseconds(100)) == .signalled(SIGTERM))
    #expect(try await isGone(heard.text))
    #expect(await child.end(grace: .seconds(20)) == .signalled(SIGTERM))
  }

  /// Whether a process ends within reason; one without an init to collect it stays a zombie, which counts.
  @Engine private func isGone(_ number: String) async throws -> Bool {
    let process = try #require(pid_t(number.dropLast()))
    for _ in 0..<500 {
      let state = try await runProgram(["ps", "-o", "stat=", "-p", "\(process)"]).output
      if state.isEmpty || state.first == UInt8(ascii: "Z") { return true }
      await Engine.sleep(for: .milliseconds(10))
    }
    return false
  }

  @Test @Engine func twoHundredAtOnce() async throws {
    let children = try (0..<200).map { try shell("exit \($0 % 250)") }
    for (number, child) in children.enumerated() { #expect(await child.wait() == .exited(Int32(number % 250))) }
  }

  @Test @Engine func deadReaderHarmsNobody() async throws {
    let child = try shell("exec <&-; echo; exec sleep 0.3", input: .pipe)
    child.send([UInt8](repeating: 1, count: 1 << 20))
    #expect(await child.flushed() == false)
    child.send([1])
    #expect(await child.flushed() == false)
    #expect(await child.wait() == .exited(0))
    child.send([1])
    child.closeInput()
  }
}
