/// Several reporters, each of which is told everything.
@Engine package final class ReporterGroup: Reporter {
  private let reporters: [any Reporter]

  package init(_ reporters: [any Reporter]) { self.reporters = reporters }

  package func begin(_ plan: Plan) {
    for reporter in reporters { reporter.begin(plan) }
  }

  package func receive(_ event: Event) {
    for reporter in reporters { reporter.receive(event) }
  }

  package func receive(_ output: OutputLines) {
    for reporter in reporters { reporter.receive(output) }
  }

  package func finish(_ summary: Summary) {
    for reporter in reporters { reporter.finish(summary) }
  }

  package func flush() {
    for reporter in reporters { reporter.flush() }
  }
}
