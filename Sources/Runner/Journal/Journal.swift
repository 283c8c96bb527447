/// The crash-safe record of a run: one entry a line, written before and after each effect with one call each, never changed.
///
/// Its file is locked while the run lives, so that nobody resumes a run that is still going on.
@Engine package final class Journal {
  package let folder: RunFolder
  private let descriptor: Int32
  /// Why nothing more can be written; from then on nothing new may be done.
  package private(set) var problem: SystemError?
  /// More has been done than it tells.
  package private(set) var isAbandoned = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var written = 0
  private let crash: Int?

  /// Begins the journal of a new run, or goes on with that of an old one; nothing of it is lost.
  package init(_ folder: RunFolder) throws(SystemError) {
    self.folder = folder
    let path = folder.path("journal.jsonl")
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    if let code = Self.lock(descriptor) {
      close(descriptor)
      throw SystemError("flock", path, code: code)
    }
    // For the tests that kill a run at every one of its entries.
    crash = ProcessEnvironment.value("PUSHBUTTON_TEST_KILL_AT_ENTRY").flatMap { Int($0) }
    endTornLine()
  }

  /// Returns why it cannot; whoever only looks whether the run is alive holds the lock for an instant.
  private static func lock(_ descriptor: Int32) -> Int32? {
    for _ in 0..<50 {
      if Platform.lock(descriptor) { return nil }
      guard errno == EWOULDBLOCK else { return errno }
      usleep(2000)
    }
    return EWOULDBLOCK
  }

  /// Gives up a journal that cannot be written any more.
  ///
  /// A full disk still lets a file be renamed, and the new name says it to everybody.
  package func abandon() {
    guard !isAbandoned else { return }
    isAbandoned = true
    rename(folder.path("journal.jsonl"), folder.path(RunFolder.abandoned))
  }

  package func append(_ entry: JournalEntry) { append(entry, at: nil, log: nil) }

  /// The same with the time, for reports; `log` is how much of what the host has printed is in its log.
  package func append(_ entry: JournalEntry, at time: Timestamp?, log: Int? = nil) {
    guard problem == nil else { return }
    do throws(SystemError) { try File.write(entry.line(at: time, log: log), to: descriptor, path: folder.path("journal.jsonl")) } catch {
      problem = error
    }
    written += 1
    if written == crash { kill(getpid(), SIGKILL) }
  }

  /// Makes what is written survive a power failure, as far as the disk tells the truth.
  package func sync() {
    if problem == nil, fsync(descriptor) != 0, errno != EINVAL { problem = SystemError("fsync", folder.path("journal.jsonl")) }
  }

  /// The same for many at once: those who ask while the disk is busy share one call.
  package func synced() async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      waiting.append(continuation)
      guard waiting.count == 1 else { return }
      Engine.after(.zero) {
        self.sync()
        let waiting = self.waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
      }
    }
  }

  /// Lets others resume the run; the process itself may have to live on a little.
  package func end() {
    sync()
    close(descriptor)
  }

  /// A write that a crash or a full disk has cut off must not spoil the next one.
  private func endTornLine() {
    guard let bytes = try? File.read(folder.path("journal.jsonl")), let last = bytes.last, last != UInt8(ascii: "\n") else { return }
    do throws(SystemError) { try File.write([UInt8(ascii: "\n")], to: descriptor, path: folder.path("journal.jsonl")) } catch {
      problem = error
    }
  }

  /// All entries of a journal in their order; a line that was cut off is no entry.
  package nonisolated static func entries(of folder: RunFolder) throws(SystemError) -> [JournalEntry] {
    try File.read(folder.path("journal.jsonl")).split(separator: UInt8(ascii: "\n")).compactMap { JournalEntry(line: $0) }
  }
}
