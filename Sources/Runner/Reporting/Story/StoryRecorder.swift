import Tasks

/// Gathers a run's story while it goes on, within a limit that does not grow with what hosts print; hands it over at the end.
@Engine package final class StoryRecorder: Reporter {
  private var story: RunStory
  private let tell: (RunStory) -> Void
  /// Steps that are done on this machine: a host may have its name.
  private var localSteps: Set<Int> = []
  /// Of the plan that is being run.
  private var number = -1
  /// The places with output on each host, the oldest first, and how much that is.
  private var kept: [String: (places: [RunStory.Place], size: Int)] = [:]
  private let limit: StepOutput.Limit

  /// `story` has the plans, and what is known already when the run goes on with one that was cut off.
  package init(_ story: RunStory, tell: @escaping (RunStory) -> Void) {
    self.tell = tell
    var story = story
    if let last = story.lastTime {
      story.pauses.append((last, .now()))
      story.losses = [:]
    }
    self.story = story
    limit = .forHosts(story.hosts.count)
  }

  package func begin(_ plan: Plan) {
    number += 1
    localSteps = []
    guard story.plans.indices.contains(number) else { return }
    localSteps = Set(story.plans[number].phases.filter { $0.batches == [[""]] }.flatMap(\.steps).map(\.number))
  }

  package func receive(_ event: Event) {
    switch event.kind {
    case .stepStarted:
      guard let place = place(event.step, event.host) else { return }
      if event.attempt ?? 1 == 1 { story.cells[place] = RunStory.Cell(begun: event.time, output: StepOutput(limit: limit)) }
      story.cells[place]?.attempts = event.attempt ?? 1
    case .stepOutput:
      guard let place = place(event.step, event.host) else { return }
      story.cells[place]?.output.add(Array((event.text ?? "").utf8)[...], event.stream ?? .output)
    case .stepFinished: finished(event)
    case .hostFinished:
      guard let host = event.host, let outcome = event.outcome, outcome != .succeeded else { return }
      if story.losses[host] == nil { story.losses[host] = RunStory.Loss(outcome: outcome, problem: event.text, time: event.time) }
    case .notice, .decisionMade: if let text = event.text, story.notices.count < 500 { story.notices.append(text.beginning(1000)) }
    default: break
    }
  }

  package func receive(_ output: OutputLines) {
    guard let place = place(output.step.number, output.host) else { return }
    // In place: a copy for every few lines would cost more than all the rest.
    for line in output.lines { story.cells[place]?.output.add(line, output.stream) }
  }

  package func finish(_ summary: Summary) {
    story.finished = .now()
    story.status = summary.status
    story.duration = summary.duration
    story.rows = summary.rows
    story.next = summary.next
    story.logs = summary.logs
    story.isAlive = false
    addWhatOnlyTheJournalKnows()
    for change in summary.changes { story.add(change) }
    tell(story)
  }

  /// Of a run that was gone on with: how steps ended of which hosts or a person have told.
  private func addWhatOnlyTheJournalKnows() {
    guard !story.pauses.isEmpty, let logs = story.logs, story.cells.contains(where: { $0.value.outcome == nil }),
      let told = RunStory(RunFolder(path: PathText.folder(of: logs)))
    else { return }
    for (place, cell) in story.cells where cell.outcome == nil { story.cells[place] = told.cells[place] ?? cell }
  }

  private func place(_ step: Int?, _ host: String?) -> RunStory.Place? {
    guard let step, let host else { return nil }
    return RunStory.Place(plan: number, step: step, host: localSteps.contains(step) ? "" : host)
  }

  private func finished(_ event: Event) {
    guard let place = place(event.step, event.host) else { return }
    var cell = story.cells.removeValue(forKey: place) ?? RunStory.Cell(begun: event.time, output: StepOutput(limit: limit))
    cell.ended = event.time
    cell.outcome = event.outcome
    cell.status = event.status
    cell.problem = event.text
    story.cells[place] = cell
    guard !cell.output.isEmpty else { return }
    kept[place.host, default: ([], 0)].places.append(place)
    kept[place.host]?.size += cell.output.size
    forgetOld(of: place.host)
  }

  /// The last step's output is what people ask for.
  private func forgetOld(of host: String) {
    while let own = kept[host], own.size > limit.bytes * 4, own.places.count > 1 {
      kept[host]?.places.removeFirst()
      kept[host]?.size -= story.cells[own.places[0]]?.output.size ?? 0
      story.cells[own.places[0]]?.output.forget()
    }
  }
}

extension RunStory {
  /// When it was last heard of.
  package var lastTime: Timestamp? { (cells.values.compactMap { $0.ended ?? $0.begun } + pauses.map(\.to)).max() }
}
