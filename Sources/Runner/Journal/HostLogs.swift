import Tasks

/// What hosts have printed, whole and byte for byte but for secrets: a file for each host, both streams as they came.
///
/// A log that cannot be written is said once, and is no reason to stop.
@Engine package final class HostLogs {
  private let folder: RunFolder
  private let mask: () -> StreamMasker
  private var maskers: [String: StreamMasker] = [:]
  private var isBroken = false
  private let warn: (SystemError) -> Void

  package init(_ folder: RunFolder, masking mask: @escaping () -> StreamMasker, warn: @escaping (SystemError) -> Void) {
    self.folder = folder
    self.mask = mask
    self.warn = warn
  }

  /// One stream of one host; a secret that is cut by a read is held back until all of it is there.
  package func write(_ bytes: ArraySlice<UInt8>, of stream: OutputStream, from host: String) {
    guard !isBroken else { return }
    let key = "\(stream.rawValue) \(host)"
    var masker = maskers[key] ?? mask()
    let safe = masker.feed(bytes)
    maskers[key] = masker
    append(safe, to: host)
  }

  /// The end of a stream of a step: nothing more can follow what was held back.
  package func finish(_ stream: OutputStream, from host: String) {
    guard var masker = maskers.removeValue(forKey: "\(stream.rawValue) \(host)") else { return }
    append(masker.finish(), to: host)
  }

  /// Opened for each piece: a thousand hosts need no thousand descriptors.
  private func append(_ bytes: [UInt8], to host: String) {
    guard !bytes.isEmpty, !isBroken else { return }
    let path = folder.log(of: host)
    do throws(SystemError) {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw SystemError("open", path) }
      defer { close(descriptor) }
      try File.write(bytes, to: descriptor, path: path)
    } catch {
      isBroken = true
      warn(error)
    }
  }
}
