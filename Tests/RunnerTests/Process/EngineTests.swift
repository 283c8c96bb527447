import Testing

@testable import Runner

@Suite(.engine, .timeLimit(.minutes(15))) struct EngineTests {
  @Test @Engine func timersFireInOrder() async {
    var fired: [Int] = []
    Engine.after(.milliseconds(60)) { fired.append(3) }
    Engine.after(.milliseconds(20)) { fired.append(1) }
    Engine.after(.milliseconds(40)) { fired.append(2) }
    let cancelled = Engine.after(.milliseconds(30)) { fired.append(0) }
    Engine.after(.milliseconds(10)) { cancelled.cancel() }
    let began = Clock.now
    await Engine.sleep(for: .milliseconds(80))
    #expect(fired == [1, 2, 3])
    #expect(Clock.now - began >= .milliseconds(80))
    cancelled.cancel()
  }

  @Test @Engine func equalTimersFireInTheOrderTheyWereSet() async {
    var fired: [Int] = []
    for number in 0..<100 { Engine.after(.zero) { fired.append(number) } }
    await Engine.sleep(for: .milliseconds(1))
    #expect(fired == Array(0..<100))
  }

  @Test @Engine func otherThreadsWakeTheLoop() async {
    for _ in 0..<200 {
      let other = await Engine.elsewhere {
        // Long enough for the loop to have gone to sleep in between.
        usleep(500)
        return currentThread()
      }
      #expect(other != currentThread())
    }
  }

  @Test @Engine func busyTasksDoNotStarveTheClock() async {
    var isOver = false
    Engine.after(.milliseconds(20)) { isOver = true }
    func spin() async {
      while !isOver { await Engine.task {}.value }
    }
    await spin()
  }

  @Test @Engine func signalsReachTheirHandlers() async {
    var heard: [Int32] = []
    Engine.onSignal([SIGUSR1, SIGUSR2]) { heard.append($0) }
    Engine.onSignal([SIGUSR1]) { heard.append($0 + 1000) }
    kill(getpid(), SIGUSR1)
    while heard.count < 2 { await Engine.sleep(for: .milliseconds(1)) }
    kill(getpid(), SIGUSR2)
    while heard.count < 3 { await Engine.sleep(for: .milliseconds(1)) }
    #expect(heard == [SIGUSR1, SIGUSR1 + 1000, SIGUSR2])
  }
}

// As text, because the type is a number on Linux and a pointer on macOS.
func currentThread() -> String { "\(pthread_self())" }
