import Runner

/// A program that is run to its end with everything it prints collected: the compiler.
///
/// It gets a process group of its own, so that the processes it starts can be ended with it.
struct ChildProcess {
  /// What came of it.
  ///
  /// A bad status is a result; not being able to run at all is an error.
  struct Answer {
    let status: Int32
    let signal: Int32?
    /// Both streams, in the order in which they were written.
    let output: [UInt8]
  }

  private let path: String
  private let start: ChildStart
  private let notice: String?

  /// - Parameters:
  ///   - scratch: where it puts its temporary files.
  ///   - notice: shown on a terminal when it takes over a second, and taken back at the end.
  init(_ path: String, _ arguments: [String], folder: String, scratch: String? = nil, notice: String? = nil) {
    let environment = ProcessEnvironment.list(setting: scratch.map { [("TMPDIR", $0)] } ?? [])
    self.path = path
    self.start = ChildStart([path] + arguments, environment: environment, folder: folder)
    self.notice = notice
  }

  func run() throws(LauncherError) -> Answer {
    let signals = HeldSignals.hold()
    // Inherited as ignored, it would make the system throw the child's status away.
    let handler = signal(SIGCHLD, SIG_DFL)
    let child = try spawn()
    let collected = collect(from: child.output, signals)
    close(child.output)
    if collected.signal != nil { end(child.process) }
    var status: Int32 = 0
    while waitpid(child.process, &status, 0) < 0 && errno == EINTR {}
    // Still held back: whoever catches this first removes what is half done.
    if let signal = collected.signal { throw .interrupted(signal) }
    signal(SIGCHLD, handler)
    signals.release()
    return Answer(status: status >> 8 & 0xFF, signal: status & 0x7F == 0 ? nil : status & 0x7F, output: collected.output)
  }

  private func spawn() throws(LauncherError) -> (process: pid_t, output: Int32) {
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    var ends: [Int32] = [-1, -1]
    guard null >= 0, Platform.makePipe(&ends) == 0 else { throw .cannotRun(SystemError("pipe", path)) }
    defer {
      close(null)
      close(ends[1])
    }
    do {
      return (try Spawn.run(start, Spawn.Standard(input: null, output: ends[1], error: ends[1])), ends[0])
    } catch {
      throw .cannotRun(SystemError("run", error.cause == .folder ? error.folder ?? path : path, code: error.code))
    }
  }

  /// Reads until the other end is closed or a signal comes in.
  private func collect(from descriptor: Int32, _ signals: HeldSignals) -> (output: [UInt8], signal: Int32?) {
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var noticed = false
    let start = Clock.now
    defer { if noticed { Notice.clearLine() } }
    while true {
      if let signal = signals.pending { return (output, signal) }
      if let notice, !noticed, Notice.isTerminal, Clock.now - start > .seconds(1) {
        noticed = true
        Notice.write(notice)
      }
      var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waited, 1, 50) > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return (output, nil) }
      output.append(contentsOf: buffer[..<count])
    }
  }

  private func end(_ process: pid_t) {
    kill(-process, SIGTERM)
    // Long enough for it to remove its temporary files.
    for _ in 1...20 where kill(-process, 0) == 0 { usleep(10_000) }
    kill(-process, SIGKILL)
  }
}
