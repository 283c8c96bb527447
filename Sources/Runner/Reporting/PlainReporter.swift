/// Whole lines with the host in front, and a summary: for logs, pipes and people.
@Engine package final class PlainReporter: Reporter {
  private let sink: Sink
  private let detail: Invocation.Detail
  private let palette: Palette
  private var width = 0

  package init(sink: Sink, detail: Invocation.Detail, palette: Palette, hosts: [String]) {
    self.sink = sink
    self.detail = detail
    self.palette = palette
    width = min(hosts.map(\.count).max() ?? 0, 40)
  }

  package func receive(_ event: Event) {
    switch event.kind {
    case .runStarted: if detail > .quiet { line(palette.bold(event.name ?? "")) }
    case .phaseStarted: if detail > .quiet { line(palette.bold("- \(event.name ?? "")")) }
    case .decisionMade: decided(event)
    case .notice: line(palette.yellow(event.text?.safe ?? ""))
    case .hostConnected: if detail == .verbose { line(event.host, "+", "connected") }
    case .stepStarted where event.isQuiet && detail < .verbose: break
    case .stepStarted:
      let again = event.attempt.map { $0 > 1 ? " (attempt \($0))" : "" } ?? ""
      if detail > .quiet { line(event.host, ">", palette.dim((event.name ?? "").firstLine.safe + again)) }
    case .stepOutput:
      if detail > .quiet { line(event.host, event.stream == .error ? "!" : "|", event.text?.safe ?? "") }
    case .stepFinished: finished(event)
    case .hostFinished: if detail == .verbose { line(event.host, "=", "\(event.outcome?.words ?? "") in \(seconds(event.duration ?? 0))") }
    case .phaseFinished, .runFinished: break
    }
  }

  package func finish(_ summary: Summary) {
    for text in SummaryText.lines(of: summary, palette) { line(text) }
    sink.flush()
  }

  private func decided(_ event: Event) {
    let text = event.text ?? ""
    guard event.outcome == .succeeded else { return line(palette.red("\(event.name ?? ""): \(text.safe)")) }
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) where !text.isEmpty { line(String(text).safe) }
  }

  private func finished(_ event: Event) {
    guard let outcome = event.outcome else { return }
    if outcome == .succeeded {
      if detail == .verbose { line(event.host, "<", "done in \(seconds(event.duration ?? 0))") }
    } else {
      line(event.host, "x", palette.red("\(outcome.words): \(event.text?.safe ?? "") (\((event.name ?? "").firstLine.safe))"))
    }
  }

  private func line(_ host: String?, _ sign: String, _ text: String) {
    line("\(palette.host((host ?? "").padded(to: width), host ?? "")) \(palette.dim(sign)) \(text)")
  }

  private func line(_ text: String) { sink.write(text + "\n") }
}

/// `0.25 s`.
package func seconds(_ value: Double) -> String { Duration.milliseconds(Int(value * 1000)).text }

extension String {
  /// The first line, marked when there are more.
  package var firstLine: String {
    guard let end = firstIndex(where: \.isNewline) else { return self }
    return self[..<end] + " ..."
  }
}
