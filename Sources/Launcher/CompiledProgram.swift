import Runner

/// A compiled Deployfile.
struct CompiledProgram {
  let path: String

  /// Becomes the program: same process, terminal, arguments and exit status.
  ///
  /// Returns only by failing.
  func start(at location: Location) throws(LauncherError) {
    setenv("PUSHBUTTON_ROOT", location.folder, 1)
    setenv("PUSHBUTTON_DEPLOYFILE", location.path, 1)
    for _ in 1...50 {
      execv(path, CommandLine.unsafeArgv)
      // "Text file busy": some other process was forked while the linker had the file open, and still has it for a moment.
      guard errno == ETXTBSY else { break }
      usleep(5_000)
    }
    throw .doesNotStart(SystemError("exec", path))
  }
}
