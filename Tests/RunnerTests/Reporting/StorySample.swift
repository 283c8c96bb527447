import Tasks

@testable import Runner

/// A run as it could have been, with made-up times: what goes wrong, and what is printed, is told by the host's number.
struct StorySample {
  let count: Int
  /// Hosts that do not answer after the restart, and one that cannot be reached.
  var failing: Set<Int> = []
  var lost: Int?
  var tolerated = 0
  /// What a host prints in its second step, in place of the usual.
  var said: [Int: [String]] = [:]
  private func named(_ number: Int) -> String { "web\(number)" }
  private static let started = Timestamp(milliseconds: 1_772_357_400_250)
  private static let fanOut = 32

  func plan() throws -> Plan {
    let hosts = (1...count).map { Host(named($0), roles: ["web"], variables: [:]) }
    let tolerated = tolerated
    return try Fleet.plan(
      task("deploy", "Deploy") {
        Tasks.hosts("web") {
          parallel {
            run("df -P /srv | awk 'NR == 2 { exit $5 + 0 > 90 }'").named("enough room")
            run("curl -sf https://index.example.com/shop-1.4.2.tar.gz | tar xz -C /srv/shop/releases/1.4.2").named("ship shop 1.4.2")
            run("bin/migrate").named("migrate the database").once()
          }
          serially(by: [.count(1), .percent(25)], tolerating: .count(tolerated)) {
            run("ln -sfn releases/1.4.2 /srv/shop/current").named("make 1.4.2 live")
            run("systemctl restart shop").named("restart shop")
            run("curl -sf http://127.0.0.1:8000/version").named("answers with 1.4.2")
          }
        }
        local("git tag deployed-1.4.2")
      }, hosts: hosts)
  }

  func story() throws -> RunStory {
    let plan = try plan()
    var story = RunStory(
      facts: RunFacts(id: "20260301T093000-1f3a9c04", started: Self.started, user: "anna", url: "https://ci.example.com/shop/builds/118"),
      title: "deploy:production")
    story.plan([plan], mask: { $0 })
    var outcomes: [Int: Outcome] = [:]
    var clock = 300
    // The first phase, so many at once.
    var end = clock
    for number in 1...count where number != lost {
      let begin = 300 + (number - 1) / Self.fanOut * 2600 + number * 37 % 11 * 20
      var time = begin
      add(1, number, &time, 90 + number * 13 % 7 * 15, [], to: &story)
      add(2, number, &time, 1400 + number * 71 % 23 * 40, said[number] ?? Self.shipping, to: &story)
      if number == 1 {
        add(3, number, &time, 820, ["2 migrations", "  0041 add index on orders", "  0042 drop column legacy"], to: &story)
      }
      end = max(end, time)
      outcomes[number] = .succeeded
    }
    clock = end + 50
    let batches = plan.stages.flatMap { PlannedStage.phases(of: [$0]) }.last?.batches ?? []
    var first = 1, failed = 0, isStopped = false
    for batch in batches {
      end = clock
      for number in first..<first + batch.count where number != lost && !isStopped {
        var time = clock + (number - first) / Self.fanOut * 900 + number * 31 % 13 * 12
        add(4, number, &time, 40, [], to: &story)
        add(5, number, &time, 350 + number * 17 % 9 * 30, [], to: &story)
        let isBad = failing.contains(number)
        add(
          6, number, &time, isBad ? 3000 : 120 + number * 7 % 5 * 30,
          isBad ? ["!curl: (22) The requested URL returned error: 503"] : ["1.4.2"],
          isBad ? "status 22" : nil, to: &story)
        end = max(end, time)
        if isBad {
          outcomes[number] = .failed
          failed += 1
          story.losses[named(number)] = .init(outcome: .failed, problem: "[6] answers with 1.4.2: status 22", time: moment(time))
        } else {
          story.add(.init(application: "shop", host: named(number), previous: "1.4.1", live: "1.4.2"))
          outcomes[number] = .succeeded
          if isStopped { outcomes[number] = .cancelled }
        }
      }
      first += batch.count
      if isStopped { for number in first - batch.count..<first where outcomes[number] == .succeeded { outcomes[number] = .cancelled } }
      isStopped = isStopped || failed > tolerated
      clock = end + 40
    }
    if let lost {
      outcomes[lost] = .unreachable
      story.losses[named(lost)] = .init(
        outcome: .unreachable, problem: "\(named(lost)): connection refused on port 22", time: moment(1200))
    }
    if !isStopped { add(7, 0, &clock, 60, [], to: &story) }
    finish(&story, outcomes, isStopped: isStopped, at: clock)
    return story
  }

  private static let shipping = ["shop-1.4.2", "212 files, 8.4 MB", "checked against SHA256SUMS: ok"]

  private func moment(_ milliseconds: Int) -> Timestamp { Timestamp(milliseconds: Self.started.milliseconds + Int64(milliseconds)) }

  private func add(
    _ step: Int, _ number: Int, _ time: inout Int, _ length: Int, _ lines: [String], _ problem: String? = nil, to story: inout RunStory
  ) {
    let place = RunStory.Place(plan: 0, step: step, host: number == 0 ? "" : named(number))
    story.cells[place] = RunStory.Cell(
      begun: moment(time), ended: moment(time + length), outcome: problem == nil ? .succeeded : .failed, status: problem == nil ? 0 : 22,
      problem: problem, output: StepOutput(lines))
    time += length
  }

  private func finish(_ story: inout RunStory, _ outcomes: [Int: Outcome], isStopped: Bool, at clock: Int) {
    let cells = Dictionary(grouping: story.cells, by: \.key.host)
    story.rows = (1...count).map { number in
      let name = named(number), outcome = outcomes[number] ?? .skipped
      let time = (cells[name] ?? []).reduce(0) { sum, cell in
        sum + Int((cell.value.ended?.milliseconds ?? 0) - (cell.value.begun?.milliseconds ?? 0))
      }
      return Summary.Row(
        host: name, outcome: outcome, isStarted: true, duration: Double(time) / 1000,
        problem: outcome == .cancelled ? "1 of 2 phases done" : story.losses[name]?.problem,
        lastLines: outcome == .failed ? ["curl: (22) The requested URL returned error: 503"] : [])
    }
    story.finished = moment(clock)
    story.duration = Double(clock) / 1000
    story.status = isStopped ? .failed : story.losses.isEmpty ? .done : .partial
    story.logs = "/home/anna/.local/state/pushbutton/runs/5f0c/20260301T093000-1f3a9c04/hosts"
    if isStopped { story.next = ["To go on where it stopped: run --resume 20260301T093000-1f3a9c04"] }
  }
}
