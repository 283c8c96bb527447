/// What the engine does to file descriptors.
enum Descriptor {
  /// Both ends of a pipe, close-on-exec.
  struct Pipe {
    var reading: Int32
    var writing: Int32

    init() throws(SystemError) {
      var ends: [Int32] = [-1, -1]
      guard Platform.makePipe(&ends) == 0 else { throw SystemError("pipe") }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  static func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// Opens /dev/null where standard input, output or error is closed, so that no pipe of ours lands there.
  static func fillStandard() {
    // open() takes the lowest free number, which is the one just found closed.
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
  }

  /// Keeps what our parent left open from reaching our children.
  static func closeInheritedOnExec() {
    for descriptor in opened() where descriptor > 2 {
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
    }
  }

  /// Room for many children: three descriptors each, and the usual soft limit is 1024.
  static func raiseLimit(to wanted: rlim_t = 16384) {
    var limit = Platform.descriptorLimit()
    guard limit.rlim_cur < wanted, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = Platform.setDescriptorLimit(limit)
  }

  /// How many hosts at once the limit of open files allows: three pipes each, one to spare, and some for ourselves.
  static var sessionLimit: Int { max(1, (limit - 24 - keptLogs) / 4) }

  /// How many logs of hosts may stay open.
  static var keptLogs: Int { min(256, limit / 16) }

  /// How many files may be open at once.
  static var limit: Int { Int(clamping: Platform.descriptorLimit().rlim_cur) }

  /// The numbers of all open descriptors.
  static func opened() -> [Int32] {
    // Without /dev (a bare chroot) the numbers that anyone is likely to have used must do.
    guard let folder = opendir("/dev/fd") else { return (0..<1024).filter { fcntl($0, F_GETFD) >= 0 } }
    defer { closedir(folder) }
    var found: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let number = Int32(name) { found.append(number) }
    }
    return found
  }
}
