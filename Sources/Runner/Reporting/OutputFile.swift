/// A file that a reporter writes, opened before anything is touched.
@Engine package final class OutputFile {
  package let path: String
  private let partial: String?
  package let descriptor: Int32

  /// With `isAtomic`, the file gets its name when it is whole; otherwise it is emptied, and grows.
  package init(_ path: String, isAtomic: Bool) throws(SystemError) {
    self.path = path
    if File.isFolder(path) { throw SystemError("open", path, code: EISDIR) }
    partial = isAtomic ? "\(path).\(Nonce.make(bytes: 4)).part" : nil
    descriptor = open(partial ?? path, O_WRONLY | O_CREAT | (isAtomic ? O_EXCL : O_TRUNC) | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemError("open", path) }
  }

  /// Writes an atomic file, all at once.
  package func complete(_ text: String) throws(SystemError) {
    guard let partial else { return }
    do {
      try File.write(Array(text.utf8), to: descriptor, path: path)
    } catch {
      discard()
      throw error
    }
    close(descriptor)
    guard rename(partial, path) == 0 else { throw SystemError("rename", path) }
  }

  /// Leaves nothing of an atomic file that is not whole.
  package func discard() {
    close(descriptor)
    if let partial { unlink(partial) }
  }
}
