import Runner

/// The file that `--build` makes: not there, or whole.
struct BuiltFile {
  /// Why a program cannot take the place of what is there.
  enum Obstacle {
    case folder
    case notAFile
    case notAProgram
    case noFolder(String)
  }

  let path: String

  /// Looks before anything is compiled; an older program may be there, and nothing else.
  init(_ path: String) throws(LauncherError) {
    self.path = path
    if path.hasSuffix("/") { throw .cannotBuild(path, .folder) }
    let folder = Path.parent(path)
    guard File.isFolder(folder) else { throw .cannotBuild(path, .noFolder(folder)) }
    guard access(folder, W_OK | X_OK) == 0 else { throw .cannotWrite(SystemError("open", folder)) }
    guard let status = File.status(path) else { return }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .cannotBuild(path, .folder)
    // A Deployfile whose name was typed by mistake, an inventory, a key: whatever it is, nobody meant to lose it.
    case S_IFREG: if status.st_size > 0, status.st_mode & 0o111 == 0 || !Self.isMachineCode(path) { throw .cannotBuild(path, .notAProgram) }
    default: throw .cannotBuild(path, .notAFile)
    }
  }

  /// ELF or Mach-O: a script is somebody's text, and some file systems let every file be started.
  private static func isMachineCode(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: 4)
    guard read(descriptor, &head, 4) == 4 else { return false }
    return [[0x7F, 0x45, 0x4C, 0x46], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE]].contains(head)
  }

  /// Puts a program there, and says so.
  func put(_ program: CompiledProgram, from location: Location) throws(LauncherError) {
    let bytes: [UInt8]
    do throws(SystemError) { bytes = try File.read(program.path) } catch { throw .unreadable(error) }
    try WholeFile.put(bytes, at: Path.real(path) ?? path, mode: 0o755)
    let size = (bytes.count + 1 << 19) >> 20
    Notice.tell("built \(path) from \(location.path): \(size) MB, needs ssh and no Swift\n")
  }
}
