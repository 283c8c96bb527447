/// The table at the end of a run: a row for each host, with what went wrong first.
package enum SummaryText {
  package static func lines(of summary: Summary, _ palette: Palette) -> [String] {
    var lines = ["", headline(summary, palette)]
    let width = summary.rows.map(\.host.count).max() ?? 0
    let words = summary.rows.map { $0.outcome.words(isStarted: $0.isStarted) }
    let middle = words.map(\.count).max() ?? 0
    for (row, word) in zip(summary.rows, words) {
      let paint = row.outcome == .succeeded ? palette.green : row.outcome.isFailure ? palette.red : palette.yellow
      var line = "  \(row.host.padded(to: width))  \(paint(word.padded(to: middle)))"
      if row.isStarted { line += "  \(seconds(row.duration))" }
      if let problem = row.problem { line += "  \(problem.safe)" }
      lines.append(line.trimmingSuffix { $0 == " " }.description)
      lines += row.lastLines.map { "      \($0.safe)" }
    }
    if !summary.next.isEmpty { lines += [""] + summary.next.map(\.safe) }
    return lines
  }

  private static func headline(_ summary: Summary, _ palette: Palette) -> String {
    let time = " in \(seconds(summary.duration))"
    switch summary.status {
    case .done: return palette.green("\(summary.title): done\(time)")
    case .partial: return palette.yellow("\(summary.title): done, except for tolerated hosts,\(time)")
    case .unreachable: return palette.red("\(summary.title): failed, a host could not be reached,\(time)")
    case .locked:
      let how = summary.rows.contains(where: \.isStarted) ? "stopped" : "not started"
      return palette.yellow("\(summary.title): \(how), the lock is held by another run")
    case .interrupted, .terminated: return palette.yellow("\(summary.title): interrupted\(time)")
    default: return palette.red("\(summary.title): failed\(time)")
    }
  }
}
