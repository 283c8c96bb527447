import Runner

/// One compilation at a time for each key.
///
/// The system frees it when its holder dies, however that happens.
struct Lock {
  private let descriptor: Int32

  /// Waits for its turn, and after a second says for whom.
  init(_ path: String, for location: Location) throws(LauncherError) {
    // Close-on-exec: neither the compiler nor the program that is started must go on holding it.
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cacheUnusable(SystemError("open", path)) }
    var attempts = 0
    while flock(descriptor, attempts < 50 ? LOCK_EX | LOCK_NB : LOCK_EX) != 0 {
      // Some network file systems have no locks. Compiling twice is then the worst that can happen: a rename publishes.
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      attempts += 1
      if attempts == 50 { Notice.write("waiting for \(holder(path)) ...\n") }
      usleep(20_000)
    }
    ftruncate(descriptor, 0)
    try? File.write(Array("process \(getpid()), which is compiling \(location.path)".utf8), to: descriptor)
  }

  func release() { close(descriptor) }
}

/// What the holder of a lock wrote into it.
private func holder(_ path: String) -> String {
  let text = (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  return text.isEmpty ? "another process" : text
}
