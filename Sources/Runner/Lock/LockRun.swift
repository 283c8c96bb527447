import Tasks

/// Takes a lock on all hosts of a block, or on none, and gives it back.
@Engine struct LockRun {
  enum Taking: Equatable {
    case taken
    /// Another run has it, or a host could not be asked: nothing is held, and nothing has been done.
    case refused(isHeld: Bool)
    case interrupted
  }

  let context: RunContext
  let lock: PlannedLock

  /// How long to wait before asking again.
  private static let pause = Duration.seconds(1)

  private var states: [HostState] {
    lock.hosts.map { $0 == Planner.controlMachine ? context.controlMachine : context.state(of: $0) }
  }

  func take() async -> Taking {
    let title = "lock \"\(lock.name)\": \(folded(lock.hosts.map(\.name)))"
    context.report(Event(.phaseStarted, name: title))
    let started = Clock.now
    let taking = await takeWaiting()
    context.report(
      Event(
        .phaseFinished, name: title, duration: (Clock.now - started).seconds,
        outcome: taking == .taken ? .succeeded : taking == .interrupted ? .cancelled : .failed))
    return taking
  }

  private func takeWaiting() async -> Taking {
    guard await connect() else { return context.interruption.isRequested ? .interrupted : .refused(isHeld: false) }
    let began = Clock.now
    var isAnnounced = false
    while true {
      switch await takeAll() {
      case .all:
        context.journal?.append(.locked(lock.name, hosts: states.map(\.key)))
        context.journal?.sync()
        return .taken
      case .failed: return context.interruption.isRequested ? .interrupted : .refused(isHeld: false)
      case .held(let state, let holder):
        // What a run has left behind that is gone expires soon, and is taken over then: nobody has to try again.
        let wait = holder.isAbandoned ? max(lock.wait, .seconds(LockShell.Timing().lease + 5)) : lock.wait
        if Clock.now >= began + wait {
          refuse(state, holder)
          return .refused(isHeld: true)
        }
        if !isAnnounced {
          isAnnounced = true
          context.report(Event(.notice, host: state.host.name, text: LockWords.waiting(wait, for: lock.name, on: state.host, holder)))
        }
        await context.interruption.sleep(for: min(Self.pause, max(began + wait - Clock.now, .milliseconds(50))))
        if context.interruption.isRequested { return .interrupted }
      }
    }
  }

  /// As if it had been taken: an earlier sitting has.
  func adopt() { for state in states { context.locks.add(lock.name, on: state) } }

  /// A lock that this block has taken is given back on every way out; what cannot be reached expires by itself.
  func release() async {
    let mine = states.filter { context.locks.isHeld(lock.name, on: $0) }
    await fanOut(mine.reversed(), limit: context.plan?.fanOut ?? Planner.defaultFanOut) { await release(on: $0) }
    if !mine.isEmpty {
      context.journal?.append(.unlocked(lock.name))
      context.journal?.sync()
    }
  }

  // MARK: One host

  private enum All {
    case all
    case held(HostState, LockState)
    case failed
  }

  /// Hosts that cannot be reached are known before anything is locked.
  private func connect() async -> Bool {
    let states = states
    await fanOut(states, limit: context.plan?.fanOut ?? Planner.defaultFanOut) { state in
      guard !context.interruption.isRequested else { return }
      if let reason = await context.session(for: state).unreachable, !context.interruption.isRequested {
        state.fail(.unreachable, reason)
      }
    }
    return !context.interruption.isRequested && !states.contains(where: \.isDropped)
  }

  private func takeAll() async -> All {
    var taken: [HostState] = []
    for state in states {
      if context.interruption.isRequested {
        await giveBack(taken)
        return .failed
      }
      if context.locks.isHeld(lock.name, on: state) {
        context.locks.add(lock.name, on: state)
        taken.append(state)
        continue
      }
      switch await take(on: state) {
      case .taken:
        taken.append(state)
      case .takenOver(let owner):
        taken.append(state)
        context.report(Event(.notice, host: state.host.name, text: LockWords.tookOver(lock.name, on: state.host, from: owner)))
      case .held(let holder):
        await giveBack(taken)
        return .held(state, holder)
      case .cannot(let reason):
        state.fail(.failed, LockWords.notTaken(lock.name, reason))
        await giveBack(taken)
        return .failed
      }
    }
    return .all
  }

  private func take(on state: HostState) async -> LockAnswer {
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return .cannot(unreachable ?? StepWords.connectionClosed) }
    let text = LockShell(lock.name, in: state.host.lockFolder).take(by: context.lockOwner)
    guard let answer = await OwnCommand.run(text, on: session) else { return .cannot(StepWords.connectionLost) }
    let taking = LockAnswer(status: answer.status, output: answer.output)
    switch taking {
    case .taken, .takenOver: context.locks.add(lock.name, on: state)
    case .held, .cannot: break
    }
    return taking
  }

  private func giveBack(_ states: [HostState]) async {
    for state in states.reversed() { await release(on: state) }
  }

  private func release(on state: HostState) async {
    guard context.locks.remove(lock.name, on: state) else { return }
    let problem = await released(on: state)
    if let problem {
      context.report(Event(.notice, host: state.host.name, text: LockWords.notGivenBack(lock.name, on: state.host, problem)))
    }
    // Kept open only for the lock; another one may still need it.
    if state.phasesLeft <= 0, context.locks.names(on: state).isEmpty { await context.close(state) }
  }

  private func released(on state: HostState) async -> String? {
    // Whatever has been interrupted, this is done all the same.
    context.interruption.shield()
    let (session, unreachable) = await context.session(for: state)
    guard let session else { return unreachable ?? StepWords.connectionClosed }
    let text = LockShell(lock.name, in: state.host.lockFolder).release(by: context.lockOwner.firstLine)
    guard let answer = await OwnCommand.run(text, on: session) else { return StepWords.connectionLost }
    return LockRelease(answer).problem
  }

  private func refuse(_ state: HostState, _ holder: LockState) {
    state.isDropped = true
    state.problem = "the lock \"\(lock.name)\" is held \(holder.words)"
    let isFirst = !context.order.contains(where: \.isStarted)
    for text in [LockWords.held(lock.name, on: state.host, holder), LockWords.remedy(lock.name, isFirst: isFirst)] {
      context.report(Event(.notice, host: state.host.name, text: text))
    }
  }
}

extension RunContext {
  /// This run, as its locks tell others.
  package var lockOwner: LockOwner {
    LockOwner(
      run: facts.id, user: facts.user, machine: HostName.own, process: "\(getpid())", what: title,
      since: facts.started.text, url: facts.url)
  }
}
