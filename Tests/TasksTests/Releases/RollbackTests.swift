import Testing

@testable import Tasks

/// Hosts and what they answered, and what is decided: the value and the message, or the refusal.
struct RollbackRow: CustomTestStringConvertible, Sendable {
  let id: String
  let hosts: [(name: String, survey: String)]
  var version: String?
  var isCleaningUp = false
  let verdict: String

  var testDescription: String { id }

  var decided: String {
    let answers = hosts.map { Answers.Answer(host: Host($0.name), output: "run\tr9\n" + $0.survey) }
    do throws(Refusal) {
      let verdict = try Rollback.verdict("shop", Answers(answers, isCleaningUp: isCleaningUp), to: version)
      return "\(verdict.value)\n\(verdict.message)"
    } catch {
      return "refused: \(error)"
    }
  }
}

/// One release of a survey, for example `3 1.2.0 good`; by run `r1` unless another is named.
private func release(
  _ number: Int, _ version: String, _ marks: String = "good", run: String = "r1"
) -> String {
  let complete = marks.contains("incomplete") ? "" : "2026-01-0\(number)T10:00:00Z"
  let good = marks.contains("good") ? "2026-01-0\(number)T11:00:00Z" : ""
  let bad = marks.contains("bad") ? "2026-01-0\(number)T12:00:00Z" : ""
  let facts = [version, complete, good, bad, "2026-01-0\(number)T10:30:00Z", "anna", run, ""]
  return "release\t\(number)-\(version)\t\(facts.joined(separator: "\t"))\n"
}

private func live(_ id: String) -> String { "live\t\(id)\n" }

@Suite struct RollbackTests {
  static let both = live("2-1.1") + release(2, "1.1") + release(1, "1.0")

