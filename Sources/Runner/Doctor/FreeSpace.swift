/// What is left of a file system for somebody who is not its administrator.
package struct FreeSpace: Sendable, Equatable {
  package var bytes: Int
  /// Nothing where the file system makes them as it needs them.
  package var inodes: Int?

  package init(bytes: Int, inodes: Int? = nil) {
    self.bytes = bytes
    self.inodes = inodes
  }

  /// Of the file system that holds a path, or will hold it once it is made.
  package init?(of path: String) {
    var status = statvfs()
    var path = path
    while statvfs(path, &status) != 0 {
      guard errno == ENOENT, path != "/", path != "." else { return nil }
      path = PathText.folder(of: path)
    }
    bytes = Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    inodes = status.f_files == 0 ? nil : Int(clamping: UInt64(status.f_favail))
  }

  /// Whether files have a size where the folder is.
  static func keepsFiles(_ folder: String) -> Bool {
    var status = statvfs()
    return statvfs(folder, &status) != 0 || status.f_blocks > 0
  }

  /// From two lines of `df`: `-Pk`, and `-Pi`, of which some file systems say nothing.
  package init?(blocks: String, inodes: String?) {
    guard let kilobytes = Self.number(before: blocks, last: false) else { return nil }
    bytes = kilobytes.multipliedReportingOverflow(by: 1024).partialValue
    self.inodes = inodes.flatMap { Self.number(before: $0, last: true) }
  }

  /// The number before the share that is used; names of devices may hold blanks.
  private static func number(before line: String, last: Bool) -> Int? {
    let words = line.split(separator: " ")
    func isShare(_ word: Substring) -> Bool { word.hasSuffix("%") && Int(word.dropLast()) != nil }
    guard let index = last ? words.lastIndex(where: isShare) : words.firstIndex(where: isShare), index > 0 else { return nil }
    return Int(words[index - 1])
  }

  /// Below these something will fail soon, or fails already.
  package enum Level: Sendable, Equatable { case enough, little, nothing }

  package var level: Level {
    if bytes < 10 << 20 || inodes.map({ $0 < 100 }) ?? false { return .nothing }
    return bytes < 200 << 20 || inodes.map { $0 < 1000 } ?? false ? .little : .enough
  }

  /// `12.3 GB`, and the inodes where they are what is short.
  package var text: String {
    let size = ByteCount.text(bytes)
    guard let inodes, inodes < 1000 else { return size }
    return "\(size), \(count(inodes, "inode"))"
  }
}

/// Sizes as people read them.
package enum ByteCount {
  /// Three digits or so: `840 kB`, `12.3 GB`, by powers of 1000.
  package static func text(_ bytes: Int) -> String {
    var value = Double(bytes), unit = 0
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    if unit == 0 || value >= 99.95 { return "\(Int(value.rounded())) \(units[unit])" }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
