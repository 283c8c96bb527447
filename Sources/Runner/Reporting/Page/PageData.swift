import Tasks

/// What the page's script draws, as JSON in which nothing can end the element around it.
package struct PageData {
  private let story: RunStory
  private let hosts: [String]
  private let rows: [String: Summary.Row]
  private var steps: [(plan: Int, phase: Int, step: StoryPlan.Step)] = []

  package static func text(of story: RunStory) -> String {
    let data = PageData(story)
    return safe(JSON.text(data.value))
  }

  /// Inside of a script element, `<` is the beginning of its end; JSON has another way to write all of these.
  static func safe(_ json: String) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(json.utf8.count + json.utf8.count / 16)
    for byte in json.utf8 {
      switch byte {
      case UInt8(ascii: "<"): text += Array("\\u003c".utf8)
      case UInt8(ascii: ">"): text += Array("\\u003e".utf8)
      case UInt8(ascii: "&"): text += Array("\\u0026".utf8)
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private init(_ story: RunStory) {
    self.story = story
    hosts = story.hosts
    rows = Dictionary(story.rows.map { ($0.host, $0) }) { first, _ in first }
    var phase = 0
    for (number, plan) in story.plans.enumerated() {
      for known in plan.phases {
        steps += known.steps.map { (number, phase, $0) }
        phase += 1
      }
    }
  }

  private var value: Value {
    let numbers = Dictionary(hosts.enumerated().map { ($1, $0) }) { first, _ in first }
    var cells: [Value] = []
    var output: [Value] = []
    for (number, step) in steps.enumerated() {
      let (own, groups) = column(step, number)
      cells += own
      output.append(.array(groups))
    }
    return [
      "started": .int(ms(story.facts.started)), "ended": .int(relative(story.finished ?? story.lastTime ?? story.facts.started)),
      "running": .bool(story.isAlive), "logs": story.logs.map(Value.string) ?? .null,
      "pauses": .array(story.pauses.map { .array([.int(relative($0.from)), .int(relative($0.to))]) }),
      "hosts": .array(hosts.map(host)), "phases": .array(phases(numbers)), "steps": .array(steps.map(value)), "cells": .array(cells),
      "output": .array(output),
    ]
  }

  private func ms(_ time: Timestamp) -> Int { Int(time.milliseconds) }
  private func relative(_ time: Timestamp) -> Int { ms(time) - ms(story.facts.started) }

  private func host(_ key: String) -> Value {
    var members: [Value.Member] = []
    func add(_ key: String, _ value: Value?) { if let value { members.append(.init(key: key, value: value)) } }
    add("name", .string(key.isEmpty ? RunStory.thisMachine : key.safe))
    if let row = rows[key] {
      add("outcome", .string(row.isStarted || row.outcome.isFailure ? row.outcome.rawValue : "skipped"))
      add("duration", .double(row.duration))
      add("problem", (row.problem?.safe).map(Value.string))
    } else {
      // A host that the run did not come to has none, either.
      if key.isEmpty { add("local", true) }
      add("outcome", .string(key.isEmpty ? own(key).rawValue : Outcome.skipped.rawValue))
    }
    if let loss = story.losses[key], let time = loss.time { add("lost", .int(relative(time))) }
    return .object(members)
  }

  /// What became of this machine, which has no row.
  private func own(_ key: String) -> Outcome {
    let outcomes = story.cells.filter { $0.key.host == key }.compactMap(\.value.outcome)
    return outcomes.first(where: \.isFailure) ?? (outcomes.contains(.cancelled) ? .cancelled : outcomes.isEmpty ? .skipped : .succeeded)
  }

  private func phases(_ numbers: [String: Int]) -> [Value] {
    story.plans.flatMap(\.phases).map { phase in
      [
        "title": .string(phase.title.safe), "how": .string(phase.how), "cleanup": .bool(phase.isCleaningUp),
        "batches": .array(phase.batches.map { .array($0.compactMap { numbers[$0].map(Value.int) }) }),
      ]
    }
  }

  private func value(_ step: (plan: Int, phase: Int, step: StoryPlan.Step)) -> Value {
    var value: [Value.Member] = [
      .init(key: "number", value: .int(step.step.number)), .init(key: "phase", value: .int(step.phase)),
      .init(key: "kind", value: .string(step.step.kind)), .init(key: "title", value: .string(step.step.title.safeLines)),
    ]
    if step.step.depth > 0 { value.append(.init(key: "depth", value: .int(step.step.depth))) }
    if let host = step.step.onlyHost { value.append(.init(key: "once", value: .string(host))) }
    return .object(value)
  }

  // MARK: Cells

  /// A step's cells (host, step, outcome, begun, ended, status, its output's group, problem, attempts) and what they have printed, folded.
  private func column(_ step: (plan: Int, phase: Int, step: StoryPlan.Step), _ number: Int) -> (cells: [Value], groups: [Value]) {
    var found: [(host: Int, name: String, cell: RunStory.Cell)] = []
    for (index, key) in hosts.enumerated() {
      guard let cell = story.cells[RunStory.Place(plan: step.plan, step: step.step.number, host: key)] else { continue }
      found.append((index, key.isEmpty ? RunStory.thisMachine : key, cell))
    }
    let folded = FoldedOutput(
      found.filter { !$0.cell.output.isEmpty }.map { FoldedOutput.Entry(host: $0.name, outcome: $0.cell.outcome, output: $0.cell.output) })
    var groups: [String: Int] = [:]
    for (index, group) in folded.groups.enumerated() { for host in group.hosts { groups[host] = index } }
    let cells = found.map { host, name, cell -> Value in
      .array([
        .int(host), .int(number), .string(cell.outcome?.rawValue ?? "running"), cell.begun.map { .int(relative($0)) } ?? .null,
        cell.ended.map { .int(relative($0)) } ?? .null, cell.status.map(Value.int) ?? .null,
        cell.output.isEmpty ? .null : groups[name].map(Value.int) ?? .null, (cell.problem?.safe).map(Value.string) ?? .null,
        .int(cell.attempts),
      ])
    }
    return (cells, folded.groups.map { value($0, of: folded) })
  }

  private func value(_ group: FoldedOutput.Group, of folded: FoldedOutput) -> Value {
    var members: [Value.Member] = [
      .init(key: "names", value: .string(group.names.safe)), .init(key: "hosts", value: .int(group.hosts.count)),
      .init(key: "outcome", value: .string(group.outcome?.rawValue ?? "running")),
    ]
    if let changes = group.changes {
      members.append(.init(key: "changes", value: .array(Self.runs(changes))))
    } else {
      members.append(.init(key: "lines", value: .array(group.lines.map(Self.line))))
    }
    return .object(members)
  }

  private static func line(_ line: StepOutput.Line) -> Value {
    .array([.int(line.stream == .output ? 0 : line.stream == .error ? 1 : 2), .string(line.text)])
  }

  /// So many lines that stay, less so many that go, and each that comes.
  private static func runs(_ changes: [FoldedOutput.Change]) -> [Value] {
    changes.reduce(into: []) { runs, change in
      switch (change, runs.last) {
      case (.same, .int(let number)?) where number > 0: runs[runs.count - 1] = .int(number + 1)
      case (.same, _): runs.append(1)
      case (.removed, .int(let number)?) where number < 0: runs[runs.count - 1] = .int(number - 1)
      case (.removed, _): runs.append(-1)
      case (.added(let new), _): runs.append(line(new))
      case (.skipped(let count), _): runs.append(.int(count))
      }
    }
  }
}
