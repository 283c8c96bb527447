import Runner

/// The signals that end a program, held back while a compiler runs so that it can be ended first.
struct HeldSignals {
  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  /// Those that would end us: `nohup` and shells in the background have some ignored, which must stay so.
  private let held: [Int32]
  private let before: sigset_t

  static func hold() -> HeldSignals {
    let held = ending.filter { !Platform.isIgnored($0) }
    var set = sigset_t()
    sigemptyset(&set)
    for signal in held { sigaddset(&set, signal) }
    var before = sigset_t()
    sigprocmask(SIG_BLOCK, &set, &before)
    return HeldSignals(held: held, before: before)
  }

  /// One that has come in meanwhile.
  var pending: Int32? {
    var set = sigset_t()
    sigpending(&set)
    return held.first { sigismember(&set, $0) == 1 }
  }

  /// Lets them through again; one that has come in takes effect here.
  func release() {
    var before = before
    sigprocmask(SIG_SETMASK, &before, nil)
  }

  /// Ends this process the way the signal would have.
  static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    sigprocmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), number)
    exit(128 + number)
  }
}
