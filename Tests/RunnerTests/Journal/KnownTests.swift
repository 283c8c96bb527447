import Testing

@testable import Runner

/// What a journal tells, and then a host: steps of the plan 0 on the host `a` by number, `+` succeeded, `-` failed, `?` unknown.
struct KnownRow: CustomTestStringConvertible, Sendable {
  let id: String
  let entries: [JournalEntry]
  var noted: String?
  let steps: String
  /// What is new for the journal.
  var news: [JournalEntry]?

  init(_ id: String, _ entries: [JournalEntry], noted: String? = nil, _ steps: String, news: [JournalEntry]? = nil) {
    self.id = id
    self.entries = entries
    self.noted = noted
    self.steps = steps
    self.news = news
  }

  var testDescription: String { id }
}

@Suite struct KnownTests {
  private static func sent(_ steps: Int..., in session: String = "s1") -> JournalEntry {
    .sent(host: "a", plan: 0, steps: steps, session: session)
  }
  private static func begun(_ step: Int) -> JournalEntry { .begun(host: "a", plan: 0, step: step, attempt: 1) }
  private static func ended(_ step: Int, _ outcome: Outcome = .succeeded, _ status: Int? = 0) -> JournalEntry {
    .ended(host: "a", plan: 0, step: step, outcome: outcome, status: status)
  }
  private static let settled = JournalEntry.settled(host: "a", session: nil)

  /// Without the host's word.
  static let journals = [
    KnownRow("nothing", [], ""),
    KnownRow("sent", [sent(1, 2)], ""),
    KnownRow("begun", [sent(1, 2), begun(1)], "1?"),
    KnownRow("ended", [sent(1, 2), begun(1), ended(1)], "1+"),
    KnownRow("failed", [sent(1, 2), begun(1), ended(1, .failed, 3)], "1-3"),
    KnownRow("lost", [sent(1), begun(1), ended(1, .unknown, nil)], "1?"),
    KnownRow("ended by an interruption", [sent(1), begun(1), ended(1, .cancelled, nil)], "1?"),
    KnownRow("a condition that does not hold", [sent(1), begun(1), ended(1, .succeeded, 1)], "1+1"),
    KnownRow("begun again", [sent(1), begun(1), ended(1, .failed, 3), .begun(host: "a", plan: 0, step: 1, attempt: 2)], "1?"),
    KnownRow("sent again", [sent(1, 2), begun(1), ended(1, .failed, 3), settled, sent(1, 2, in: "s2")], ""),
    KnownRow("without a script", [begun(4)], "4?"),
    KnownRow("on another host", [.begun(host: "b", plan: 0, step: 1, attempt: 1)], ""),
    KnownRow("in another plan", [.begun(host: "a", plan: 1, step: 1, attempt: 1)], ""),
  ]

