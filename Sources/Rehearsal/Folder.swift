import Runner

/// Folders of tests, and of what is played in them.
enum Folder {
  /// The nearest folder upwards from a file that holds a Deployfile, or the file's own.
  static func withDeployfile(above file: String) -> String {
    let own = parent(of: file)
    var folder = own
    while folder.utf8.count > 1 {
      if File.exists("\(folder)/Deployfile.swift") { return folder }
      folder = parent(of: folder)
    }
    return own
  }

  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Removes what is in a folder; links are removed, and not followed.
  static func empty(_ folder: String) {
    for name in File.names(in: folder) {
      let path = "\(folder)/\(name)"
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        empty(path)
        rmdir(path)
      } else {
        unlink(path)
      }
    }
  }
}
