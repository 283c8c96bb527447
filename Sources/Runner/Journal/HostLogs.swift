import Tasks

/// What hosts have printed, whole and byte for byte but for secrets: a file for each host, both streams as they came.
///
/// A log that cannot be written is said once, and is no reason to stop.
@Engine package final class HostLogs {
  private let folder: RunFolder
  private var isBroken = false
  private let warn: (SystemError) -> Void
  /// The logs that are open, the one opened first in front: a thousand hosts need no thousand descriptors.
  private var opened: [(host: String, descriptor: Int32)] = []
  private let most = Descriptor.keptLogs
  private var lengths: [String: Int] = [:]

  package init(_ folder: RunFolder, warn: @escaping (SystemError) -> Void) {
    self.folder = folder
    self.warn = warn
  }

  /// Adds bytes in which nothing is left to hide.
  package func write(_ bytes: ArraySlice<UInt8>, from host: String) {
    guard !bytes.isEmpty, !isBroken else { return }
    do throws(SystemError) {
      let before = length(of: host)
      try File.write(bytes, to: try descriptor(of: host), path: folder.log(of: host))
      lengths[host] = before + bytes.count
    } catch {
      isBroken = true
      warn(error)
    }
  }

  /// How many bytes of a host there are, those of earlier sittings included.
  package func length(of host: String) -> Int {
    if let length = lengths[host] { return length }
    let length = File.status(folder.log(of: host)).map { Int($0.st_size) } ?? 0
    lengths[host] = length
    return length
  }

  private func descriptor(of host: String) throws(SystemError) -> Int32 {
    if let open = opened.last(where: { $0.host == host }) { return open.descriptor }
    let path = folder.log(of: host)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    if opened.count >= most { close(opened.removeFirst().descriptor) }
    opened.append((host, descriptor))
    return descriptor
  }
}
