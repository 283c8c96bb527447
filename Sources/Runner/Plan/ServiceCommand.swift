import Tasks

extension Service {
  /// What does the action on a host, and how people read it; nothing when the service cannot do it.
  func command(for action: ServiceAction) -> (run: Command, shown: Command?)? {
    switch kind {
    case .unit(let name):
      return ("systemctl \(raw: action.rawValue) -- \(raw: name.word)", nil)
    case .command(let command):
      return (command, nil)
    case .signal(let signal, let pidfile):
      guard action != .start else { return nil }
      let name = signal.rawValue.uppercased()
      return (signalling(name, pidfile.path), "signal \(raw: name) to the process in \(raw: pidfile.plain)")
    }
  }

  /// A pid file that holds anything but one number above 1 would let `kill` hit a group, or everything.
  private func signalling(_ signal: String, _ pidfile: Command) -> Command {
    """
    pid=$(cat -- \(raw: pidfile)) || exit
    case $pid in
      '' | 0 | 1 | *[!0-9]*) printf 'the pid file %s holds no process number: "%s"\\n' \(raw: pidfile) "$pid" >&2; exit 1 ;;
    esac
    kill -s \(raw: signal) "$pid"
    """
  }
}
