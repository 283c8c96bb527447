import Testing

@testable import Tasks

/// Hosts with releases, and the one that a rollback chooses for them.
struct RollbackChoiceRow: CustomTestStringConvertible, Sendable {
  /// A release is its number; behind it `!` for bad, `?` for never good.
  struct State {
    let live: String
    let releases: String
    /// What was live before, and by which run and how the live one was made live.
    var previous = ""
    var run = "r0"
    var isBack = false
    var isUnsettled = false
  }

  let id: String
  let states: [State]
  var to: String?
  var isCleaningUp = false
  /// The verdict's value, or the reason for a refusal.
  let expected: String

  var testDescription: String { id }

  var answers: Answers {
    Answers(
      zip(["a", "b", "c"], states).map { Answers.Answer(host: Host($0), output: Self.survey($1)) }, isCleaningUp: isCleaningUp)
  }

  private static func id(_ number: String) -> String { number.first?.isNumber == true ? "2026-\(number)" : number }

  private static func survey(_ state: State) -> String {
    var lines = ["run\tr9", "live\t\(id(state.live))", "previous\t\(state.previous.isEmpty ? "-" : id(state.previous))"]
    if state.isUnsettled { lines.append("unsettled") }
    for word in state.releases.split(separator: " ").reversed() {
      let number = String(word.prefix(1))
      let activated = number == state.live ? "t\tsam\t\(state.run)\t\t\(state.isBack ? "back" : "")" : ""
      let good = word.hasSuffix("?") ? "" : "t", bad = word.hasSuffix("!") ? "t" : ""
      lines.append("release\t\(id(number))\t1.\(number)\tt\t\(good)\t\(bad)\t\(activated)")
    }
    return lines.joined(separator: "\n")
  }
}

@Suite struct RollbackChoiceTests {
  static let rows = [
    RollbackChoiceRow(id: "the newest older one", states: [.init(live: "3", releases: "1 2 3")], expected: "all:2026-2"),
    RollbackChoiceRow(id: "not a bad one", states: [.init(live: "3", releases: "1 2! 3")], expected: "all:2026-1"),
    RollbackChoiceRow(id: "not one that was never good", states: [.init(live: "3", releases: "1 2? 3")], expected: "all:2026-1"),
    RollbackChoiceRow(
      id: "one that every host has", states: [.init(live: "3", releases: "1 2 3"), .init(live: "3", releases: "1 3")],
      expected: "all:2026-1"),
    RollbackChoiceRow(
      id: "after a deploy of some hosts", states: [.init(live: "3", releases: "1 2 3"), .init(live: "2", releases: "1 2")],
      expected: "all:2026-2"),
    RollbackChoiceRow(
      id: "a host that lacks it", states: [.init(live: "3", releases: "1 3"), .init(live: "3", releases: "3")],
      expected:
        "there is no good release that is older than 1.3 on every host: 1.1 (2026-1) is not there, or not good, on b; "
        + "deploy version 1.1 instead, or leave those hosts out with --limit"),
    RollbackChoiceRow(
      id: "a link of somebody else", states: [.init(live: "3", releases: "1 3"), .init(live: "unknown:/srv/old", releases: "1")],
      expected: "b: current points to /srv/old, which is no release of shop"),
    RollbackChoiceRow(
      id: "nothing live", states: [.init(live: "-", releases: "1")],
      expected: "nothing of shop is live, so there is nothing to go back from"),
    RollbackChoiceRow(id: "a version", states: [.init(live: "3", releases: "1! 2 3")], to: "1.1", expected: "all:2026-1"),

    // Cleaning up goes to what was live before the run, which somebody may have chosen over a newer one.
    RollbackChoiceRow(
      id: "what was live before", states: [.init(live: "4", releases: "1 2 3! 4?", previous: "1", run: "r9")], isCleaningUp: true,
      expected: "switched:2026-1"),
    RollbackChoiceRow(
      id: "not before, but good", states: [.init(live: "4", releases: "1 2 3? 4?", previous: "3", run: "r9")], isCleaningUp: true,
      expected: "switched:2026-2"),
    RollbackChoiceRow(
      id: "different ones before",
      states: [
        .init(live: "4", releases: "1 2 4?", previous: "2", run: "r9"), .init(live: "4", releases: "1 4?", previous: "1", run: "r9"),
      ], isCleaningUp: true, expected: "switched:before"),
    RollbackChoiceRow(
      id: "different ones before, of which one was never good",
      states: [
        .init(live: "4", releases: "1 2? 4?", previous: "2", run: "r9"), .init(live: "4", releases: "1 4?", previous: "1", run: "r9"),
      ], isCleaningUp: true, expected: "switched:2026-1"),
    RollbackChoiceRow(
      id: "hosts that were not switched have no say",
      states: [.init(live: "4", releases: "1 4?", previous: "1", run: "r9"), .init(live: "unknown:/srv/old", releases: "")],
      isCleaningUp: true, expected: "switched:2026-1"),
    RollbackChoiceRow(id: "nothing switched", states: [.init(live: "3", releases: "1 3")], isCleaningUp: true, expected: ""),
    RollbackChoiceRow(
      id: "taken back already", states: [.init(live: "3", releases: "2 3 4!", previous: "4", run: "r9", isBack: true)],
      isCleaningUp: true, expected: ""),

    // A rollback that was ended is gone on with, not gone on from.
    RollbackChoiceRow(
      id: "ended behind its last host",
      states: [
        .init(live: "2", releases: "1 2 3!", previous: "3", isBack: true),
        .init(live: "2", releases: "1 2 3!", previous: "3", isBack: true, isUnsettled: true),
      ], expected: "all:2026-2"),
    RollbackChoiceRow(
      id: "ended in the middle",
      states: [
        .init(live: "2", releases: "1 2 3!", previous: "3", isBack: true, isUnsettled: true), .init(live: "3", releases: "1 2 3"),
      ], expected: "all:2026-2"),
    RollbackChoiceRow(
      id: "come to its end", states: [.init(live: "2", releases: "1 2 3!", previous: "3", isBack: true)], expected: "all:2026-1"),
    RollbackChoiceRow(
      id: "a deploy that was ended", states: [.init(live: "2", releases: "1 2?", previous: "1", isUnsettled: true)],
      expected: "all:2026-1"),
  ]

  @Test(arguments: rows) func chooses(row: RollbackChoiceRow) {
    do throws(Refusal) {
      #expect(try Rollback.verdict("shop", row.answers, to: row.to).value == row.expected)
    } catch {
      #expect(error.description == row.expected)
    }
  }

  /// A label is known by what was typed, and by what it is called on the hosts.
  @Test(arguments: ["feature/x", "feature-x"]) func labels(label: String) throws {
    let output = "live\t2026-2\nrelease\t2026-2\tb\tt\tt\t\t\nrelease\t2026-1\tfeature-x\tt\tt\t\t"
    let answers = Answers([Answers.Answer(host: Host("a"), output: output)], isCleaningUp: false)
    #expect(try Rollback.verdict("site", answers, to: label).value == "all:2026-1")
  }
}
