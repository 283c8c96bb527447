import Tasks

/// What hosts have printed, whole and byte for byte but for secrets: a file for each host, both streams as they came.
///
/// A log that cannot be written is said once, and is no reason to stop.
@Engine package final class HostLogs {
  private let folder: RunFolder
  private var isBroken = false
  private let warn: (SystemError) -> Void

  package init(_ folder: RunFolder, warn: @escaping (SystemError) -> Void) {
    self.folder = folder
    self.warn = warn
  }

  /// Adds bytes in which nothing is left to hide.
  ///
  /// The file is opened for each piece: a thousand hosts need no thousand descriptors.
  package func write(_ bytes: ArraySlice<UInt8>, from host: String) {
    guard !bytes.isEmpty, !isBroken else { return }
    let path = folder.log(of: host)
    do throws(SystemError) {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw SystemError("open", path) }
      defer { close(descriptor) }
      try File.write(Array(bytes), to: descriptor, path: path)
    } catch {
      isBroken = true
      warn(error)
    }
  }
}
