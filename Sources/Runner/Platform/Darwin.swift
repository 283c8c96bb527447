#if canImport(Darwin)
  import Darwin

  // What macOS does in its own way. Linux.swift beside it has the same members.
  package enum Platform {
    typealias SpawnActions = posix_spawn_file_actions_t?
    typealias SpawnAttributes = posix_spawnattr_t?

    static func emptySpawnActions() -> SpawnActions { nil }
    static func emptySpawnAttributes() -> SpawnAttributes { nil }

    /// What opens a file as a double click does.
    static let opener = "open"

    static let spawnFlags: Int32 = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT
    static let spawnInNewSession: Int32 = POSIX_SPAWN_SETSID

    /// What a static program was linked with: there are none here.
    static var linked: [String: UInt] {
      get { [:] }
      set {}
    }

    /// Makes the child start in a folder; returns an error number.
    static func addFolder(_ path: String, to actions: inout SpawnActions) -> Int32 {
      posix_spawn_file_actions_addchdir_np(&actions, path)
    }

    /// CLOEXEC_DEFAULT closes everything, so the three standard descriptors are kept by name.
    static func addCloseOthers(to actions: inout SpawnActions) {
      for descriptor: Int32 in 0...2 { posix_spawn_file_actions_addinherit_np(&actions, descriptor) }
    }

    package static func makePipe(_ ends: inout [Int32]) -> Int32 {
      // Without pipe2 another thread's fork could take the ends along; CLOEXEC_DEFAULT covers our own children.
      guard pipe(&ends) == 0 else { return -1 }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return 0
    }

    /// Overwrites what nobody shall find in memory, however sure the compiler is that nobody looks.
    static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
      guard let base = bytes.baseAddress else { return }
      _ = memset_s(base, bytes.count, 0, bytes.count)
    }

    static func setHandler(_ handler: @escaping @convention(c) (Int32) -> Void, for signal: Int32) {
      var action = sigaction()
      action.__sigaction_u.__sa_handler = handler
      action.sa_flags = SA_RESTART
      sigaction(signal, &action, nil)
    }

    package static func isIgnored(_ signal: Int32) -> Bool {
      var action = sigaction()
      guard sigaction(signal, nil, &action) == 0 else { return false }
      // SIG_IGN is the address 1, which can be compared only as a number.
      return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    }

    /// Columns and rows of a terminal; nothing where it does not tell.
    static func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
      var size = winsize()
      guard ioctl(descriptor, TIOCGWINSZ, &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
      return (Int(size.ws_col), Int(size.ws_row))
    }

    static func descriptorLimit() -> rlimit {
      var limit = rlimit()
      getrlimit(RLIMIT_NOFILE, &limit)
      return limit
    }

    static func setDescriptorLimit(_ limit: rlimit) -> Bool {
      var limit = limit
      // macOS reports an unlimited hard limit, yet takes no soft limit above OPEN_MAX.
      limit.rlim_cur = min(limit.rlim_cur, rlim_t(OPEN_MAX))
      return setrlimit(RLIMIT_NOFILE, &limit) == 0
    }

    /// What tells one start of the machine from another.
    package static var boot: String {
      var text = [CChar](repeating: 0, count: 64)
      var size = text.count - 1
      guard sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 else { return "" }
      return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Locks an open file for this process and those that it may not inherit to; `false` when somebody else has it.
    package static func lock(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// From now on a crash leaves no image of our memory, nor of that of the programs we start.
    static func refuseCoreDumps() {
      var limit = rlimit()
      guard getrlimit(RLIMIT_CORE, &limit) == 0 else { return }
      limit.rlim_cur = 0
      setrlimit(RLIMIT_CORE, &limit)
    }

    /// Starts a detached thread; returns an error number.
    static func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
      var thread: pthread_t?
      let body = Unmanaged.passRetained(ThreadBody(body))
      let code = pthread_create(
        &thread, nil,
        { context in
          Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
          return nil
        }, body.toOpaque())
      if code != 0 { body.release() }
      if code == 0, let thread { pthread_detach(thread) }
      return code
    }

    static var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { _NSGetEnviron().pointee }
  }
#endif
