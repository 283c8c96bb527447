import Tasks

extension Service {
  /// What does the action on a host, and how people read it; nothing when the service cannot do it.
  func command(for action: ServiceAction) -> (run: Command, shown: Command?)? {
    switch kind {
    case .unit(let name, let stable, let limit):
      let watching: Command =
        action == .stop
        ? Self.stopping(within: limit.wholeSeconds) : Self.watching(stableFor: stable.wholeSeconds, within: limit.wholeSeconds)
      let end = action == .stop ? "until it is inactive" : "then active for \(stable.text) without a restart"
      return (
        "unit=\(raw: name.word)\n\(raw: Self.acting(action))\n\(raw: watching)",
        Command(
          fragments: [.text("systemctl ")]
            + ("\(raw: action.rawValue) -- \(raw: name.word), \(raw: end), within \(raw: limit.text)" as Command).fragments)
      )
    case .command(let command):
      return (command, nil)
    case .signal(let signal, let pidfile, let program, let limit):
      guard action != .start else { return nil }
      let name = signal.rawValue.uppercased()
      let waits = action == .stop && signal.ends
      let what: Command = program.map { "to \(raw: $0.plain), the process in" } ?? "to the process in"
      return (
        """
        file=\(raw: pidfile.path) program=\(raw: program?.word ?? "''")
        \(raw: ProcessCommand.finding)
        kill -s \(raw: name) "$pid" || exit
        \(raw: waits ? ProcessCommand.waiting(after: name, seconds: limit.wholeSeconds) : "")
        """,
        "signal \(raw: name) \(raw: what) \(raw: pidfile.plain)\(raw: waits ? ", until it is gone, within \(limit.text)" : "")"
      )
    }
  }

  private static func acting(_ action: ServiceAction) -> Command {
    let done = action == .stop ? "stopped" : "\(action.rawValue)ed"
    return """
      fail() {
        printf '%s %s\\n' "$unit" "$1" >&2
        lines=$(journalctl --unit "$unit" -n 20 --no-pager 2>/dev/null)
        if [ "$lines" ]; then printf '%s\\n' "$lines" >&2; fi
        exit "${2:-1}"
      }
      look() {
        active='' sub='' main='' restarts='' result='' type=''
        for pair in $(systemctl show -p ActiveState,SubState,MainPID,NRestarts,Result,Type -- "$unit" 2>/dev/null); do
          case $pair in
            (ActiveState=*) active=${pair#*=} ;;
            (SubState=*) sub=${pair#*=} ;;
            (MainPID=*) main=${pair#*=} ;;
            (NRestarts=*) restarts=${pair#*=} ;;
            (Result=*) result=${pair#*=} ;;
            (Type=*) type=${pair#*=} ;;
          esac
        done
      }
      systemctl \(raw: action.rawValue) -- "$unit" || fail "could not be \(raw: done)" "$?"
      """
  }

  /// `systemctl` is content when a process was started; a unit is when it stays.
  ///
  /// Seconds are counted by asking and not by the clock, which others may set.
  private static func watching(stableFor stable: Int, within limit: Int) -> Command {
    """
    asked=0 seen='' good=0
    while :; do
      look
      case $active in
        (failed) fail "has failed ($result)" ;;
        (inactive)
          if [ "$type" = oneshot ] && [ "$result" = success ]; then break; fi
          fail "is inactive: it has ended ($result), or a condition of the unit does not hold" ;;
        (active)
          if [ "$type" = oneshot ]; then break; fi
          if [ "$main/$restarts" = "$seen" ]; then good=$((good + 1)); else seen=$main/$restarts good=0; fi
          if [ "$good" -ge \(raw: String(stable)) ]; then break; fi ;;
        (*) seen='' good=0 ;;
      esac
      if [ "$asked" -ge \(raw: String(limit)) ]; then
        fail "was not active for \(raw: String(stable)) s within \(raw: String(limit)) s: it is ${active:-unknown} ($sub), and systemd has restarted it ${restarts:-0} times"
      fi
      asked=$((asked + 1))
      sleep 1
    done
    """
  }

  private static func stopping(within limit: Int) -> Command {
    """
    asked=0
    while :; do
      look
      case $active in (inactive | failed) break ;; esac
      if [ "$asked" -ge \(raw: String(limit)) ]; then fail "is still ${active:-unknown} ($sub) after \(raw: String(limit)) s"; fi
      asked=$((asked + 1))
      sleep 1
    done
    """
  }
}

extension Signal {
  /// Whether a process that is stopped by it ends; the others mean something of the program's own.
  fileprivate var ends: Bool {
    switch self {
    case .hup, .int, .quit, .term: true
    case .usr1, .usr2, .winch: false
    }
  }
}
