/// One thing that a task does, seen from the control machine.
public struct Stage: Sendable {
  package enum Kind: Sendable {
    case hosts(Pattern, [Phase])
    case local(Command, name: String?)
    case notify(Channel, Text, on: Occasion?)
    case confirm(Text)
    case versions(Package)
    case invoke(String, [String: String])
    case locked(String, wait: Duration, [Stage])
    case attempt([Stage], onFailure: [Stage])
    case always([Stage], finally: [Stage])
  }

  package var kind: Kind
  package var location: SourceLocation

  package init(_ kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
  }
}

/// Runs phases on the hosts that a pattern selects; steps written without a block are one `parallel` phase.
///
///     hosts("web") {
///       parallel { run("git fetch") }
///       serially { restart("shop") }
///     }
public func hosts(_ pattern: Pattern, fileID: StaticString = #fileID, line: UInt = #line, @Phases _ phases: () -> [Phase]) -> Stage {
  Stage(.hosts(pattern, phases()), at: SourceLocation(fileID, line))
}

/// Runs a command on the control machine, in the Deployfile's folder.
///
///     local("git tag -f deployed")
public func local(_ command: Command, named name: String? = nil, fileID: StaticString = #fileID, line: UInt = #line) -> Stage {
  Stage(.local(command, name: name), at: SourceLocation(fileID, line))
}

/// Tells a channel, such as a chat room, what happens: here and now, or on an occasion of the whole task.
///
/// It may hold `\(run: ...)`; `.outcome` needs an occasion after the task. What cannot be delivered within 10 seconds is a warning.
///
///     notify(.slack(webhook), "shop \(version) is live")
///     notify(.slack(webhook), "\(run: .task): \(run: .outcome) after \(run: .duration)", on: .always)
public func notify(
  _ channel: Channel, _ message: Text, on occasion: Occasion? = nil, fileID: StaticString = #fileID, line: UInt = #line
) -> Stage {
  Stage(.notify(channel, message, on: occasion), at: SourceLocation(fileID, line))
}

/// Asks a person; anything but yes ends the run without `onFailure`.
///
/// `--yes` answers yes, and is needed without a terminal.
///
///     confirm("Drop the old tables?")
public func confirm(_ question: Text, fileID: StaticString = #fileID, line: UInt = #line) -> Stage {
  Stage(.confirm(question), at: SourceLocation(fileID, line))
}

/// Shows which versions of a package its index offers, newest first; pre-releases and withdrawn ones are marked.
///
/// It fails when the index does not answer.
///
///     versions(of: shop)
public func versions(of package: Package, fileID: StaticString = #fileID, line: UInt = #line) -> Stage {
  Stage(.versions(package), at: SourceLocation(fileID, line))
}

/// Runs another task's stages here; parameters without a default need a value.
///
///     invoke("rollback")
///     invoke("deploy", ["version": "1.4.2"])
public func invoke(
  _ task: String, _ values: [String: String] = [:], fileID: StaticString = #fileID, line: UInt = #line
) -> Stage {
  Stage(.invoke(task, values), at: SourceLocation(fileID, line))
}

/// Runs the stages while holding a lock on every host that they touch, all or none; on this machine when they touch no host.
///
/// When another run holds it, the run ends with status 5 and without `onFailure`, unless it is given up to it within `wait`. The
/// lock is given back on every way out. Steps `.atTheEnd()` inside keep it until they are done.
///
///     locked("shop") { hosts("web") { run("bin/deploy") } }
///     locked("shop", wait: .seconds(600)) { hosts("web") { run("bin/deploy") } }
public func locked(
  _ name: String, wait: Duration = .zero, fileID: StaticString = #fileID, line: UInt = #line, @Stages _ stages: () -> [Stage]
) -> Stage {
  Stage(.locked(name, wait: wait, stages()), at: SourceLocation(fileID, line))
}

/// Runs the stages; when they fail, cleans up with those after `onFailure`, and then fails as before.
///
///     attempt { hosts("web") { run("bin/deploy") } } onFailure: { invoke("rollback") }
public func attempt(
  fileID: StaticString = #fileID, line: UInt = #line, @Stages _ stages: () -> [Stage], @Stages onFailure: () -> [Stage]
) -> Stage {
  Stage(.attempt(stages(), onFailure: onFailure()), at: SourceLocation(fileID, line))
}

/// Runs the stages and then, after success, failure and interruption alike, those after `finally`.
///
///     always { hosts("web") { run("bin/deploy") } } finally: { hosts("web") { run("bin/cleanup") } }
public func always(
  fileID: StaticString = #fileID, line: UInt = #line, @Stages _ stages: () -> [Stage], @Stages finally: () -> [Stage]
) -> Stage {
  Stage(.always(stages(), finally: finally()), at: SourceLocation(fileID, line))
}
