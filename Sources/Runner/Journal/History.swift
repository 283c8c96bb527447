import Tasks

/// A run of which this machine has a record.
package struct PastRun: Sendable {
  package var record: RunRecord
  /// Nothing while it goes on, and for one that was cut off.
  package var result: RunResult?
  package var isAlive: Bool
  /// Its journal does not tell all that was done.
  package var isAbandoned: Bool

  package init(record: RunRecord, result: RunResult?, isAlive: Bool, isAbandoned: Bool = false) {
    self.record = record
    self.result = result
    self.isAlive = isAlive
    self.isAbandoned = isAbandoned
  }

  package init?(_ folder: RunFolder) {
    guard let record = RunRecord(folder) else { return nil }
    // In this order: a run that ends meanwhile has written its result before it is not alive any more.
    let isAlive = folder.isAlive
    let result = RunResult(folder) ?? (isAlive ? nil : RunResult(lastEntryOf: folder, of: record))
    self.init(record: record, result: result, isAlive: isAlive, isAbandoned: folder.isAbandoned)
  }

  /// Those of a Deployfile, the newest first.
  package static func all(of root: String) -> [PastRun] {
    guard let all = RunFolder.all(of: root) else { return [] }
    return RunFolder.list(in: all).compactMap(PastRun.init).sorted { ($0.record.facts.started, $0.id) > ($1.record.facts.started, $1.id) }
  }

  package var id: String { record.facts.id }

  /// Where all that is known of it is kept.
  package func folder(of root: String) -> RunFolder? { RunFolder.all(of: root).map { RunFolder(path: "\($0)/\(id)") } }

  /// In a word or two.
  package var outcome: String {
    guard !isAlive else { return "running" }
    guard let result else { return "cut off" }
    return (ExitStatus(rawValue: Int32(result.status)) ?? .failed).words
  }

  package var isResumable: Bool { !isAlive && !isAbandoned && !record.isUnlocking && (result?.isResumable ?? true) }

  /// Whether it is what a person means by the last run: not one that only removed a lock or found one held, nor a command that is over.
  package var counts: Bool {
    isAlive || isResumable || !record.isUnlocking && record.pattern == nil && result?.status != Int(ExitStatus.locked.rawValue)
  }

  package var json: Value {
    var members: [Value.Member] = [
      .init(key: "id", value: .string(record.facts.id)), .init(key: "what", value: .string(record.title)),
      .init(key: "user", value: .string(record.facts.user)), .init(key: "started", value: .string(record.facts.started.text)),
      .init(key: "outcome", value: .string(outcome)), .init(key: "resumable", value: .bool(isResumable)),
    ]
    if let url = record.facts.url { members.append(.init(key: "url", value: .string(url))) }
    if let result {
      members.append(.init(key: "status", value: .int(result.status)))
      members.append(.init(key: "duration", value: .double(result.duration)))
      members.append(.init(key: "finished", value: .string(result.finished.text)))
    }
    return .object(members)
  }
}

/// What `--history` prints.
package enum History {
  package static func text(of runs: [PastRun]) -> String {
    if runs.isEmpty { return "no runs of this Deployfile from this machine\n" }
    let rows = runs.map { run in
      [
        run.record.facts.id, String(run.record.facts.started.text.prefix(16)).replacing("T", with: " ") + " UTC", run.record.facts.user,
        run.record.title.firstLine, run.outcome + (run.isResumable ? ", resumable" : ""), run.result.map { seconds($0.duration) } ?? "",
      ].map(\.safe)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ").trimmingSuffix { $0 == " " } + "\n"
    }.joined()
  }
}
