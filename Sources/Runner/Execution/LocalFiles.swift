import Tasks

/// The files here that a run sends: each is read and hashed once, however many hosts get it.
@Engine package final class LocalFiles {
  private var known: [String: LocalFile] = [:]

  package init() {}

  /// The file as it is now.
  package func file(_ path: String) throws(SystemError) -> LocalFile {
    let status = try Self.status(path)
    if let file = known[path], file.stamp == Stamp(status) { return file }
    let file = LocalFile(path: path, status)
    known[path] = file
    return file
  }

  private static func status(_ path: String) throws(SystemError) -> stat {
    // Opened, to know before anything is sent that it can be read.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("stat", path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw SystemError("read", path, code: EISDIR) }
    // Some files of the system have no length and something in them, which would be sent as nothing.
    var byte: UInt8 = 0
    if status.st_size == 0, read(descriptor, &byte, 1) > 0 { throw SystemError("read", path, code: ENOTSUP) }
    return status
  }
}

/// A file here that is sent, and its SHA-256, which is worked out on another thread while hosts are connected to.
package struct LocalFile: Sendable {
  package let path: String
  package let length: Int
  /// Permission bits.
  package let mode: Int
  let stamp: Stamp
  /// Lowercase hexadecimal; nothing when the file could not be read to its end.
  package let digest: Task<String?, Never>

  init(path: String, _ status: stat) {
    let length = Int(status.st_size)
    (self.path, self.length, mode, stamp) = (path, length, Int(status.st_mode & 0o777), Stamp(status))
    digest = Task(executorPreference: Threads.shared) { Self.digest(of: path, length) }
  }

  /// Of so many bytes: a log that grows meanwhile is sent as it was.
  private static func digest(of path: String, _ length: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var digest = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var left = length
    while left > 0 {
      let count = read(descriptor, &buffer, min(left, buffer.count))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      digest.update(buffer[..<count])
      left -= count
    }
    return SHA256.hex(digest.finish())
  }
}
