/// What a host answers when a lock is asked for.
package enum LockAnswer: Sendable, Equatable {
  case taken
  /// It was another's, who has not renewed it and is gone.
  case takenOver(from: LockOwner?)
  case held(LockState)
  /// Neither taken nor held by another: a full disk, missing rights.
  case cannot(String)

  package init(status: Int, output: [UInt8]) {
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    switch (lines.first, status) {
    case ("taken", 0): self = .taken
    case ("expired", 0): self = .takenOver(from: LockOwner(lines.dropFirst()))
    case ("held", 75): self = .held(LockState(lines.dropFirst()) ?? LockState())
    default:
      let reason = lines.dropFirst().last.map(String.init) ?? lines.first.map(String.init) ?? "status \(status)"
      self = .cannot(reason)
    }
  }
}

/// A lock as it stands on a host.
package struct LockState: Sendable, Equatable {
  /// Nothing when its lines cannot be read or are not ours.
  package var owner: LockOwner?
  /// Seconds since its lease was renewed.
  package var age: Int?
  /// Whether the session that renewed it is gone from the host.
  package var isAbandoned = false

  package init() {}

  /// Nothing when there is no lock.
  package init?(_ lines: some Collection<Substring>) {
    if lines.isEmpty { return nil }
    for line in lines where line.hasPrefix("age ") { age = age ?? Int(line.dropFirst(4)) }
    isAbandoned = lines.contains("gone")
    owner = LockOwner(lines)
  }

  package var words: String {
    let who = owner.map { "by \($0.description)" } ?? "by something that left no readable name"
    return who + (age.map { ", renewed \(Duration.seconds($0).text) ago" } ?? "") + (isAbandoned ? "; its session is gone" : "")
  }
}
