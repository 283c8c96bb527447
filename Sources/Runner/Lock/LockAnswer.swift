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

/// What a host answers when a lock is given back.
package enum LockRelease: Sendable, Equatable {
  case done
  /// Somebody else has it meanwhile.
  case anothers(LockState)
  case cannot(String)

  @Engine init(_ answer: OwnCommand.Answer) { self.init(status: answer.status, output: answer.output) }

  package init(status: Int, output: [UInt8]) {
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    switch status {
    case 0: self = .done
    case 75: self = .cannot(LockWords.beingTakenOver)
    case 76: self = .anothers(LockState(lines) ?? LockState())
    default: self = .cannot(lines.last.map(String.init) ?? "status \(status)")
    }
  }

  /// Why it is still there.
  package var problem: String? {
    switch self {
    case .done: nil
    case .anothers(let state): "meanwhile it is held \(state.words)"
    case .cannot(let reason): reason
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

  package init(owner: LockOwner? = nil, age: Int? = nil, isAbandoned: Bool = false) {
    self.owner = owner
    self.age = age
    self.isAbandoned = isAbandoned
  }

  /// What a host prints: its age, whether its session is gone, and the lock's own lines; nothing when there is no lock.
  package init?(_ lines: some Collection<Substring>) {
    var lines = Array(lines)[...]
    guard let first = lines.first else { return nil }
    if first == "age" || first.hasPrefix("age ") {
      age = Int(first.dropFirst(4))
      lines = lines.dropFirst()
      isAbandoned = lines.first == "gone"
      if isAbandoned || lines.first == "there" { lines = lines.dropFirst() }
    }
    owner = LockOwner(lines)
  }
}
