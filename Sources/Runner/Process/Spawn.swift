/// Starting a program with posix_spawn, which reports a failed exec as a return code and is safe among threads.
package enum Spawn {
  /// The descriptors that become a child's standard input, output and error; nothing where it shares ours.
  package struct Standard {
    var input: Int32?
    var output: Int32?
    var error: Int32?

    package init(input: Int32? = nil, output: Int32? = nil, error: Int32? = nil) {
      self.input = input
      self.output = output
      self.error = error
    }
  }

  package static func run(_ start: ChildStart, _ standard: Standard) throws(SpawnError) -> pid_t {
    guard let program = start.argv.first, !program.isEmpty, !contains0(start.argv), !contains0(start.environment ?? []) else {
      throw SpawnError(start, .arguments, code: EINVAL)
    }
    var actions = Platform.emptySpawnActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = Platform.emptySpawnAttributes()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }

    for (target, source) in [(0, standard.input), (1, standard.output), (2, standard.error)] {
      if let source { posix_spawn_file_actions_adddup2(&actions, source, Int32(target)) }
    }
    if let folder = start.folder {
      let code = Platform.addFolder(folder, to: &actions)
      if code != 0 { throw SpawnError(start, code == ENOSYS ? .folder : .system, code: code) }
    }
    Platform.addCloseOthers(to: &actions)
    setSignals(&attributes, flags: Platform.spawnFlags | (start.group == .newSession ? Platform.spawnInNewSession : 0))

    let argv = CStrings(start.argv)
    let environment = start.environment.map { CStrings($0) }
    var process: pid_t = 0
    // Looked up here: the C library would try to start it in every folder of PATH.
    let path = SystemProgram.find(program).flatMap { $0.hasPrefix("/") ? $0 : nil } ?? program
    let code = posix_spawnp(&process, path, &actions, &attributes, argv.pointers, environment?.pointers ?? Platform.environmentBlock)
    guard code == 0 else { throw SpawnError(start, code: code) }
    return process
  }

  /// A child starts with nothing blocked and nothing ignored, whatever we were started with or do ourselves.
  private static func setSignals(_ attributes: inout Platform.SpawnAttributes, flags: Int32) {
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    // These two can't be set, and some C libraries refuse the attempt.
    sigdelset(&all, SIGKILL)
    sigdelset(&all, SIGSTOP)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  // C would silently cut the text there.
  private static func contains0(_ texts: [String]) -> Bool { texts.contains { $0.utf8.contains(0) } }
}

/// Texts in the form of argv, for as long as it lives.
final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    pointers = .allocate(capacity: count + 1)
    for (index, text) in texts.enumerated() { (pointers + index).initialize(to: strdup(text)) }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
