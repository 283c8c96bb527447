import Tasks

/// A run as a person at a terminal sees it: a picture of what is going on, and above it what is worth keeping.
@Engine package final class LiveReporter: Reporter {
  private let sink: Sink
  private var model: LiveModel
  private var canvas = Canvas()
  private let palette: Palette
  private let size: () -> (columns: Int, rows: Int)
  private var lines: [String] = []
  private var isScheduled = false
  private var isPaused = false
  private var isFinished = false
  private var drawn: (at: Clock.Instant, size: (columns: Int, rows: Int))?
  private var frame = 0
  private var heartbeat: Engine.Timer?
  private let outputs: StepOutputs

  /// Often enough to look alive, and seldom enough to cost nothing: 20 pictures a second at the most.
  private static let pause = Duration.milliseconds(50)

  package init(
    sink: Sink, detail: Invocation.Detail, palette: Palette, signs: Signs, before: Duration?, keeping limit: StepOutput.Limit,
    size: @escaping () -> (columns: Int, rows: Int)
  ) {
    self.sink = sink
    self.palette = palette
    self.size = size
    outputs = StepOutputs(limit: limit)
    model = LiveModel(palette: palette, signs: signs, detail: detail, before: before, now: Clock.now)
  }

  package func begin(_ plan: Plan) { outputs.begin() }

  package func receive(_ event: Event) {
    isPaused = false
    lines += model.receive(event, now: Clock.now)
    draw()
  }

  package func receive(_ output: OutputLines) {
    isPaused = false
    outputs.add(output, title: model.title(on: output.host))
    model.receive(output, now: Clock.now)
    draw()
  }

  /// A person is about to be asked: until something happens again, the screen is theirs.
  package func flush() {
    isPaused = true
    sink.write(canvas.clear(above: takeLines()))
    sink.flush()
  }

  package func finish(_ summary: Summary) {
    isFinished = true
    heartbeat?.cancel()
    let output = FoldedText.lines(of: outputs.folded, palette)
    sink.write(canvas.clear(above: takeLines() + output + SummaryText.lines(of: summary, palette, isFolded: true)))
    sink.flush()
  }

  private func takeLines() -> [String] {
    defer { lines = [] }
    return lines
  }

  /// Soon: what happens until then is drawn with it.
  private func draw() {
    guard !isScheduled, !isFinished else { return }
    isScheduled = true
    let rest = drawn.map { Self.pause - (Clock.now - $0.at) } ?? .zero
    Engine.after(max(.milliseconds(5), rest)) {
      self.isScheduled = false
      self.drawNow()
    }
  }

  private func drawNow() {
    guard !isFinished, !isPaused else { return }
    let size = size(), now = Clock.now
    frame += 1
    let picture = model.picture(width: size.columns - 1, height: size.rows - 1, frame: frame, now: now)
    let isResized = drawn.map { $0.size != size } ?? true
    sink.write(canvas.frame(picture, above: takeLines(), isRedrawn: isResized))
    sink.flush()
    drawn = (now, size)
    heartbeat?.cancel()
    // Time passes, and terminals are resized, without an event.
    if !picture.isEmpty { heartbeat = Engine.after(.milliseconds(250)) { self.drawNow() } }
  }
}
