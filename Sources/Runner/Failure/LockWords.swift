import Tasks

/// What a person is told of a lock that is not free, or that could not be given back.
enum LockWords {
  static func held(_ lock: String, on host: Host, _ holder: LockState) -> String {
    "the lock \"\(lock)\" is held on \(host.name) \(holder.words)"
  }

  static func waiting(_ wait: Duration, for lock: String, on host: Host, _ holder: LockState) -> String {
    "waiting up to \(wait.text): \(held(lock, on: host, holder))"
  }

  /// Below `held`.
  static func remedy(_ lock: String, isFirst: Bool) -> String {
    "  \(isFirst ? "Nothing was changed" : "Nothing inside of it was done"). Try again later, wait for it with "
      + "locked(\"\(lock)\", wait: ...), or, if nobody deploys, \(Origin.current.command) --unlock \(lock)."
  }

  static func tookOver(_ lock: String, on host: Host, from owner: LockOwner?) -> String {
    "took over the lock \"\(lock)\" on \(host.name), which had expired: it was held \(by(owner))"
  }

  static func notTaken(_ lock: String, _ reason: String) -> String { "cannot take the lock \"\(lock)\": \(reason)" }

  static func notRenewed(_ lock: String, _ reason: String) -> String { "cannot renew the lock \"\(lock)\": \(reason)" }

  static func expired(_ lock: String, _ holder: LockState) -> String {
    "the lock \"\(lock)\" expired while there was no connection, and is held \(holder.words)"
  }

  static func notGivenBack(_ lock: String, on host: Host, _ reason: String) -> String {
    "the lock \"\(lock)\" on \(host.name) was not given back: \(reason); "
      + "it expires \(LockShell.Timing().lease) s after its session, and \(Origin.current.command) --unlock \(lock) removes it"
  }

  static let beingTakenOver = "another run is taking it over"

  fileprivate static func by(_ owner: LockOwner?) -> String {
    owner.map { "by \($0.description)" } ?? "by something that left no readable name"
  }
}

extension LockState {
  /// By whom it is held, and whether anybody is still there.
  package var words: String {
    LockWords.by(owner) + (age.map { ", renewed \(Duration.seconds($0).text) ago" } ?? "") + (isAbandoned ? "; its session is gone" : "")
  }
}
