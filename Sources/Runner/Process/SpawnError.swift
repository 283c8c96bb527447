/// A program that could not be started, and why.
package struct SpawnError: Error, Equatable {
  package enum Cause: Sendable {
    case notFound
    case notExecutable
    /// The folder that it should have started in is missing or closed to us.
    case folder
    /// We have too many files open.
    case descriptors
    /// An empty command, or an argument with a zero byte, which no program can be given.
    case arguments
    /// Anything else: see `code`.
    case system
  }

  package var program: String
  package var folder: String?
  package var cause: Cause
  package var code: Int32

  /// What the C library says of the code.
  package var reason: String { String(cString: strerror(code)) }

  init(_ start: ChildStart, code: Int32) {
    self.init(start, Self.cause(of: code, start), code: code)
  }

  init(_ start: ChildStart, _ cause: Cause, code: Int32) {
    program = start.argv.first ?? ""
    folder = start.folder
    self.cause = cause
    self.code = code
  }

  private static func cause(of code: Int32, _ start: ChildStart) -> Cause {
    // The same codes come from changing to the folder and from the program itself.
    if [ENOENT, ENOTDIR, EACCES, ENOSYS].contains(code), let folder = start.folder, access(folder, X_OK) != 0 || !File.isFolder(folder) {
      return .folder
    }
    switch code {
    case ENOENT, ENOTDIR: return .notFound
    case EACCES, ENOEXEC, EPERM, EISDIR: return .notExecutable
    case EMFILE, ENFILE: return .descriptors
    case E2BIG, EINVAL: return .arguments
    default: return .system
    }
  }
}
