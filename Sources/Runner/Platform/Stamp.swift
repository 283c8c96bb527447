/// What tells one state of a file from another without reading it.
package struct Stamp: Sendable, Equatable {
  package let text: String

  /// Size, time of the last change and inode; nothing when the file cannot be looked at.
  package init?(_ path: String) {
    guard let status = File.status(path) else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    text = "\(status.st_size) \(status.modified.tv_sec).\(status.modified.tv_nsec) \(status.st_ino)"
  }
}

extension stat {
  /// The time of the last change, which each platform names its own way.
  package var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
