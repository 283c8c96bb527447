import Tasks
import Testing

@testable import Runner

/// What is known of steps on `web1`, and which of them are left.
struct LeftRow: CustomTestStringConvertible, Sendable {
  let id: String
  /// `1+` succeeded, `2-3` failed with status 3, `4?` unknown, `5!` captured something.
  let known: String
  let left: [Int]
  /// Those that a person is asked about.
  let open: [Int]
  let steps: @Sendable () -> [Step]

  init(_ id: String, _ known: String, left: [Int], open: [Int] = [], @Steps _ steps: @escaping @Sendable () -> [Step]) {
    self.id = id
    self.known = known
    self.left = left
    self.open = open
    self.steps = steps
  }

  var testDescription: String { id }
}

@Suite struct ResumptionTests {
  private static let x = Captured("x")

  @Steps private static func three() -> [Step] {
    run("a")
    run("b")
    run("c")
  }

  @Steps private static func branches() -> [Step] {
    when("t") {
      run("a")
      run("b")
    } else: {
      run("c")
    }
    run("d")
  }

  static let rows = [
    LeftRow("nothing is known", "", left: [1, 2, 3], three),
    LeftRow("the first is done", "1+", left: [2, 3], three),
    LeftRow("all are done", "1+ 2+ 3+", left: [], three),
    LeftRow("a failed one is done again", "1+ 2-3", left: [2, 3], three),
    LeftRow("an unknown one", "1+ 2?", left: [2, 3], open: [2], three),
    LeftRow("an unknown one that may be done twice", "1?", left: [1, 2]) {
      run("a").idempotent()
      run("b")
    },
    LeftRow("a failure that is ignored", "1-3", left: [2]) {
      run("a").ignoringFailure()
      run("b")
    },
    LeftRow("an unknown one whose failure is ignored", "1?", left: [1, 2], open: [1]) {
      run("a").ignoringFailure()
      run("b")
    },
    LeftRow("a capture", "1+ 1!", left: [2]) {
      capture("a", as: x)
      run("b \(x)")
    },
    LeftRow("a capture whose value was not kept", "1+", left: [1, 2]) {
      capture("a", as: x)
      run("b \(x)")
    },
    LeftRow("a capture of which nobody knows", "1?", left: [1, 2]) {
      capture("a", as: x)
      run("b \(x)")
    },
    LeftRow("transfers and probes", "1? 2? 3? 4? 5?", left: [1, 2, 3, 4, 5]) {
      download("/a", to: "a")
      sync("/usr", to: "/b")
      waitFor(.tcp("a:1"), within: .seconds(1))
      restart("unit")
      reload(.signal(.hup, pidfile: "/pid"))
    },
    LeftRow("a service's own command", "1?", left: [1], open: [1]) { restart(.command("bin/restart")) },
    LeftRow("swift code", "1?", left: [1], open: [1]) { perform("work") { _ in } },
    LeftRow("a condition", "", left: [1, 2, 3, 4, 5], branches),
    LeftRow("a condition that holds", "1+0", left: [2, 3, 5], branches),
    LeftRow("a condition that does not hold", "1+1", left: [4, 5], branches),
    LeftRow("a condition that the host tells of", "1-1", left: [4, 5], branches),
    LeftRow("a condition that was no question", "1-127", left: [1, 2, 3, 4, 5], branches),
    LeftRow("inside a branch", "1+0 2+ 3-1", left: [3, 5], branches),
    LeftRow("unknown inside a branch", "1+0 2?", left: [2, 3, 5], open: [2], branches),
    LeftRow("a condition of which nobody knows", "1?", left: [1, 2, 3, 4, 5], branches),
    LeftRow("behind a branch", "1+1 4+ 5?", left: [5], open: [5], branches),
  ]

  @Test(arguments: rows) func whatIsLeft(row: LeftRow) throws {
    let plan = try Fleet.plan { hosts("web1") { row.steps() } }
    let resumption = Resumption(Self.known(row.known), plans: [plan])
    let steps = try #require(PlannedStage.phases(of: plan.stages).first).steps
    let left = PlannedStep.flattened(resumption.left(of: steps, on: "web1", plan: 0)).map(\.number)
    #expect(left == row.left)
    #expect(resumption.open(in: [plan], keyOf: \.key).map(\.key.step) == row.open)
    // On another host and in another plan nothing is known of them.
    #expect(resumption.left(of: steps, on: "web2", plan: 0).count == steps.count)
    #expect(resumption.left(of: steps, on: "web1", plan: 1).count == steps.count)
  }

