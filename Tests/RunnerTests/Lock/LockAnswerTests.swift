import Testing

@testable import Runner

/// What a host prints, and what is made of it.
@Suite struct LockAnswerTests {
  private static let anna = LockOwner(
    run: "20261125T221836-666fced4", user: "anna", machine: "laptop", process: "77", what: "deploy:production",
    since: "2026-11-25T22:18:36.001Z")
  private static let text = """
    run 20261125T221836-666fced4
    user anna
    machine laptop
    process 77
    what deploy:production
    since 2026-11-25T22:18:36.001Z
    """

  @Test func anOwnersLines() {
    #expect(Self.anna.text == Self.text)
    #expect(Self.anna.firstLine == "run 20261125T221836-666fced4")
    #expect(
      Self.anna.description
        == "anna on laptop (deploy:production, run 20261125T221836-666fced4, process 77) since 2026-11-25T22:18:36.001Z")
    var other = Self.anna
    other.url = "https://ci/1"
    other.what = "echo a\necho b\r\nuser eve\u{2028}x"
    #expect(
      other.text == Self.text.replacing("deploy:production", with: "echo aecho buser evex") + "\nurl https://ci/1")
    #expect(other.description.hasSuffix("since 2026-11-25T22:18:36.001Z, https://ci/1"))
  }

  static let owners: [(lines: String, owner: LockOwner?)] = [
    (text, anna),
    (text + "\nshell 12 34\n", anna),
    (text + "\nuser eve\n", anna),
    (
      text.replacing("user anna\n", with: ""),
      LockOwner(
        run: anna.run, user: "?", machine: "laptop", process: "77", what: "deploy:production", since: anna.since)
    ),
    ("run r1", LockOwner(run: "r1", user: "?", machine: "?", process: "?", what: "?", since: "?")),
    ("run r1\nuser\nmachine \n", LockOwner(run: "r1", user: "?", machine: "", process: "?", what: "?", since: "?")),
    ("", nil), ("\n\n", nil), ("run", nil), ("run ", nil), ("run a b", nil), ("run é", nil), ("run ../x", nil), ("Run r1", nil),
    ("user anna\nrun r1", nil), ("garbage", nil), ("unreadable", nil), ("\u{1B}[31m", nil),
  ]

  @Test(arguments: owners.indices) func readsOwners(index: Int) {
    let row = Self.owners[index]
    #expect(LockOwner(row.lines.split(whereSeparator: \.isNewline)) == row.owner)
  }

  static let states: [(lines: String, state: LockState?)] = [
    ("", nil),
    ("age 12\nthere\n\(text)\nshell 12 34\n", LockState(owner: anna, age: 12)),
    ("age 12\ngone\n\(text)", LockState(owner: anna, age: 12, isAbandoned: true)),
    ("age -5\nthere\n\(text)", LockState(owner: anna, age: -5)),
    ("age \ngone\n\(text)", LockState(owner: anna, isAbandoned: true)),
    ("age 3\ngone\n", LockState(age: 3, isAbandoned: true)),
    ("age 3\ngone\nunreadable\n", LockState(age: 3, isAbandoned: true)),
    // What stands in a lock that is not ours says nothing.
    ("age 3\nthere\nage 99\ngone\nrun r1\n", LockState(age: 3)),
    ("something else\n", LockState()),
    (text, LockState(owner: anna)),
  ]

  @Test(arguments: states.indices) func readsStates(index: Int) {
    let row = Self.states[index]
    #expect(LockState(row.lines.split(whereSeparator: \.isNewline)) == row.state)
  }

  @Test func statesInWords() {
    #expect(LockState(owner: Self.anna, age: 3).words == "by \(Self.anna.description), renewed 3 s ago")
    #expect(LockState(age: 3, isAbandoned: true).words == "by something that left no readable name, renewed 3 s ago; its session is gone")
    #expect(LockState().words == "by something that left no readable name")
  }

  static let answers: [(status: Int, output: String, answer: LockAnswer)] = [
    (0, "taken\n", .taken),
    (0, "expired\n\(text)\n", .takenOver(from: anna)),
    (0, "expired\n", .takenOver(from: nil)),
    (0, "expired\nunreadable\n", .takenOver(from: nil)),
    (75, "held\nage 3\nthere\n\(text)\n", .held(LockState(owner: anna, age: 3))),
    (75, "held\n", .held(LockState())),
    (73, "cannot\nln: no\n", .cannot("ln: no")),
    (73, "cannot\n", .cannot("cannot")),
    (73, "cannot\nfirst\nlast\n", .cannot("last")),
    // A status that does not fit to its words is no lock.
    (1, "taken\n", .cannot("taken")), (75, "taken\n", .cannot("taken")), (0, "held\n", .cannot("held")), (0, "", .cannot("status 0")),
    (127, "", .cannot("status 127")), (0, "profile noise\ntaken\n", .cannot("taken")),
  ]

  @Test(arguments: answers.indices) func readsAnswers(index: Int) {
    let row = Self.answers[index]
    #expect(LockAnswer(status: row.status, output: Array(row.output.utf8)) == row.answer)
  }

  static let releases: [(status: Int, output: String, release: LockRelease, problem: String?)] = [
    (0, "", .done, nil),
    (0, "noise", .done, nil),
    (75, "", .cannot("another run is taking it over"), "another run is taking it over"),
    (
      76, "age 1\nthere\nrun r2\n", .anothers(LockState(owner: LockOwner(["run r2"]), age: 1)),
      "meanwhile it is held by ? on ? (?, run r2, process ?) since ?, renewed 1 s ago"
    ),
    (76, "", .anothers(LockState()), "meanwhile it is held by something that left no readable name"),
    (73, "rm: cannot remove\n", .cannot("rm: cannot remove"), "rm: cannot remove"),
    (1, "", .cannot("status 1"), "status 1"),
  ]

  @Test(arguments: releases.indices) func readsReleases(index: Int) {
    let row = Self.releases[index]
    let release = LockRelease(status: row.status, output: Array(row.output.utf8))
    #expect(release == row.release)
    #expect(release.problem == row.problem)
  }
}
