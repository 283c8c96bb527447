/// Whole lines with the host in front, and a summary: for logs, pipes and people.
@Engine package final class PlainReporter: Reporter {
  private let sink: Sink
  private let detail: Invocation.Detail
  private let palette: Palette
  private var width = 0
  /// The CI whose log this is, and how parts of it are folded, if they are.
  private let ci: CI?
  private let folding: Folding?
  private var folds = 0
  private var openFold: (title: String, name: String)?

  package init(sink: Sink, detail: Invocation.Detail, palette: Palette, hosts: [String], ci: CI? = nil, isFolding: Bool = true) {
    self.sink = sink
    self.detail = detail
    self.palette = palette
    self.ci = ci
    folding = isFolding ? ci.flatMap { Folding($0.service) } : nil
    width = min(hosts.map(\.count).max() ?? 0, 40)
  }

  package func receive(_ event: Event) {
    switch event.kind {
    case .runStarted: if detail > .quiet { line(palette.bold((event.name ?? "").safeLines)) }
    case .phaseStarted: if detail > .quiet { phase(event) }
    case .decisionMade: decided(event)
    case .notice: line(palette.yellow(notice(event)))
    case .hostConnected: if detail == .verbose { line(event.host, "+", "connected") }
    case .hostLog where detail < .verbose: break
    case .hostLog:
      for text in (event.text ?? "").split(whereSeparator: \.isNewline) { line(event.host, "#", palette.dim(String(text).safe)) }
    case .stepStarted where event.isQuiet && detail < .verbose: break
    case .stepStarted:
      let again = event.attempt.map { $0 > 1 ? " (attempt \($0))" : "" } ?? ""
      if detail > .quiet { line(event.host, ">", palette.dim((event.name ?? "").firstLine.safe + again)) }
    case .stepOutput: if detail > .quiet { output(event.text ?? "", event.host, event.stream) }
    case .stepFinished: finished(event)
    case .hostFinished: if detail == .verbose { line(event.host, "=", "\(event.outcome?.words ?? "") in \(seconds(event.duration ?? 0))") }
    case .phaseFinished: close(event)
    case .runFinished: break
    }
  }

  package func receive(_ output: OutputLines) {
    guard detail > .quiet else { return }
    let start = Array(start(output.host, sign(output.stream)).utf8)
    for line in output.lines {
      // Plain lines, which nearly all are, are not even made text.
      if ci == nil, line.withUnsafeBufferPointer(UnsafeBytes.areAllShown) {
        sink.write(start, line)
      } else {
        self.output(line.text, output.host, output.stream)
      }
    }
  }

  private func output(_ text: String, _ host: String?, _ stream: OutputStream?) {
    line(host, sign(stream), text.safeOutput(colors: palette.isOn))
  }

  private func sign(_ stream: OutputStream?) -> String { stream == .error ? "!" : "|" }

  package func flush() { sink.flush() }

  package func finish(_ summary: Summary) {
    close()
    sink.write(folding?.beforeSummary ?? "")
    for text in SummaryText.lines(of: summary, palette) { line(text) }
    for row in summary.rows where row.outcome.isFailure {
      sink.write(folding?.error(host: row.host.safe, (row.problem ?? row.outcome.words).safe.withoutCICommands) ?? "")
    }
    sink.flush()
  }

  /// Words of a host stay on one line, or they could pass for several of ours.
  private func notice(_ event: Event) -> String { (event.host == nil ? event.text?.safeLines : event.text?.safe) ?? "" }

  private func decided(_ event: Event) {
    let text = event.text ?? ""
    guard event.outcome == .succeeded else { return line(palette.red("\((event.name ?? "").safe): \(text.safe)")) }
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

  private func line(_ host: String?, _ sign: String, _ text: String) { line(start(host, sign) + text) }

  private func start(_ host: String?, _ sign: String) -> String {
    "\(palette.host((host ?? "").safe.padded(to: width), host ?? "")) \(palette.dim(sign)) "
  }

  private func line(_ text: String) {
    let text =
      ci == nil
      ? text : text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).withoutCICommands }.joined(separator: "\n")
    sink.write(text + "\n")
  }

  // MARK: Folding

  private func phase(_ event: Event) {
    guard let folding else { return line(palette.bold("- \((event.name ?? "").safeLines)")) }
    close()
    let title = (event.name ?? "").firstLine.safe.withoutCICommands
    folds += 1
    // Several runs may share a log.
    let name = "pushbutton_\(event.time.milliseconds / 1000)_\(folds)"
    openFold = (title, name)
    sink.write(folding.open(title, name: name, at: event.time))
  }

  private func close(_ event: Event? = nil) {
    guard let folding, let fold = openFold else { return }
    openFold = nil
    let isFailure = event?.outcome != .succeeded
    sink.write(folding.close(fold.title, name: fold.name, at: event?.time ?? .now(), isFailure: isFailure))
  }
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
