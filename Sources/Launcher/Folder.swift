import Runner

/// Folders on disk.
enum Folder {
  /// What is in a folder, in no order; nothing when it does not exist.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes a folder for the user alone, and those above it.
  static func make(_ path: String) throws(SystemError) {
    if mkdir(path, 0o700) == 0 || (errno == EEXIST && File.isFolder(path)) { return }
    guard errno == ENOENT, Path.parent(path) != path else { throw SystemError("mkdir", path) }
    try make(Path.parent(path))
    guard mkdir(path, 0o700) == 0 || (errno == EEXIST && File.isFolder(path)) else { throw SystemError("mkdir", path) }
  }

  /// Makes a folder for temporary files; nothing where none can be made.
  static func temporary() -> String? {
    var template = Array(Path.join(Variable["TMPDIR"] ?? "/tmp", "pushbutton-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes a file, or a folder with all that is in it; what cannot be removed stays.
  static func remove(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in names(in: path) { remove(Path.join(path, name)) }
    rmdir(path)
  }
}
