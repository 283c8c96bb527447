import Tasks

extension RunStory {
  /// The story of a run that was, as far as its folder tells it; nothing when there is no such run.
  package init?(_ folder: RunFolder) {
    guard let run = PastRun(folder) else { return nil }
    self.init(facts: run.record.facts, title: run.record.title)
    isAlive = run.isAlive
    duration = run.result?.duration
    plans = ((try? File.read(folder.path("plan.json"))).flatMap { try? JSON.parse($0) }).map(StoryPlan.all) ?? []
    planText = (try? File.read(folder.path("plan.txt"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    logs = folder.path("hosts")
    var reading = StoryReading(folder, hosts: hosts.count)
    for line in JournalLine.all(of: folder) { reading.add(line, to: &self) }
    reading.end(&self)
    if let result = run.result { (status, finished) = (ExitStatus(rawValue: Int32(result.status)), result.finished) }
    let cells = Dictionary(grouping: self.cells, by: \.key.host)
    rows = hosts.filter { !$0.isEmpty }.map { row($0, cells[$0] ?? []) }
    if run.isResumable { next.append(ResumeWords.goOn(run.id)) }
  }

  /// What a host's entries say became of it.
  private func row(_ host: String, _ cells: [(key: Place, value: Cell)]) -> Summary.Row {
    let own = cells.map(\.value)
    let duration = own.reduce(0.0) { sum, cell in
      guard let begun = cell.begun, let ended = cell.ended else { return sum }
      return sum + Double(ended.milliseconds - begun.milliseconds) / 1000
    }
    var row = Summary.Row(host: host, outcome: .skipped, isStarted: !own.isEmpty, duration: duration, problem: nil, lastLines: [])
    if let loss = losses[host] ?? cells.lazy.compactMap({ loss($0, $1) }).first {
      row.outcome = loss.outcome
      row.problem = loss.problem
      let last = own.filter { $0.outcome?.isFailure ?? true }.max { ($0.begun ?? facts.started) < ($1.begun ?? facts.started) }
      if loss.outcome.isFailure { row.lastLines = last?.output.lines.suffix(10).map(\.text) ?? [] }
    } else if own.contains(where: { $0.outcome == nil || $0.outcome == .unknown }) {
      row.outcome = isAlive ? .cancelled : .unknown
      row.problem = isAlive ? "still going on" : "cut off: nobody knows how its last step ended"
    } else if !own.isEmpty {
      row.outcome = status == .done || status == .partial || isThrough(host, cells.map(\.key)) ? .succeeded : .cancelled
    }
    return row
  }

  /// Whether a host has been in every phase that it has a part in.
  private func isThrough(_ host: String, _ places: [Place]) -> Bool {
    let begun = Set(places.map { [$0.plan, $0.step] })
    return plans.enumerated().allSatisfy { number, plan in
      plan.phases.allSatisfy { phase in
        let own = phase.steps.filter { $0.depth == 0 && ($0.onlyHost ?? host) == host }
        return phase.isCleaningUp || own.isEmpty || !phase.batches.joined().contains(host)
          || phase.steps.contains { begun.contains([number, $0.number]) }
      }
    }
  }
}

extension RunStory {
  /// What old journals say only by the step that has failed.
  private func loss(_ place: Place, _ cell: Cell) -> Loss? {
    guard let outcome = cell.outcome, outcome == .failed || outcome == .unreachable, plans.indices.contains(place.plan),
      let step = plans[place.plan].phases.lazy.flatMap(\.steps).first(where: { $0.number == place.step }), !step.ignoresFailure
    else { return nil }
    return Loss(outcome: outcome, problem: "[\(step.number)] \(step.title.firstLine): \(cell.problem ?? outcome.words)", time: cell.ended)
  }
}

/// Reads a journal line by line, and the parts of the hosts' logs that its entries tell of.
private struct StoryReading {
  private let folder: RunFolder
  private let limit: StepOutput.Limit
  /// Where in its host's log the output of a step begins.
  private var starts: [RunStory.Place: Int] = [:]
  /// The time of the last entry that has one.
  private var heard: Timestamp?
  /// The places with output on each host, the oldest first.
  private var kept: [String: [RunStory.Place]] = [:]

  init(_ folder: RunFolder, hosts: Int) {
    self.folder = folder
    limit = .forHosts(hosts)
  }

  mutating func add(_ line: JournalLine, to story: inout RunStory) {
    defer { heard = line.time ?? heard }
    switch line.entry {
    case .begun(let host, let plan, let step, let attempt):
      let place = RunStory.Place(plan: plan, step: step, host: host)
      if attempt == 1 || story.cells[place] == nil {
        story.cells[place] = RunStory.Cell(begun: line.time, output: StepOutput(limit: limit))
        starts[place] = line.log
      }
      story.cells[place]?.attempts = attempt
    case .ended(let host, let plan, let step, let outcome, let status):
      let place = RunStory.Place(plan: plan, step: step, host: host)
      var cell = story.cells[place] ?? RunStory.Cell(output: StepOutput(limit: limit))
      // What a host told of it later is known to have ended before.
      cell.ended = line.time ?? cell.ended ?? (cell.begun == nil ? nil : heard)
      cell.outcome = outcome
      cell.status = status
      if outcome == .failed, let status { cell.problem = problem(status: status, timedOut: nil) }
      if let start = starts.removeValue(forKey: place), let end = line.log { read(start..<max(start, end), of: host, into: &cell.output) }
      story.cells[place] = cell
      forgetOld(of: place, in: &story)
    case .dropped(let host, let outcome, let problem):
      story.losses[host] = RunStory.Loss(outcome: outcome, problem: problem, time: line.time)
    case .changed(let host, let application, let previous, let live):
      story.add(RunStory.Change(application: application, host: host, previous: previous, live: live))
    case .resumed(let time, _):
      if let last = story.lastTime { story.pauses.append((last, max(last, time))) }
      // They get another chance.
      story.losses = [:]
      (story.status, story.finished) = (nil, nil)
    case .finished(let time, let status, _):
      (story.status, story.finished) = (ExitStatus(rawValue: Int32(status)), time)
    case .sent, .captured, .settled, .decided, .reached, .locked, .unlocked: break
    }
  }

  /// What was going on when the run was cut off has printed the rest of the log.
  mutating func end(_ story: inout RunStory) {
    for (place, start) in starts {
      let end = File.status(folder.log(of: place.host)).map { Int($0.st_size) } ?? start
      guard end > start, var cell = story.cells[place], cell.outcome == nil else { continue }
      read(start..<end, of: place.host, into: &cell.output)
      story.cells[place] = cell
      forgetOld(of: place, in: &story)
    }
  }

  /// As while a run goes on: the last step's output is what people ask for.
  private mutating func forgetOld(of place: RunStory.Place, in story: inout RunStory) {
    guard story.cells[place]?.output.isEmpty == false else { return }
    var own = kept[place.host, default: []].filter { $0 != place } + [place]
    var size = own.reduce(0) { $0 + (story.cells[$1]?.output.size ?? 0) }
    while size > limit.bytes * 4, own.count > 1 {
      let first = own.removeFirst()
      size -= story.cells[first]?.output.size ?? 0
      story.cells[first]?.output.forget()
    }
    kept[place.host] = own
  }

  private func read(_ range: Range<Int>, of host: String, into output: inout StepOutput) {
    guard !range.isEmpty, let (head, tail) = try? File.readEnds(folder.log(of: host), in: range, each: 2 * limit.bytes) else { return }
    var lines = LineBuffer()
    for line in lines.feed(head[...]) + lines.finish() { output.add(line, .output) }
    guard let tail else { return }
    output.skip(bytes: range.count - head.count - tail.count)
    for line in lines.feed(tail[...]) + lines.finish() { output.add(line, .output) }
  }
}
