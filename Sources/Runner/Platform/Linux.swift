#if os(Linux)
  import Synchronization

  #if canImport(Glibc)
    @preconcurrency import Glibc
  #elseif canImport(Musl)
    @preconcurrency import Musl
  #endif

  // What Linux does in its own way. Darwin.swift beside it has the same members.
  package enum Platform {
    typealias SpawnActions = posix_spawn_file_actions_t
    typealias SpawnAttributes = posix_spawnattr_t

    static func emptySpawnActions() -> SpawnActions { SpawnActions() }
    static func emptySpawnAttributes() -> SpawnAttributes { SpawnAttributes() }

    /// What opens a file as a double click does.
    static let opener = "xdg-open"

    static let spawnFlags: Int32 = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    // glibc hides POSIX_SPAWN_SETSID behind _GNU_SOURCE; the value is ABI.
    static let spawnInNewSession: Int32 = 0x80

    /// Makes the child start in a folder; returns an error number.
    static func addFolder(_ path: String, to actions: inout SpawnActions) -> Int32 {
      guard let addchdir else { return ENOSYS }
      return addchdir(&actions, path)
    }

    /// Closes in the child whatever others in this process opened without close-on-exec, where the C library can.
    static func addCloseOthers(to actions: inout SpawnActions) {
      _ = addclosefrom?(&actions, 3)
    }

    package static func makePipe(_ ends: inout [Int32]) -> Int32 {
      if let pipe2 { return pipe2(&ends, O_CLOEXEC) }
      guard pipe(&ends) == 0 else { return -1 }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return 0
    }

    /// Overwrites what nobody shall find in memory, however sure the compiler is that nobody looks.
    static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
      guard let base = bytes.baseAddress else { return }
      explicit_bzero(base, bytes.count)
    }

    static func setHandler(_ handler: @escaping @convention(c) (Int32) -> Void, for signal: Int32) {
      var action = sigaction()
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = handler
      #else
        action.__sa_handler.sa_handler = handler
      #endif
      action.sa_flags = SA_RESTART
      sigaction(signal, &action, nil)
    }

    package static func isIgnored(_ signal: Int32) -> Bool {
      var action = sigaction()
      guard sigaction(signal, nil, &action) == 0 else { return false }
      // SIG_IGN is the address 1, which can be compared only as a number.
      #if canImport(Glibc)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
      #else
        return unsafeBitCast(action.__sa_handler.sa_handler, to: Int.self) == 1
      #endif
    }

    /// Columns and rows of a terminal; nothing where it does not tell.
    static func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
      var size = winsize()
      guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
      return (Int(size.ws_col), Int(size.ws_row))
    }

    static func descriptorLimit() -> rlimit {
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      return limit
    }

    static func setDescriptorLimit(_ limit: rlimit) -> Bool {
      var limit = limit
      return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
    }

    /// What tells one start of the machine from another.
    package static var boot: String {
      String(decoding: (try? File.read("/proc/sys/kernel/random/boot_id")) ?? [], as: UTF8.self)
    }

    /// Locks an open file for this process and those that it may not inherit to; `false` when somebody else has it.
    package static func lock(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// From now on a crash leaves no image of our memory, nor of that of the programs we start.
    static func refuseCoreDumps() {
      let core = __rlimit_resource_t(RLIMIT_CORE.rawValue)
      var limit = rlimit()
      guard getrlimit(core, &limit) == 0 else { return }
      limit.rlim_cur = 0
      setrlimit(core, &limit)
    }

    /// Starts a detached thread; returns an error number.
    static func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
      var thread = pthread_t()
      let body = Unmanaged.passRetained(ThreadBody(body))
      let code = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
          return nil
        }, body.toOpaque())
      if code != 0 { body.release() }
      if code == 0 { pthread_detach(thread) }
      return code
    }

    static var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { environ }

    private static let functions = Mutex<[String: UInt]>([:])

    /// What a static program was linked with, by name; to be set before anything else here is used.
    static var linked: [String: UInt] {
      get { functions.withLock { $0 } }
      set { functions.withLock { $0 = newValue } }
    }

    private static func find(_ name: String) -> UnsafeMutableRawPointer? {
      linked[name].flatMap { UnsafeMutableRawPointer(bitPattern: $0) } ?? dlsym(nil, name)
    }

    // GNU functions that the Glibc module hides: looked up once at run time, which also finds out what this system has.
    private typealias AddFolder = @convention(c) @Sendable (UnsafeMutablePointer<SpawnActions>, UnsafePointer<CChar>) -> Int32
    private static let addchdir = unsafeBitCast(find("posix_spawn_file_actions_addchdir_np"), to: AddFolder?.self)
    private typealias AddCloseFrom = @convention(c) @Sendable (UnsafeMutablePointer<SpawnActions>, Int32) -> Int32
    private static let addclosefrom = unsafeBitCast(find("posix_spawn_file_actions_addclosefrom_np"), to: AddCloseFrom?.self)
    private typealias MakePipe = @convention(c) @Sendable (UnsafeMutablePointer<Int32>, Int32) -> Int32
    private static let pipe2 = unsafeBitCast(find("pipe2"), to: MakePipe?.self)
  }
#endif
