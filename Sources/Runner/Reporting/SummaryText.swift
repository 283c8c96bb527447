/// The table at the end of a run: a row for each host, with what went wrong first.
package enum SummaryText {
  /// With `isFolded`, many hosts of which there is nothing to say are one row, and what was printed stands above, folded.
  package static func lines(of summary: Summary, _ palette: Palette, isFolded: Bool = false) -> [String] {
    var summary = summary
    if isFolded, summary.rows.count > most { summary.rows = folded(summary.rows) }
    var lines = ["", headline(summary, palette)]
    let hosts = summary.rows.map(\.host.safe)
    // Many names that do not fold are longer than any line.
    let width = hosts.map(\.count).filter { $0 <= 60 }.max() ?? 0
    let words = summary.rows.map { $0.outcome.words(isStarted: $0.isStarted) }
    let middle = words.map(\.count).max() ?? 0
    for ((row, host), word) in zip(zip(summary.rows, hosts), words) {
      let paint = row.outcome == .succeeded ? palette.green : row.outcome.isFailure ? palette.red : palette.yellow
      var line = "  \(host.padded(to: width))  \(paint(word.padded(to: middle)))"
      if row.isStarted { line += "  \(seconds(row.duration))" }
      if let problem = row.problem { line += "  \(problem.safe)" }
      lines.append(line.trimmingSuffix { $0 == " " }.description)
      if !isFolded { lines += row.lastLines.map { "      \($0.safeOutput(colors: palette.isOn))" } }
    }
    if !summary.next.isEmpty { lines += [""] + summary.next.map(\.safe) }
    return lines
  }

  /// More rows than people look through.
  private static let most = 20

  /// Those without a problem by their outcome, as long as the slowest of them took; each of the others as it is.
  private static func folded(_ rows: [Summary.Row]) -> [Summary.Row] {
    var result: [Summary.Row] = []
    var names: [Int: [String]] = [:]
    for row in rows {
      guard row.problem == nil, row.lastLines.isEmpty else {
        result.append(row)
        continue
      }
      if let place = names.keys.first(where: { result[$0].outcome == row.outcome && result[$0].isStarted == row.isStarted }) {
        names[place]?.append(row.host)
        result[place].duration = max(result[place].duration, row.duration)
      } else {
        names[result.count] = [row.host]
        result.append(row)
      }
    }
    for (place, hosts) in names { result[place].host = Runner.folded(hosts) }
    return result
  }

  private static func headline(_ summary: Summary, _ palette: Palette) -> String {
    let title = summary.title.safe
    let time = " in \(seconds(summary.duration))"
    switch summary.status {
    case .done: return palette.green("\(title): done\(time)")
    case .partial: return palette.yellow("\(title): done, except for tolerated hosts,\(time)")
    case .unreachable: return palette.red("\(title): failed, a host could not be reached,\(time)")
    case .invalid: return palette.red("\(title): not gone on with; it is as it was")
    case .locked:
      let how = summary.rows.contains(where: \.isStarted) ? "stopped" : "not started"
      return palette.yellow("\(title): \(how), the lock is held by another run")
    case .interrupted, .terminated: return palette.yellow("\(title): interrupted\(time)")
    default: return palette.red("\(title): failed\(time)")
    }
  }
}
