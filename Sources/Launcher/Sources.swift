import Runner

/// What the compiler will be given: the Deployfile and the Swift files in the folder beside it.
struct Sources {
  /// One file, named relative to the Deployfile's folder.
  struct Source {
    let name: String
    let bytes: [UInt8]
  }

  /// The Deployfile, then the others by name.
  let files: [Source]

  /// Tells these from every other state of them.
  var digest: String {
    var list = LengthPrefixed()
    for file in files {
      list.add(file.name)
      list.add(file.bytes)
    }
    return list.digest()
  }

  static func read(_ location: Location) throws(LauncherError) -> Sources {
    let beside = try beside(location)
    var files: [Source] = []
    for name in [location.name] + beside {
      let path = Path.join(location.folder, name)
      try check(path, location)
      do {
        files.append(Source(name: name, bytes: try File.read(path)))
      } catch {
        throw .unreadable(error)
      }
    }
    return Sources(files: files)
  }

  /// It will be run: nobody else may have written it.
  private static func check(_ path: String, _ location: Location) throws(LauncherError) {
    do { try location.trust.check(path) } catch { throw .unsafeFile(error) }
  }

  private static func beside(_ location: Location) throws(LauncherError) -> [String] {
    // Also where no file is in it: somebody could add one.
    try check(Path.join(location.folder, location.folderBeside), location)
    // Editors leave hidden files beside the one being edited (`.#Web.swift`), sometimes as links to nowhere.
    return Folder.names(in: Path.join(location.folder, location.folderBeside))
      .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }
      .map { Path.join(location.folderBeside, $0) }
      .filter { Path.isFile(Path.join(location.folder, $0)) }
      .sorted()
  }
}
