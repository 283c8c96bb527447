import Runner

/// Starts a child in a folder, with its output in a pipe.
struct Spawn {
  let path: String
  let arguments: [String]
  let folder: String
  let scratch: String?

  func start() throws(LauncherError) -> (process: pid_t, output: Int32) {
    let pipe = try makePipe()
    defer { close(pipe.write) }
    do {
      return (try inFolder { () throws(LauncherError) in try spawn(writingTo: pipe.write) }, pipe.read)
    } catch {
      close(pipe.read)
      throw error
    }
  }

  private func spawn(writingTo output: Int32) throws(LauncherError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)

    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    var process: pid_t = 0
    var argv = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = environmentWithScratch().map { strdup($0) } + [nil]
    defer { for text in argv + variables { free(text) } }
    let code = posix_spawn(&process, path, &actions, &attributes, &argv, &variables)
    guard code == 0 else { throw .cannotRun(SystemError("run", path, code: code)) }
    return process
  }

  /// Ours, with `TMPDIR` set, so that nothing is left behind when the child is killed.
  private func environmentWithScratch() -> [String] {
    let variables = Environment.all
    guard let scratch else { return variables }
    return variables.filter { !$0.hasPrefix("TMPDIR=") } + ["TMPDIR=\(scratch)"]
  }

  /// Not every C library can start a child in another folder, but we are alone in this process.
  private func inFolder(_ body: () throws(LauncherError) -> pid_t) throws(LauncherError) -> pid_t {
    let here = open(".", O_RDONLY | O_CLOEXEC)
    guard here >= 0 else { throw .unreadable(SystemError("open", File.workingFolder)) }
    defer {
      fchdir(here)
      close(here)
    }
    guard chdir(folder) == 0 else { throw .unreadable(SystemError("chdir", folder)) }
    return try body()
  }

  /// Above the three standard descriptors even when one of those was closed, or the child would lose it.
  private func makePipe() throws(LauncherError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .cannotRun(SystemError("pipe", path)) }
    let high = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    for end in ends { close(end) }
    return (high[0], high[1])
  }
}
