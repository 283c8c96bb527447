import Tasks

/// Why a step, or the host it was for, came to no good end.
///
/// What the host printed itself stands beside these words and is never reworded.
enum StepWords {
  static let interrupted = "ended by the interruption"
  static let outOfTime = "ended by its timeout"
  static let noTurn = "its turn did not come"
  static let connectionClosed = "the connection is closed"
  static let connectionLost = "the connection was lost"
  static let oneStream = "the host sent one stream without the other"
  static let noEnd = "the host did not say how it ended"
  static let noRecord = "the run keeps no record"

  static func connectionLost(_ reason: String) -> String { "\(connectionLost): \(reason)" }

  static func noLogin(within limit: Duration) -> String { "no answer from the login shell within \(limit.text)" }

  static func cannotStart(_ error: SpawnError) -> String { "cannot start \(error.program): \(error.reason)" }

  // MARK: Files

  static let noLocalPath = "no local path"
  static let unknownValue = "the template has a value that is not known"
  static let changedWhileRead = "the file here has changed while it was read"

  static func cannotRead(_ path: String, _ error: SystemError) -> String { "cannot read \(path): \(error.reason)" }

  static func cannotWrite(_ path: String, _ error: SystemError) -> String { "cannot write \(path): \(error.reason)" }

  static func damaged(_ how: String) -> String { "transfer incomplete or damaged: \(how)" }

  // MARK: Sync

  static let unknownSyncPath = "a path of sync cannot hold a secret or captured output"
  static let noSecondSession = "the host allows no second session over one connection (MaxSessions in its sshd_config)"

  /// `reason` says more where more is known than the status.
  static func rsyncEnded(_ exit: ChildExit, reason: String?) -> String {
    let reason = reason.map { ": \($0)" } ?? ""
    return switch exit {
    case .exited(let status): "rsync ended with status \(status)\(reason)"
    case .signalled(let signal): "rsync was ended by signal \(signal)\(reason)"
    }
  }

  // MARK: Code of a perform

  static let tooMuchOfCommand = "a command of it printed more than \(BoundedBytes.captureLimit >> 20) MiB"
  static let uploadFailed = "the upload failed"

  static func commandFailed(_ status: Int, last: Substring) -> String {
    "a command of it ended with status \(status)\(last.isEmpty ? "" : ": \(last)")"
  }
}

/// What an exit status of a shell says, in words.
package func problem(status: Int, timedOut: Duration?) -> String {
  if let timedOut { return "not done within \(timedOut.text), ended" }
  switch status {
  case RemoteShell.tooMuch: return "it printed more than \(BoundedBytes.captureLimit >> 20) MiB, the most that is captured"
  case 126: return "status 126: the command is not executable"
  case 127: return "status 127: the command was not found"
  case 129...192: return "ended by signal \(status - 128)\(signalName(status - 128).map { " (\($0))" } ?? "")"
  default: return "status \(status)"
  }
}

private func signalName(_ number: Int) -> String? {
  [
    1: "HUP", 2: "INT", 3: "QUIT", 4: "ILL", 6: "ABRT", 8: "FPE", 9: "KILL, perhaps out of memory", 11: "SEGV", 13: "PIPE", 14: "ALRM",
    15: "TERM",
  ][number]
}
