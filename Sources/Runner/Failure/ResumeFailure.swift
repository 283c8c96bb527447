import Tasks

/// Why a run cannot be gone on with; nothing has been touched.
package enum ResumeError: Error, Equatable {
  case noRuns
  case unknown(String, last: String)
  case ambiguous(String, [String])
  case running(String)
  case abandoned(String)
  case over(String, RunResult?, isLast: Bool)
  case changed(String, [String])
}

extension Failure {
  package init(_ error: ResumeError) {
    switch error {
    case .noRuns: self.init("there is no run of this Deployfile to go on with", help: "run --history shows the runs from this machine.")
    case .unknown(let word, let last):
      self.init("there is no run \(word)", help: "run --history shows them; the last one is \(last).")
    case .ambiguous(let word, let runs):
      self.init("\(word) could be any of \(runs.prefix(5).joined(separator: ", "))", help: "Write more of its name.")
    case .running(let run):
      self.init("the run \(run) still goes on, on this machine", help: "Wait until it has ended, or interrupt it with Ctrl-C.")
    case .over(let run, let result, let isLast):
      let which = isLast ? "the last run, \(run)," : "the run \(run)"
      let how =
        switch (result?.outcome, result?.status) {
        case (nil, _): "only removed a lock"
        case (.succeeded, _): "was done"
        case (_, Int(ExitStatus.locked.rawValue)): "did not get its lock, and did nothing"
        default: "has been taken back"
        }
      self.init("\(which) \(how): there is nothing to go on with", help: "Start it anew; run --history shows all runs.")
    case .abandoned(let run):
      self.init(
        "the run \(run) did more than its journal tells: it could not be written to the end",
        help: "Look at the hosts, and start the run anew. Nothing was touched.")
    case .changed(let run, let lines):
      self.init(
        "the plan is not what it was when the run \(run) began",
        help: (["What has changed:"] + lines.map { "  \($0)" }
          + ["Bring the Deployfile and the inventory back to what they were, or start a new run. Nothing was touched."])
          .joined(separator: "\n  "))
    }
  }

  /// The folder of a run or its journal.
  package init(cannotBegin error: SystemError) {
    self.init(
      "cannot write the journal of the run, \(error.path): \(error.reason)",
      help: "Make room there, or set XDG_STATE_HOME to another folder. Nothing was touched.")
  }

  /// What happens to a host whose next step cannot be written down.
  package init(journalBroken error: SystemError) {
    self.init(
      "the journal cannot be written any more (\(error.path): \(error.reason)): nothing new is begun", help: nil, status: .failed)
  }

  package static func noJournal(_ reason: String) -> String {
    "no journal is kept (\(reason)): if this run is cut off, it cannot be resumed"
  }

  package static func logIncomplete(_ error: SystemError) -> String {
    "warning: what the hosts print is not kept any more: \(error.path): \(error.reason)"
  }
}

/// What a person is told when a run is gone on with.
enum ResumeWords {
  /// What a person does next.
  static func goOn(_ run: String) -> String { "To go on where it stopped: \(Origin.current.command) --resume \(run)" }

  static func question(_ step: Resumption.OpenStep) -> String {
    "\(step.host.name): [\(step.key.step)] \(step.title.firstLine.safe): is it done, or is it to be done again? [done/again/N] "
  }

  static func story(_ record: RunRecord, _ known: Known, open: [Resumption.OpenStep], newer: [RunRecord]) -> [String] {
    let done = known.steps.values.count { if case .ended(.succeeded, _) = $0 { true } else { false } }
    let failed = known.steps.values.count { if case .ended(.failed, _) = $0 { true } else { false } }
    var line = "going on with \(record.title), run \(record.facts.id) of \(record.facts.user): \(count(done, "step")) done"
    if failed > 0 { line += ", \(failed) failed" }
    if !open.isEmpty { line += ", \(open.count) unknown" }
    if known.wasCleanedUp, !known.isOrderly { line += "; it had failed, and cleaning up goes on" }
    var lines = [line]
    for step in open {
      lines.append("  \(step.host.name): [\(step.key.step)] \(step.title): begun, and nobody knows whether it was done")
    }
    for record in newer.prefix(3) { lines.append("  started since: \(record.title), run \(record.facts.id)") }
    return lines
  }

  static let older = [
    "error: a newer run may have done something else to the hosts", "  Nothing was touched. Add --yes to go on all the same.",
  ]

  static func refusal(_ open: Int) -> [String] {
    [
      "error: \(count(open, "step")) may have been done already, and must not be done twice",
      "  Look at the hosts, and then say what is true: run --resume --unknown done, or run --resume --unknown again. Nothing was touched.",
      "  Steps that may be done twice can say so: .idempotent()",
    ]
  }

  static func cannotAsk(_ host: String, _ reason: String) -> String {
    "cannot find out what was going on on \(host): \(reason); nothing was done"
  }
}
