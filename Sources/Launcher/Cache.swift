import Runner

/// The folder of compiled Deployfiles.
///
///     programs/KEY/run      a compiled Deployfile; its time of change is the day it was last used
///     compilers/STAMP       which compiler a stamp stands for; `last` is the one used last
///     modules/              C modules, as the compiler keeps them
///     locks/                one file for each key that is being compiled
///     tmp/                  work in progress
struct Cache {
  let folder: String
  /// What to tell before compiling into a folder that the user did not choose.
  let notice: String?

  var programs: String { Path.join(folder, "programs") }
  var modules: String { Path.join(folder, "modules") }
  var tmp: String { Path.join(folder, "tmp") }
  private var compilers: String { Path.join(folder, "compilers") }
  private var locks: String { Path.join(folder, "locks") }

  /// Lock files are never removed, since a process may be waiting on one; few names keep them few.
  func lock(_ key: String) -> String { Path.join(locks, "\(key.prefix(2)).lock") }

  func program(_ key: String) -> CompiledProgram? {
    let path = Path.join(programs, "\(key)/run")
    guard let status = File.status(path) else { return nil }
    if status.modified.tv_sec < time(nil) - 86_400 { utimes(path, nil) }
    return CompiledProgram(path: path)
  }

  func identity(of toolchain: Toolchain) -> Identity? { identity(named: name(of: toolchain)) }

  var lastIdentity: Identity? { identity(named: "last") }

  func remember(_ identity: Identity, of toolchain: Toolchain) throws(LauncherError) {
    for name in [name(of: toolchain), "last"] {
      try replace(Path.join(compilers, name), with: Array(identity.text.utf8))
    }
  }

  /// Moves a finished program in; from here on others see it, whole.
  func keep(_ output: String, as key: String) throws(LauncherError) -> CompiledProgram {
    let program = CompiledProgram(path: Path.join(programs, "\(key)/run"))
    do {
      try Folder.make(Path.parent(program.path))
    } catch {
      throw .cacheUnusable(error)
    }
    guard rename(output, program.path) == 0 else { throw .cacheUnusable(SystemError("rename", program.path)) }
    return program
  }

  /// This cache with its folders made, or the one beside the temporary files when it cannot be written.
  func writable() throws(LauncherError) -> Cache {
    do {
      try makeFolders()
      return self
    } catch {
      guard let other = try CacheFolder.fallback(insteadOf: folder, because: error) else { throw .cacheUnusable(error) }
      do {
        try other.makeFolders()
      } catch {
        throw .cacheUnusable(error)
      }
      return other
    }
  }

  private func makeFolders() throws(SystemError) {
    for folder in [programs, compilers, modules, locks, tmp] {
      try Folder.make(folder)
      guard access(folder, W_OK) == 0 else { throw SystemError("open", folder) }
    }
  }

  private func name(of toolchain: Toolchain) -> String {
    var list = LengthPrefixed()
    for stamp in toolchain.stamps { list.add(stamp) }
    return String(list.digest().prefix(32))
  }

  private func identity(named name: String) -> Identity? {
    guard let bytes = try? File.read(Path.join(compilers, name)) else { return nil }
    return Identity(text: String(decoding: bytes, as: UTF8.self))
  }

  private func replace(_ path: String, with bytes: [UInt8]) throws(LauncherError) {
    let new = "\(path).\(getpid())"
    do {
      try File.write(bytes, to: new, mode: 0o600)
    } catch {
      throw .cacheUnusable(error)
    }
    guard rename(new, path) == 0 else { throw .cacheUnusable(SystemError("rename", path)) }
  }
}