  @Test func aPersonsWord() throws {
    let plan = try Fleet.plan { hosts("web[0:1]") { Self.three() } }
    let known = Self.known("1+ 2?", "web1").merging(Self.known("1?", "web2"))
    let resumption = Resumption(known, plans: [plan])
    let open = resumption.open(in: [plan], keyOf: \.key)
    #expect(open.map { "\($0.host.name) \($0.key.step) \($0.title)" } == ["web2 1 a", "web1 2 b"])
    let steps = try #require(PlannedStage.phases(of: plan.stages).first).steps
    let done = open.reduce(resumption) { $0.settling($1, as: .done) }
    #expect(done.left(of: steps, on: "web1", plan: 0).map(\.number) == [3])
    #expect(done.left(of: steps, on: "web2", plan: 0).map(\.number) == [2, 3])
    #expect(
      done.said == [
        .ended(host: "web2", plan: 0, step: 1, outcome: .succeeded, status: nil),
        .ended(host: "web1", plan: 0, step: 2, outcome: .succeeded, status: nil),
      ])
    #expect(done.open(in: [plan], keyOf: \.key).isEmpty)
    let again = open.reduce(resumption) { $0.settling($1, as: .again) }
    #expect(again.left(of: steps, on: "web1", plan: 0).map(\.number) == [2, 3])
    #expect(again.said.isEmpty)
    #expect(again.open(in: [plan], keyOf: \.key).isEmpty)
  }

  /// What `finally` did at the end of the first sitting, it does once more when the rest is done.
  @Test func finallyAfterAnOrderlyEnd() throws {
    let plan = try Fleet.plan {
      always {
        hosts("web1") { run("a") }
        notify(.command("true"), "a")
      } finally: {
        hosts("web1") { run("b") }
        notify(.command("true"), "b")
      }
      hosts("web1") { run("c") }
    }
    let path = StagePath(plan: 0).stage(0)
    let marks: [JournalEntry] = [
      .reached(path.stage(1), .done), .reached(path, .finally(after: "failed")), .reached(path.others.stage(1), .done),
    ]
    let phases = PlannedStage.phases(of: plan.stages)
    var known = Self.known("1+ 2+", marks: marks)
    let cut = Resumption(known, plans: [plan])
    #expect(cut.mark(at: path) == .finally(after: "failed"))
    #expect(cut.mark(at: path.others.stage(1)) == .done)
    #expect(phases.map { cut.left(of: $0.steps, on: "web1", plan: 0).map(\.number) } == [[], [], [3]])
    known = Self.known("1+ 2+", marks: marks + [.finished(Timestamp(milliseconds: 0), status: 1, rows: 1)])
    let ended = Resumption(known, plans: [plan])
    #expect(ended.mark(at: path) == nil)
    #expect(ended.mark(at: path.stage(1)) == .done)
    #expect(ended.mark(at: path.others.stage(1)) == nil)
    #expect(phases.map { ended.left(of: $0.steps, on: "web1", plan: 0).map(\.number) } == [[], [2], [3]])
  }

  @Test func decisionsOfFinallyAreMadeAgain() throws {
    let first = Decision("first", ask: "a") { _ in Verdict() }, last = Decision("last", ask: "b") { _ in Verdict() }
    let plan = try Fleet.plan {
      always {
        hosts("web1") { run("a \(first)") }
      } finally: {
        hosts("web1") { run("b \(last)") }
      }
    }
    let decided: [JournalEntry] = [
      .decided(plan: 0, name: first.captured.name, value: [1]), .decided(plan: 0, name: last.captured.name, value: [2]),
    ]
    let cut = Resumption(Known(decided), plans: [plan])
    #expect(cut.decided(first, plan: 0) == [1])
    #expect(cut.decided(last, plan: 0) == [2])
    #expect(cut.decided(first, plan: 1) == nil)
    let ended = Resumption(Known(decided + [.finished(Timestamp(milliseconds: 0), status: 1, rows: 1)]), plans: [plan])
    #expect(ended.decided(first, plan: 0) == [1])
    #expect(ended.decided(last, plan: 0) == nil)
  }

  @Test func whatWentWrong() throws {
    let plan = try Fleet.plan {
      hosts("web[0:1]") {
        when("t") { run("a").named("first") }
        run("b").ignoringFailure()
        run("c")
      }
    }
    let known = Self.known("1-1 3-3 4?", "web1").merging(Self.known("1+ 2-2", "web2"))
    let failures = Resumption(known, plans: [plan]).failures(in: plan.stages, plan: 0, keyOf: \.key)
    #expect(
      failures.map { "\($0.host.name) \($0.outcome) \($0.problem)" }
        == ["web2 failed [2] first: status 2", "web1 unknown [4] c: outcome unknown"])
  }

  @Test func capturesInTheOrderOfTheirSteps() throws {
    let entries: [JournalEntry] = [
      .captured(host: "web1", plan: 0, step: 4, name: "x", value: [4]), .captured(host: "web1", plan: 0, step: 1, name: "x", value: [1]),
      .captured(host: "web2", plan: 0, step: 2, name: "x", value: [2]), .captured(host: "web1", plan: 1, step: 3, name: "x", value: [3]),
    ]
    let captures = Resumption(Known(entries), plans: []).captures(on: "web1", plan: 0)
    #expect(captures.map(\.step) == [1, 4])
    #expect(captures.map(\.value) == [[1], [4]])
  }

  /// `1+`, `2-3`, `4?`, `5!` as entries of a journal.
  private static func known(_ text: String, _ host: String = "web1", marks: [JournalEntry] = []) -> Known {
    Known(
      text.split(separator: " ").flatMap { word -> [JournalEntry] in
        let step = Int(word.prefix { $0.isNumber }) ?? 0
        let sign = word.dropFirst(word.prefix { $0.isNumber }.count)
        let status = Int(sign.dropFirst())
        switch sign.first {
        case "+": return [.ended(host: host, plan: 0, step: step, outcome: .succeeded, status: status ?? 0)]
        case "-": return [.ended(host: host, plan: 0, step: step, outcome: .failed, status: status)]
        case "!": return [.captured(host: host, plan: 0, step: step, name: "x", value: [1])]
        default: return [.begun(host: host, plan: 0, step: step, attempt: 1)]
        }
      } + marks)
  }
}

extension Known {
  /// What is known of other hosts as well.
  fileprivate func merging(_ other: Known) -> Known {
    var both = self
    both.steps.merge(other.steps) { $1 }
    return both
  }
}
