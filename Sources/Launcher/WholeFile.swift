import Runner

/// A file that is put where it belongs in one rename: nobody finds half of it.
enum WholeFile {
  static func put(_ bytes: [UInt8], at path: String, mode: mode_t) throws(LauncherError) {
    let part = Path.join(Path.parent(path), ".\(Path.name(path)).\(Nonce.make(bytes: 4)).part")
    let signals = HeldSignals.hold()
    // One that has come in takes effect here, when nothing half done is left.
    defer { signals.release() }
    do throws(SystemError) {
      try write(bytes, to: part, mode: mode)
      guard rename(part, path) == 0 else { throw SystemError("rename", path) }
    } catch {
      unlink(part)
      throw .cannotWrite(error)
    }
  }

  private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(SystemError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    try File.write(bytes, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw SystemError("fsync", path) }
  }
}
