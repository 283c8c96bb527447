/// A private folder for what one run needs on disk, removed at its end.
@Engine package final class Workspace {
  package let path: String
  private var nextFile = 1

  package init() throws(SystemError) {
    let parent = ProcessEnvironment.value("TMPDIR") ?? "/tmp"
    var template = Array("\(parent)/pushbutton-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", parent) }
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
