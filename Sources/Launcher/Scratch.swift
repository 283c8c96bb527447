import Runner

/// A folder for one compilation: the stub, the compiler's own temporary files, the program until it is whole.
struct Scratch {
  let folder: String

  var stub: String { Path.join(folder, Stub.name) }
  var output: String { Path.join(folder, "run") }

  init(in cache: Cache, stub text: String) throws(LauncherError) {
    let path = Path.join(cache.tmp, "\(getpid()).\(UInt32.random(in: 0 ... .max))")
    do {
      try Folder.make(path)
      // The compiler tidies the paths that it names, and what it says of the stub must be known again.
      folder = Path.real(path) ?? path
      try File.write(Array(text.utf8), to: stub, mode: 0o600)
    } catch {
      throw .cacheUnusable(error)
    }
  }

  func remove() { Folder.remove(folder) }
}
