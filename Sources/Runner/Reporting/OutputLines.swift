/// Whole lines that one step has printed on one host, handed over together: a host may print millions.
package struct OutputLines: Sendable {
  package var time: Timestamp
  package var host: String
  package var step: PlannedStep
  package var stream: OutputStream
  /// Without their ends, and with nothing left to hide.
  package var lines: [ArraySlice<UInt8>]

  package init(host: String, step: PlannedStep, stream: OutputStream, lines: [ArraySlice<UInt8>]) {
    time = .now()
    self.host = host
    self.step = step
    self.stream = stream
    self.lines = lines
  }

  /// The same, an event a line.
  package var events: some Sequence<Event> {
    var event = Event(.stepOutput, host: host, step: step, stream: stream)
    event.time = time
    return lines.lazy.map { line in
      event.text = line.text
      return event
    }
  }
}

extension ArraySlice<UInt8> {
  /// What a program has printed, as text: what is no UTF-8 is replaced.
  package var text: String { String(decoding: self, as: UTF8.self) }
}
