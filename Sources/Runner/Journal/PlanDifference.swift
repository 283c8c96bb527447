import Tasks

/// What `--plan --diff` prints: how a plan differs from that of an earlier run.
package enum PlanDifference {
  /// `old` is that run's plan as text, `new` the one that would run now with that run's own words for time and person.
  package static func lines(from old: String, to new: String, run: PastRun, _ palette: Palette) -> [String] {
    let when = String(run.record.facts.started.text.prefix(16)).replacing("T", with: " ")
    let title = "compared with run \(run.id), \(when) UTC, \(run.outcome)"
    let before = rows(old), now = rows(new)
    if before == now { return ["\(title): nothing has changed"] }
    let changes = LineDifference.changes(from: before, to: now).map { LineDifference.shortened($0) } ?? whole(before, now)
    return ["\(title):".safe, ""] + changes.map { line($0, palette) }
  }

  private static func rows(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLastEmpty
  }

  private static func whole(_ old: [String], _ new: [String]) -> [LineDifference.Change<String>] {
    old.map { .removed($0) } + new.map { .added($0) }
  }

  private static func line(_ change: LineDifference.Change<String>, _ palette: Palette) -> String {
    switch change {
    case .same(let line): line.isEmpty ? "" : "  \(line)"
    case .removed(let line): palette.red("- \(line)")
    case .added(let line): palette.green("+ \(line)")
    case .skipped(let number): palette.dim("  (\(count(number, "line")) the same)")
    }
  }
}

extension [String] {
  fileprivate var dropLastEmpty: [String] { last == "" ? dropLast() : self }
}
