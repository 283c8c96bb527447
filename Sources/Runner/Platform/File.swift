/// Files, by path; every failure is a `SystemError`.
package enum File {
  /// All bytes of a file.
  package static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      // open() takes a folder without complaint; say so here rather than at the first read.
      if status.st_mode & S_IFMT == S_IFDIR { throw SystemError("open", path, code: EISDIR) }
      bytes.reserveCapacity(Int(status.st_size))
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unistdRead(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("read", path) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: buffer[0..<count])
    }
  }

  /// The beginning and the end of a file that others may have made long, with what is between them left out.
  package static func readEnds(_ path: String, each length: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    func piece(_ offset: off_t, _ length: Int) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, length, offset))
      }
    }
    guard end > 2 * off_t(length) else { return piece(0, 2 * length) }
    return piece(0, length) + [UInt8(ascii: "\n")] + piece(end - off_t(length), length)
  }

  /// The beginning and the end of a part of a file; no end where the part is short enough to be read whole.
  package static func readEnds(
    _ path: String, in range: Range<Int>, each length: Int
  ) throws(SystemError) -> (head: [UInt8], tail: [UInt8]?) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    func piece(_ offset: Int, _ length: Int) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, length, off_t(offset)))
      }
    }
    guard range.count > 2 * length else { return (piece(range.lowerBound, range.count), nil) }
    return (piece(range.lowerBound, length), piece(range.upperBound - length, length))
  }

  /// Writes a new or emptied file with the given permission bits.
  package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(SystemError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, path: path)
  }

  /// Writes everything to an open descriptor, over as many calls as it takes.
  package static func write(_ bytes: [UInt8], to descriptor: Int32, path: String = "") throws(SystemError) {
    try write(bytes[...], to: descriptor, path: path)
  }

  package static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String = "") throws(SystemError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { unistdWrite(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("write", path) }
      offset += count
    }
  }

  /// What `stat` says, or nothing when the path cannot be looked at.
  package static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  package static func exists(_ path: String) -> Bool { status(path) != nil }

  package static func isFolder(_ path: String) -> Bool { (status(path)?.st_mode).map { $0 & S_IFMT == S_IFDIR } ?? false }

  package static func isExecutable(_ path: String) -> Bool { !isFolder(path) && access(path, X_OK) == 0 }

  /// Makes the folders that a path needs, as far as they are missing.
  package static func createFolders(above path: String) throws(SystemError) {
    // Bytes: a slash and a combining mark behind it are one character.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if isFolder(folder) { return }
    try createFolders(above: folder)
    if mkdir(folder, 0o777) != 0 && errno != EEXIST { throw SystemError("mkdir", folder) }
  }

  /// The names of what is in a folder, in no order; none when it cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// The folder that the process works in.
  package static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}

// `read` and `write` are also the names of File's own functions, which would be found first.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(descriptor, buffer, count) }
private func unistdWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(descriptor, buffer, count) }
