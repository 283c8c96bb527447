import Runner

/// Where the cache is, and whether it may be trusted: what lies in it is run.
enum CacheFolder {
  /// Counts up when the layout changes, so that old and new launchers can share the folder.
  private static let layout = "v1"

  static func open() throws(LauncherError) -> Cache {
    guard let folder = chosen else {
      return try temporary(notice: "note: HOME is not set; compiled Deployfiles are kept in \(temporaryFolder)\n")
    }
    try check(folder, File.status(folder))
    return Cache(folder: Path.join(folder, layout), notice: nil)
  }

  /// A cache for when the chosen one cannot be written; nothing when it is the same one.
  static func fallback(insteadOf folder: String, because error: SystemError) throws(LauncherError) -> Cache? {
    guard Path.parent(folder) != temporaryFolder else { return nil }
    return try temporary(
      notice: "note: cannot write \(error.path) (\(error.reason)); compiled Deployfiles are kept in \(temporaryFolder)\n")
  }

  private static var chosen: String? {
    if let folder = Variable["PUSHBUTTON_CACHE_DIR"] { return Path.join(File.workingFolder, folder) }
    // The XDG rules: a path that is not absolute is ignored.
    if let folder = Variable["XDG_CACHE_HOME"], folder.hasPrefix("/") { return Path.join(folder, "pushbutton") }
    guard let home = Variable["HOME"], home.hasPrefix("/") else { return nil }
    #if canImport(Darwin)
      return Path.join(home, "Library/Caches/pushbutton")
    #else
      return Path.join(home, ".cache/pushbutton")
    #endif
  }

  /// The same from run to run, so that a job without a home folder compiles once and leaves one folder behind.
  private static var temporaryFolder: String { Path.join(Variable["TMPDIR"] ?? "/tmp", "pushbutton-\(geteuid())") }

  private static func temporary(notice: String) throws(LauncherError) -> Cache {
    // Others can make files where temporary files go: one of theirs under our name must not pass for ours, nor a link.
    var status = stat()
    try check(temporaryFolder, lstat(temporaryFolder, &status) == 0 ? status : nil)
    return Cache(folder: Path.join(temporaryFolder, layout), notice: notice)
  }

  /// A folder that does not exist yet will be made, for the user alone.
  private static func check(_ folder: String, _ status: stat?) throws(LauncherError) {
    guard let status else { return }
    if status.st_mode & S_IFMT != S_IFDIR { throw .unsafeCache(folder, .notAFolder) }
    // The administrator can put anything anywhere; to distrust that would only keep out prebuilt caches.
    if status.st_uid != geteuid() && status.st_uid != 0 { throw .unsafeCache(folder, .ownedByAnother) }
    if status.st_mode & 0o022 != 0 { throw .unsafeCache(folder, .writableByOthers) }
  }
}