  @Test(arguments: journals) func whatAJournalTells(row: KnownRow) { #expect(Self.text(Known(row.entries)) == row.steps) }

  static let hosts = [
    KnownRow("nothing was open", [sent(1), begun(1), ended(1), settled], noted: "s 7 s1\n", "1+", news: [settled]),
    KnownRow("never begun", [sent(1, 2)], noted: "s 7 s1\n", "", news: [settled]),
    KnownRow(
      "begun", [sent(1, 2)], noted: "s 7 s1\n0 b 1 1\n", "1?", news: [ended(1, .unknown, nil), settled]),
    KnownRow("ended", [sent(1, 2)], noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n", "1+", news: [ended(1), settled]),
    KnownRow("failed", [sent(1, 2)], noted: "s 7 s1\n0 b 1 1\n0 e 1 3\n", "1-3", news: [ended(1, .failed, 3), settled]),
    KnownRow(
      "more than we heard", [sent(1, 2, 3), begun(1)], noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n0 b 2 1\n", "1+ 2?",
      news: [ended(1), ended(2, .unknown, nil), settled]),
    KnownRow(
      "less than we heard", [sent(1, 2), begun(1), ended(1), begun(2)], noted: "s 7 s1\n", "1+ 2?",
      news: [ended(2, .unknown, nil), settled]),
    KnownRow(
      "what we heard ourselves counts", [sent(1), begun(1), ended(1, .failed, 9)], noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n", "1-9",
      news: [settled]),
    KnownRow(
      "the last attempt counts", [sent(1)], noted: "s 7 s1\n0 b 1 1\n0 e 1 3\n0 b 1 2\n", "1?", news: [ended(1, .unknown, nil), settled]),
    KnownRow(
      "lost, and the host knows better", [sent(1), begun(1), ended(1, .unknown, nil)], noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n", "1+",
      news: [ended(1), settled]),
    KnownRow(
      "no record", [sent(1, 2), begun(1), ended(1)], noted: "", "1+ 2?", news: [ended(2, .unknown, nil), settled]),
    KnownRow(
      "a record of another session", [sent(1)], noted: "s 7 s0\n0 b 1 1\n0 e 1 0\n", "1?", news: [ended(1, .unknown, nil), settled]),
    KnownRow(
      "a record of both sessions", [sent(1), .settled(host: "a", session: "s1"), sent(2, in: "s2")],
      noted: "s 7 s1\n0 b 1 1\n0 e 1 0\ns 8 s2\n0 b 2 1\n0 e 2 0\n", "1+ 2+", news: [ended(2), ended(1), settled]),
    KnownRow(
      "this machine has lost its last entries", [sent(1)],
      noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n0 b 2 1\n0 e 2 3\ns 8 s2\n0 b 3 1\n", "1+ 2-3 3?",
      news: [ended(1), ended(2, .failed, 3), ended(3, .unknown, nil), settled]),
    KnownRow(
      "a later session does not settle an earlier one",
      [sent(1), begun(1), ended(1, .cancelled, nil), sent(9, in: "s2"), begun(9), ended(9), .settled(host: "a", session: "s2")],
      noted: "s 7 s1\n0 b 1 1\ns 8 s2\n0 b 9 1\n0 e 9 0\n", "1? 9+", news: [ended(1, .unknown, nil), settled]),
    KnownRow(
      "another plan", [.sent(host: "a", plan: 1, steps: [1], session: "s1")], noted: "s 7 s1\n0 b 1 1\n0 e 1 0\n", "1+",
      news: [ended(1), settled]),
    KnownRow(
      "odd lines", [sent(1)], noted: "\ns\ns 1\nx y z w v\n0 b\n0 b x 1\n0 e 1\n0 q 1 0\ns 7 s1\n", "", news: [settled]),
  ]

  @Test(arguments: hosts) func whatAHostTells(row: KnownRow) {
    var known = Known(row.entries)
    let news = known.add(row.noted.map { NotedSteps(Array($0.utf8)) }, from: "a")
    #expect(Self.text(known) == row.steps)
    #expect(news == row.news)
    #expect(known.open.isEmpty)
    // What went to the journal tells the same the next time.
    #expect(Self.text(Known(row.entries + news)) == row.steps)
  }

  @Test func capturesAndDecisions() {
    let known = Known([
      .captured(host: "a", plan: 0, step: 1, name: "x", value: [1]), .captured(host: "a", plan: 0, step: 2, name: "y", value: [2]),
      .captured(host: "a", plan: 0, step: 2, name: "y", value: nil), .decided(plan: 0, name: "d", value: [3]),
      .decided(plan: 0, name: "d", value: [4]),
    ])
    #expect(known.captures == [Known.StepKey(host: "a", plan: 0, step: 1): Known.Capture(name: "x", value: [1])])
    #expect(known.decisions == [Known.Decided(plan: 0, name: "d"): [4]])
  }

  @Test func anEndIsOrderlyUntilTheRunGoesOn() {
    let finished = JournalEntry.finished(Timestamp(milliseconds: 0), status: 1, rows: 1)
    let resumed = JournalEntry.resumed(Timestamp(milliseconds: 0), user: "u")
    #expect(!Known([]).isOrderly)
    #expect(Known([finished]).isOrderly)
    #expect(!Known([finished, resumed]).isOrderly)
    #expect(Known([finished, resumed, finished]).isOrderly)
  }

  @Test func whatMayStillGoOn() {
    #expect(!Known([]).isBusy("a"))
    #expect(Known([Self.sent(1)]).isBusy("a"))
    #expect(!Known([Self.sent(1), Self.settled]).isBusy("a"))
    #expect(!Known([Self.sent(1)]).isBusy("b"))
    #expect(Known([Self.begun(1)]).isBusy("a"))
    #expect(!Known([Self.begun(1), Self.ended(1)]).isBusy("a"))
  }

  /// The steps that are known, in the order of their numbers.
  private static func text(_ known: Known) -> String {
    known.steps.filter { $0.key.host == "a" && $0.key.plan == 0 }.sorted { $0.key.step < $1.key.step }.map { key, state in
      switch state {
      case .unknown: "\(key.step)?"
      case .ended(.succeeded, let status): "\(key.step)+\(status.map { $0 == 0 ? "" : "\($0)" } ?? "")"
      case .ended(_, let status): "\(key.step)-\(status.map(String.init) ?? "")"
      }
    }.joined(separator: " ")
  }
}
