import Tasks

/// What the live view shows, worked out from events alone: lines that stay, and a picture of what is going on now.
struct LiveModel {
  let palette: Palette
  let signs: Signs
  let detail: Invocation.Detail
  /// How long the last run of the same that went well took.
  let before: Duration?
  private let started: Clock.Instant
  private var phase: LivePhase?
  private var hosts: [String: LiveHost] = [:]
  private var order: [String] = []

  init(palette: Palette, signs: Signs, detail: Invocation.Detail, before: Duration?, now: Clock.Instant) {
    (self.palette, self.signs, self.detail, self.before) = (palette, signs, detail, before)
    started = now
  }

  /// Takes note of an event; returns the lines that stay on the screen.
  mutating func receive(_ event: Event, now: Clock.Instant) -> [String] {
    let name = (event.name ?? "").safeLines
    switch event.kind {
    case .runStarted: return [palette.bold(name)]
    case .phaseStarted:
      phase = LivePhase(name: name.firstLine, started: now, batches: event.batches ?? [])
      return []
    case .phaseFinished: return finish(event, name)
    case .hostConnected: change(event.host, now) { _ in }
    case .stepStarted:
      let title = (event.step.map { "[\($0)] " } ?? "") + name.firstLine
      change(event.host, now) {
        $0.step = (title, name.firstLine, now, event.attempt)
        $0.lines = []
      }
    case .stepOutput: change(event.host, now) { $0.add([event.text?.safeOutput() ?? ""]) }
    case .stepFinished: return finishStep(event)
    case .hostFinished:
      phase?.done += 1
      if event.outcome?.isFailure == true { phase?.failed += 1 }
      if let host = event.host, hosts.removeValue(forKey: host) != nil { order.removeAll { $0 == host } }
      // Of one that could not even be connected to, no step tells.
      if let text = event.text, event.outcome == .unreachable { return [failure(event.host, text)] }
    case .hostLog where detail == .verbose:
      return (event.text ?? "").split(whereSeparator: \.isNewline).map { "  \((event.host ?? "").safe)  \(palette.dim(String($0).safe))" }
    case .decisionMade:
      let text = (event.text ?? "").split(separator: "\n").map { String($0).safe }
      return event.outcome == .succeeded ? text : [palette.red("\(name.safe): \((event.text ?? "").safe)")]
    case .notice: return [palette.yellow((event.host == nil ? event.text?.safeLines : event.text?.safe) ?? "")]
    case .hostLog, .runFinished: break
    }
    return []
  }

  mutating func receive(_ output: OutputLines, now: Clock.Instant) {
    change(output.host, now) { $0.add(output.lines.suffix(LiveHost.kept).map { $0.prefix(Self.longestLine).text.safeOutput() }) }
  }

  /// What the step is called that a host is at.
  func title(on host: String) -> String { hosts[host]?.step?.name ?? "" }

  /// More than a terminal is wide.
  private static let longestLine = 1000

  private mutating func change(_ host: String?, _ now: Clock.Instant, _ change: (inout LiveHost) -> Void) {
    guard let host, phase != nil else { return }
    if hosts[host] == nil {
      hosts[host] = LiveHost(name: host.safe, started: now)
      order.append(host)
    }
    hosts[host].map {
      var state = $0
      change(&state)
      hosts[host] = state
    }
  }

  private mutating func finish(_ event: Event, _ name: String) -> [String] {
    defer {
      phase = nil
      hosts = [:]
      order = []
    }
    let time = palette.dim(event.duration.map(seconds) ?? "")
    guard event.outcome != .succeeded else { return detail > .quiet ? ["\(palette.green(signs.done)) \(name.firstLine)  \(time)"] : [] }
    let failed = (phase?.failed).flatMap { $0 > 0 ? ": \($0) of \(count(phase?.hosts ?? 0, "host")) failed" : nil } ?? ""
    return ["\(palette.red(signs.failed)) \(name.firstLine)\(palette.red(failed))  \(time)"]
  }

  /// A failure is shown at once, with the output that matters: the last lines of its step.
  private mutating func finishStep(_ event: Event) -> [String] {
    let host = event.host.flatMap { hosts[$0] }
    guard let outcome = event.outcome, outcome != .succeeded else { return [] }
    let step = event.step.map { "[\($0)] " } ?? ""
    let text = "\(step)\((event.name ?? "").firstLine.safe): \((event.text ?? outcome.words).safe)"
    return [failure(event.host, text)] + (host?.lines ?? []).map { "      \(palette.dim($0))" }
  }

  private func failure(_ host: String?, _ text: String) -> String {
    "  \(palette.red("\(signs.failed) \((host ?? "").safe)"))  \(text.safe)"
  }

  // MARK: The picture

  /// What is going on, in at most so many rows, none of them wider than the terminal.
  func picture(width: Int, height: Int, frame: Int, now: Clock.Instant) -> [String] {
    guard let phase, height > 0, width > 8 else { return [] }
    var rows = [phase.row(palette, signs, width: width, frame: frame, now: now)]
    let room = max(0, min(height - 2, Self.mostHosts))
    // What is slow comes first: hosts stand in the order in which they began.
    let shown = order.prefix(order.count > room ? max(0, room - 1) : room).compactMap { hosts[$0] }
    let names = min(shown.map(\.name.columns).max() ?? 0, max(8, width / 4))
    rows += shown.map { $0.row(palette, width: width, names: names, now: now) }
    let others = order.dropFirst(shown.count)
    if !others.isEmpty {
      // Folding many names 20 times a second would cost more than all the rest.
      let names = others.count > Self.mostNames ? "" : ": \(folded(others.map(\.safe)))"
      rows.append(palette.dim("  and \(others.count) more\(names)".fitted(to: width)))
    }
    var total = "\((now - started).short) in all"
    if let before { total += ", \(before.short) the last time" }
    if height > 3 { rows.append(palette.dim("  \(total)".fitted(to: width))) }
    return Array(rows.prefix(height))
  }

  private static let mostHosts = 12
  private static let mostNames = 40
}
