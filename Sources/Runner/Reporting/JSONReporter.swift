/// One event a line, for programs.
@Engine package final class JSONReporter: Reporter {
  private let run: String
  private let sink: Sink

  package init(run: String, sink: Sink) {
    self.run = run
    self.sink = sink
  }

  package func receive(_ event: Event) { sink.write(JSON.text(event.json(run: run)) + "\n") }

  package func finish(_ summary: Summary) { sink.flush() }
}