  static let rows: [RollbackRow] = [
    RollbackRow(
      id: "the one before", hosts: [("a", both), ("b", both)],
      verdict: """
        all:1-1.0
        shop goes back to 1.0: installed 2026-01-01 10:00 UTC, good since 2026-01-01 11:00 UTC
          a, b: from 1.1, live since 2026-01-02 10:30 UTC by anna
        """),
    RollbackRow(
      id: "skips bad, unproven and incomplete ones",
      hosts: [
        (
          "a",
          live("5-1.4") + release(5, "1.4") + release(4, "1.3", "good bad") + release(3, "1.2", "") + release(2, "1.1", "good incomplete")
            + release(1, "1.0")
        )
      ],
      verdict: """
        all:1-1.0
        shop goes back to 1.0: installed 2026-01-01 10:00 UTC, good since 2026-01-01 11:00 UTC
          a: from 1.4, live since 2026-01-05 10:30 UTC by anna
        """),
    RollbackRow(
      id: "twice does not bounce", hosts: [("a", live("1-1.0") + release(2, "1.1", "good bad") + release(1, "1.0"))],
      verdict: "refused: no host has a good release that is older than 1.0"),
    RollbackRow(
      id: "a host lacks it",
      hosts: [("a", both), ("b", live("2-1.1") + release(2, "1.1")), ("c", live("2-1.1") + release(2, "1.1") + release(1, "1.0", "bad"))],
      verdict: """
        refused: there is no good release that is older than 1.1 on every host: 1.0 (1-1.0) is not there, or not good, on b, c; \
        deploy version 1.0 instead, or leave those hosts out with --limit
        """),
    RollbackRow(
      id: "the newest that all have",
      hosts: [
        ("a", live("3-1.2") + release(3, "1.2") + release(2, "1.1") + release(1, "1.0")),
        ("b", live("3-1.2") + release(3, "1.2") + release(1, "1.0")),
      ],
      verdict: """
        all:1-1.0
        shop goes back to 1.0: installed 2026-01-01 10:00 UTC, good since 2026-01-01 11:00 UTC
          a, b: from 1.2, live since 2026-01-03 10:30 UTC by anna
        """),
    RollbackRow(
      id: "a fleet in two states goes to where the older half is",
      hosts: [("a", live("2-1.1") + release(2, "1.1", "") + release(1, "1.0")), ("b", live("1-1.0") + release(1, "1.0"))],
      verdict: """
        all:1-1.0
        shop goes back to 1.0: installed 2026-01-01 10:00 UTC, good since 2026-01-01 11:00 UTC
          a: from 1.1, live since 2026-01-02 10:30 UTC by anna
          b: is on it
        """),
    RollbackRow(
      id: "after a failed deploy only what the run has switched",
      hosts: [
        ("a", live("3-1.2") + release(3, "1.2", "", run: "r9") + release(2, "1.1") + release(1, "1.0")),
        ("b", live("1-1.0") + release(3, "1.2", "", run: "r9") + release(1, "1.0")),
      ], isCleaningUp: true,
      verdict: """
        switched:2-1.1
        shop goes back to 1.1: installed 2026-01-02 10:00 UTC, good since 2026-01-02 11:00 UTC
          a: from 1.2, live since 2026-01-03 10:30 UTC by anna
          b: stays on 1.0, because this run has not switched it
        """),
    RollbackRow(
      id: "after a failed installation nothing", hosts: [("a", both), ("b", both)], isCleaningUp: true,
      verdict: "\nshop: this run has switched no host, so there is nothing to go back from"),
    RollbackRow(
      id: "nothing is live", hosts: [("a", live("-"))],
      verdict: "refused: nothing of shop is live, so there is nothing to go back from"),
    RollbackRow(
      id: "a host that says nothing", hosts: [("a", "")],
      verdict: "refused: nothing of shop is live, so there is nothing to go back from"),
    RollbackRow(
      id: "a strange link", hosts: [("a", both), ("b", live("unknown:/opt/shop") + release(1, "1.0"))],
      verdict: "refused: b: current points to /opt/shop, which is no release of shop"),
    RollbackRow(
      id: "to a version", hosts: [("a", live("3-1.2") + release(3, "1.2") + release(2, "1.1") + release(1, "1.0"))], version: "v1.0.0",
      verdict: """
        all:1-1.0
        shop goes back to 1.0: installed 2026-01-01 10:00 UTC, good since 2026-01-01 11:00 UTC
          a: from 1.2, live since 2026-01-03 10:30 UTC by anna
        """),
    RollbackRow(
      id: "to one that was left before", hosts: [("a", live("1-1.0") + release(2, "1.1", "good bad") + release(1, "1.0"))], version: "1.1",
      verdict: """
        all:2-1.1
        shop goes back to 1.1: installed 2026-01-02 10:00 UTC, good since 2026-01-02 11:00 UTC
          a: from 1.0, live since 2026-01-01 10:30 UTC by anna
        """),
    RollbackRow(
      id: "to one that was never good", hosts: [("a", live("3-1.10") + release(3, "1.10") + release(2, "1.9", "") + release(1, "1.2"))],
      version: "1.9", verdict: "refused: no host has a good release of version 1.9; there are 1.10, 1.2"),
    RollbackRow(
      id: "to one that a host lacks", hosts: [("a", both), ("b", live("2-1.1") + release(2, "1.1"))], version: "1.0",
      verdict: """
        refused: 1.0 (1-1.0) is not there, or not good, on b; deploy version 1.0 instead, or leave those hosts out with --limit
        """),
  ]

  @Test(arguments: rows) func decides(row: RollbackRow) { #expect(row.decided == row.verdict) }
}

@Suite struct LiveVersionTests {
  private func name(_ app: String) -> String { PythonApp(app, root: "/srv", index: "https://pypi.example.com/simple").liveVersion.name }

  @Test func isAShellVariableOfItsOwn() {
    #expect(name("shop") == "live_version_of_shop")
    #expect(name("my-app") == "live_version_of_my_app_9385")
    #expect(name("my.app") != name("my-app") && name("my_app") != name("my-app"))
  }
}

@Suite struct ReleaseTableTests {
  @Test func table() {
    let answers = [
      ("web1", live("2-1.1") + "unsettled\n" + release(3, "1.2", "incomplete") + release(2, "1.1") + release(1, "1.0", "good bad")),
      ("web2", live("unknown:/opt/x") + release(1, "1.0", "")), ("database", "noise\nrelease\tx\n"),
    ].map { Answers.Answer(host: Host($0), output: $1) }
    let verdict = ReleaseTable.verdict("shop", Answers(answers, isCleaningUp: false))
    #expect(
      verdict.message == """
        host      shop              since                 by    also there
        web1      1.1 (unsettled)   2026-01-02 10:30 UTC  anna  1.2 (incomplete), 1.0 (bad)
        web2      unknown (/opt/x)  -                     -     1.0 (never good)
        database  nothing           -                     -     -
        """)
  }
}
