import Runner

/// Why no program could be started, as facts; `LauncherFailure.swift` words them.
enum LauncherError: Error {
  case usage(UsageError)
  case noDeployfile(searched: [String])
  case fileOptionWithoutPath
  case noSuchFile(String)
  case notSwift(String)
  case unreadable(SystemError)
  case unsafeFile(FileTrust.Problem)
  case keepsChanging(Location)

  case noLibrary(probed: [String])
  case noCompiler(Form)
  case noSuchCompiler(String)
  case cannotRun(SystemError)
  case compilerDoesNotRun(String, said: String)
  case compilerEnded(Int32)
  case otherCompiler(of: Library, built: String, found: Identity)
  case noRuntime(Identity)
  case noStaticRuntime(Identity, String)
  case didNotCompile(Location, by: Identity, Diagnosis)

  case unsafeCache(String, Reason)
  case cacheUnusable(SystemError)

  case cannotBuild(String, BuiltFile.Obstacle)
  case cannotWrite(SystemError)
  case notSettings(String)
  case notConfirmed(String)

  case doesNotStart(SystemError)
  case interrupted(Int32)

  /// What is wrong with a folder whose content is about to be run.
  enum Reason {
    case notAFolder
    case ownedByAnother
    case writableByOthers
  }
}
