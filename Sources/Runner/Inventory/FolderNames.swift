/// What stands in a folder.
enum FolderNames {
  /// The names in a folder, sorted by their bytes as Python does, without `.` and `..`.
  static func read(_ path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else { throw SystemError("opendir", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Parts of paths, as text.
enum PathText {
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last extension with its dot, or nothing.
  static func fileExtension(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return "" }
    return String(name[dot...])
  }

  static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : folder == "." || folder.isEmpty ? path : folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }
}
