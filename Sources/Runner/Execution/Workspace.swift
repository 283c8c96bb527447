/// A private folder for what one run needs on disk, removed at its end.
@Engine package final class Workspace {
  package enum Problem: Error, Equatable {
    case system(SystemError)
    /// Everybody may replace what others have put into this folder.
    case openToAll(String)
  }

  package let path: String
  private var nextFile = 1

  /// Makes the folder below `TMPDIR`, or below `/tmp`.
  package init() throws(Problem) {
    var parent = ProcessEnvironment.value("TMPDIR") ?? ""
    if parent.isEmpty { parent = "/tmp" }
    // Programs that start in another folder are given names in it.
    if !parent.hasPrefix("/") { parent = "\(File.workingFolder)/\(parent)" }
    if let mode = File.status(parent)?.st_mode, mode & S_IWOTH != 0, mode & S_ISVTX == 0 { throw .openToAll(parent) }
    var template = Array("\(parent)/pushbutton-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .system(SystemError("mkdtemp", parent)) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A name for a new file.
  package func file(_ kind: String) -> String {
    defer { nextFile += 1 }
    return "\(path)/\(nextFile).\(kind)"
  }

  package func remove() {
    for name in File.names(in: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
