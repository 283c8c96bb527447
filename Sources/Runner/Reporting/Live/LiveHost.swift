import Tasks

/// What the live view knows of a host that is worked on.
struct LiveHost {
  let name: String
  let started: Clock.Instant
  /// Nothing while it is connected to.
  var step: (title: String, name: String, started: Clock.Instant, attempt: Int?)?
  /// The last lines that its step has printed.
  var lines: [String] = []

  static let kept = 10

  mutating func add(_ more: [String]) {
    lines += more.suffix(Self.kept)
    if lines.count > Self.kept { lines.removeFirst(lines.count - Self.kept) }
  }

  /// One row, no wider than the terminal: host, step, how long, and what it said last.
  func row(_ palette: Palette, width: Int, names: Int, now: Clock.Instant) -> String {
    let time = (now - (step?.started ?? started)).short
    var title = step?.title ?? "connecting"
    if let attempt = step?.attempt, attempt > 1 { title += " (attempt \(attempt))" }
    // What a step is called matters more than what it says, and neither may push the other out.
    let room = max(0, width - names - 6 - time.count)
    // A tab is as wide as it likes.
    let last = (lines.last ?? "").replacing("\t", with: " ")
    let titled = title.fitted(to: last.isEmpty ? room : min(max(room / 2, room - last.columns - 2), room))
    let said = last.fitted(to: max(0, room - titled.columns - 2))
    let host = name.fitted(to: names).filled(to: names)
    return "  \(palette.host(host, name))  \(titled)  \(palette.dim(time))" + (said.isEmpty ? "" : "  \(palette.dim(said))")
  }
}

extension Duration {
  /// Whole seconds, or minutes and seconds: `7 s`, `3:07`.
  package var short: String {
    let seconds = Int(components.seconds)
    return seconds < 60 ? "\(seconds) s" : "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }
}
