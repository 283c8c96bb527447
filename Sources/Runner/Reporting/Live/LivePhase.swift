import Tasks

/// What the live view knows of the phase that is going on.
struct LivePhase {
  let name: String
  let started: Clock.Instant
  /// How many hosts each batch has.
  let batches: [Int]
  var done = 0
  var failed = 0

  var hosts: Int { batches.reduce(0, +) }

  /// Which batch the next host to end belongs to, counted from 1.
  var batch: Int {
    var sum = 0
    for (number, size) in batches.enumerated() {
      sum += size
      if done < sum { return number + 1 }
    }
    return batches.count
  }

  /// One row: what, how far, how long.
  func row(_ palette: Palette, _ signs: Signs, width: Int, frame: Int, now: Clock.Instant) -> String {
    var facts: [String] = []
    if batches.count > 1 { facts.append("batch \(batch)/\(batches.count)") }
    if hosts > 1 { facts.append("\(done)/\(hosts)") }
    if failed > 0 { facts.append("\(failed) failed") }
    facts.append((now - started).short)
    // On a narrow terminal, the time and as much of the rest as leaves room for a name.
    func joined() -> String { facts.joined(separator: " \(signs.dot) ") }
    while facts.count > 1, joined().columns + 12 > width { facts.removeFirst() }
    let end = joined().fitted(to: max(0, width - 4))
    let room = max(0, width - end.columns - 4)
    let width = hosts > 1 && room >= 50 ? min(20, room / 3) : 0
    let title = name.fitted(to: room - (width == 0 ? 0 : width + 2))
    let isGood = failed == 0
    let bar = width == 0 ? "" : bar(signs, width: width, isGood ? palette.green : palette.red, palette.dim) + "  "
    let sign = palette.yellow(signs.waiting[frame % signs.waiting.count])
    return "\(sign) \(palette.bold(title))  \(bar)\(isGood ? palette.dim(end) : palette.red(end))"
  }

  /// What is done, and what is left of it in another colour.
  private func bar(_ signs: Signs, width: Int, _ done: (String) -> String, _ rest: (String) -> String) -> String {
    let filled = width * self.done / hosts
    let left = width - filled
    return (filled > 0 ? done(String(repeating: signs.filled, count: filled)) : "")
      + (left > 0 ? rest(String(repeating: signs.empty, count: left)) : "")
  }
}
