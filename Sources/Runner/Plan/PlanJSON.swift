import Tasks

/// A plan as `--plan --json` prints it: stable API.
package enum PlanJSON {
  package static func value(of plan: Plan) -> Value {
    var object: Value = [
      "version": 1,
      "task": .string(plan.task),
      "environment": plan.environment.map(Value.string) ?? .null,
      "parameters": .object(plan.parameters.map { .init(key: $0.name, value: .string($0.value)) }),
      "fanOut": .int(plan.fanOut),
      "connectTimeout": .double(plan.connectTimeout.seconds),
      "stages": .array(plan.stages.flatMap(values)),
    ]
    // Only what is known: nobody should take silence for "nothing is live".
    let live = plan.live.filter { !$0.value.entries.isEmpty }.sorted { $0.key < $1.key }
    if !live.isEmpty { object.add("live", .object(live.map { .init(key: $0.key, value: value(of: $0.value)) })) }
    return object
  }

  /// What a task sends on occasions stands beside its stages, in the order in which it happens.
  private static func values(of stage: PlannedStage) -> [Value] {
    guard case .notifying(let notifications, let stages) = stage else { return [value(of: stage)] }
    return notifications.filter { $0.occasion == .start }.map(value) + stages.flatMap(values)
      + notifications.filter { $0.occasion != .start }.map(value)
  }

  private static func value(of notification: Notification) -> Value {
    var object: Value = [
      "kind": "notify", "channel": .string(notification.channel.name), "message": .string(notification.message.plain.template),
    ]
    if let occasion = notification.occasion { object.add("on", .string(occasion.rawValue)) }
    return object
  }

  private static func value(of memory: LiveMemory) -> Value {
    .object(
      memory.entries.sorted { $0.key < $1.key }.map { host, entry in
        .init(key: host, value: ["version": .string(entry.version), "since": .string(entry.since)])
      })
  }

  private static func value(of stage: PlannedStage) -> Value {
    switch stage {
    case .hosts(let pattern, let hosts, let phases):
      var object: Value = ["kind": "hosts", "pattern": .string(pattern), "hosts": .names(hosts)]
      if hosts.isEmpty { object.add("skipped", true) }
      object.add("phases", .array(phases.map(value)))
      return object
    case .local(let step):
      var object: Value = ["kind": "local"]
      object.add("steps", .array([value(of: step, on: [Planner.controlMachine])]))
      return object
    case .notify(let notification): return value(of: notification)
    case .notifying: return .array(values(of: stage))
    case .confirm(let question): return ["kind": "confirm", "question": .string(question.plain.template)]
    case .versions(let package):
      return ["kind": "versions", "package": .string(package.name), "index": .string(package.shownIndex)]
    case .invoke(let task, let stages): return ["kind": "invoke", "task": .string(task), "stages": .array(stages.flatMap(values))]
    case .locked(let lock, let stages):
      return [
        "kind": "locked", "name": .string(lock.name), "wait": .double(lock.wait.seconds), "hosts": .names(lock.hosts),
        "heldToTheEnd": .bool(lock.isHeldToTheEnd), "stages": .array(stages.flatMap(values)),
      ]
    case .attempt(let stages, let others):
      return ["kind": "attempt", "stages": .array(stages.flatMap(values)), "onFailure": .array(others.flatMap(values))]
    case .atTheEnd(let stages): return ["kind": "atTheEnd", "stages": .array(stages.flatMap(values))]
    case .always(let stages, let others):
      return ["kind": "always", "stages": .array(stages.flatMap(values)), "finally": .array(others.flatMap(values))]
    }
  }

  private static func value(of phase: PlannedPhase) -> Value {
    let hosts = Array(phase.batches.joined())
    return [
      "strategy": phase.decision != nil ? "decide" : phase.isParallel ? "parallel" : "serially",
      "batches": .array(phase.batches.map(Value.names)),
      "limit": .int(phase.fanOut),
      "pause": .double(phase.pause.seconds),
      "tolerating": .int(phase.tolerated),
      "steps": .array(phase.steps.map { value(of: $0, on: hosts) }),
    ]
  }

  private static func value(of step: PlannedStep, on hosts: [Host]) -> Value {
    let hosts = step.onlyHost.map { only in hosts.filter { $0.name == only } } ?? hosts
    var object: Value = [
      "number": .int(step.number), "kind": .string(step.kind), "name": .string(step.name ?? step.shown.template),
      "command": .string(step.shown.template),
    ]
    if step.shown.dependsOnHost {
      let commands = hosts.map { host in
        Value.Member(key: host.name, value: .string((try? step.shown.rendered(for: host).shown) ?? step.shown.template))
      }
      object.add("commands", .object(commands))
    }
    if !step.attributes.folders.isEmpty { object.add("folder", .array(step.attributes.folders.map { .string($0.plain.template) })) }
    if !step.attributes.variables.isEmpty {
      object.add("variables", .object(step.attributes.variables.map { .init(key: $0.name, value: .string($0.value.plain.template)) }))
    }
    if let user = step.attributes.user { object.add("user", .string(user)) }
    if let host = step.onlyHost { object.add("once", .string(host)) }
    if let timeout = step.timeout { object.add("timeout", .double(timeout.seconds)) }
    if step.attempts > 1 {
      object.add("attempts", .int(step.attempts))
      object.add("pause", .double(step.pause.seconds))
    }
    if step.ignoresFailure { object.add("ignoresFailure", true) }
    if step.isDeclaredIdempotent { object.add("idempotent", true) }
    if step.isIrreversible { object.add("irreversible", true) }
    if case .when(_, let then, let otherwise) = step.action {
      object.add("then", .array(then.map { value(of: $0, on: hosts) }))
      object.add("else", .array(otherwise.map { value(of: $0, on: hosts) }))
    }
    return object
  }
}

extension Value {
  fileprivate static func names(_ hosts: [Host]) -> Value { .array(hosts.map { .string($0.name) }) }

  fileprivate mutating func add(_ key: String, _ value: Value) {
    guard case .object(var members) = self else { return }
    members.append(Member(key: key, value: value))
    self = .object(members)
  }
}
