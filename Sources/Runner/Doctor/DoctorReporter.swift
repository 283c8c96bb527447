/// Of what happens while hosts are looked at, people get what they cannot see in the table: on standard error, beside the answer.
@Engine final class DoctorReporter: Reporter {
  private let sink = Sink(descriptor: 2)
  private let isVerbose: Bool

  init(isVerbose: Bool) { self.isVerbose = isVerbose }

  func receive(_ event: Event) {
    switch event.kind {
    case .notice: sink.write((event.text ?? "").safeLines + "\n")
    case .hostLog where isVerbose:
      for line in (event.text ?? "").split(whereSeparator: \.isNewline) { sink.write("\(event.host ?? "") | ssh: \(line)".safe + "\n") }
    default: break
    }
  }

  func receive(_ output: OutputLines) {}
  func finish(_ summary: Summary) {}
  func flush() { sink.flush() }
}
