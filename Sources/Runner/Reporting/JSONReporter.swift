/// One event a line, for programs.
@Engine package final class JSONReporter: Reporter {
  private let run: String
  private let sink: Sink
  private let ci: CI?

  /// `ci` is the one whose log the lines go to.
  package init(run: String, sink: Sink, ci: CI? = nil) {
    self.run = run
    self.sink = sink
    self.ci = ci
  }

  package func receive(_ event: Event) {
    let text = JSON.text(event.json(run: run))
    sink.write((ci == nil ? text : Self.guarded(text)) + "\n")
  }

  /// The same JSON, without what a CI would take for a command: inside of a string is the only place for it.
  private static func guarded(_ text: String) -> String {
    ["##[", "##vso[", "##teamcity["].reduce(text) { $0.replacing($1, with: "\($1.dropLast())\\u005b") }
  }

  package func flush() { sink.flush() }

  package func finish(_ summary: Summary) { sink.flush() }
}
