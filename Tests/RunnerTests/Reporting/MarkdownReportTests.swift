import Testing

@testable import Runner

@Suite struct MarkdownReportTests {
  private static func story(
    _ rows: [Summary.Row], status: Runner.ExitStatus? = .failed, words: (inout RunStory) -> Void = { _ in }
  ) -> RunStory {
    var story = RunStory(
      facts: RunFacts(id: "20260301T093000-1f3a9c04", started: Timestamp(milliseconds: 1_772_357_400_250), user: "anna"),
      title: "deploy:production")
    story.rows = rows
    story.status = status
    story.duration = 12.345
    words(&story)
    return story
  }

  private static func row(
    _ host: String, _ outcome: Outcome = .succeeded, _ duration: Double = 2, started: Bool = true, problem: String? = nil,
    lines: [String] = []
  ) -> Summary.Row {
    Summary.Row(host: host, outcome: outcome, isStarted: started, duration: duration, problem: problem, lastLines: lines)
  }

  @Test func allIsWell() {
    let rows = (1...38).map { Self.row("web\($0 < 10 ? "0" : "")\($0)", .succeeded, 2 + Double($0) / 10) }
    let story = Self.story(rows, status: .done) { story in
      story.facts.url = "https://ci.example.com/118"
      for row in rows { story.add(.init(application: "shop", host: row.host, previous: "1.4.1", live: "1.4.2")) }
    }
    #expect(
      MarkdownReport.text(of: story) == """
        ### ✅ `deploy:production`: done in 12.35 s

        `anna`, 2026-03-01 09:30 UTC, run `20260301T093000-1f3a9c04`, `https://ci.example.com/118`

        | Hosts | Outcome | Time |
        |---|---|---|
        | `web[01-38]` | succeeded | 2.1 s to 5.8 s |

        `shop` `1.4.2` is live on `web[01-38]`, before `1.4.1`

        """)
  }

  @Test func failuresComeFirst() {
    let story = Self.story([
      Self.row("web1"), Self.row("web2", .failed, 1, problem: "[3] make: status 2", lines: ["```", "make: *** [all] Error 2"]),
      Self.row("web3", .failed, 3, problem: "[3] make: status 2", lines: ["```", "make: *** [all] Error 2"]),
      Self.row("web4", .unreachable, 0, started: false, problem: "no route | to `host`"),
      Self.row("web5", .skipped, 0, started: false), Self.row("web6", .cancelled, 1, problem: "1 of 2 phases done"),
    ]) { $0.next = ["To go on where it stopped: run --resume 2026"] }
    #expect(
      MarkdownReport.text(of: story) == """
        ### ❌ `deploy:production`: failed in 12.35 s

        `anna`, 2026-03-01 09:30 UTC, run `20260301T093000-1f3a9c04`

        | Hosts | Outcome | Time |
        |---|---|---|
        | `web[2-3]` | failed: `[3] make: status 2` | 1 s to 3 s |
        | `web4` | unreachable: <code>no route &#124; to &#96;host&#96;</code> |  |
        | `web1` | succeeded | 2 s |
        | `web5` | not started |  |
        | `web6` | cancelled: `1 of 2 phases done` | 1 s |

        `web[2-3]`: `[3] make: status 2`

        ````text
        ```
        make: *** [all] Error 2
        ````

        `To go on where it stopped: run --resume 2026`

        """)
  }

  @Test func aRunThatWasCutOff() {
    let story = Self.story([Self.row("a", .unknown, 0)], status: nil) { $0.duration = nil }
    #expect(MarkdownReport.text(of: story).hasPrefix("### ⚠️ `deploy:production`: cut off\n"))
  }

  @Test func itIsShort() {
    let rows = (1...1000).map { Self.row("h\($0)", .failed, 1, problem: "status \($0)", lines: ["line \($0)"]) }
    let lines = MarkdownReport.text(of: Self.story(rows)).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("| `h") } == 50)
    #expect(lines.contains("| and 950 more hosts | | |"))
    #expect(lines.contains("and 980 more failures."))
  }

  @Test(arguments: [
    ("", ""), ("web1", "`web1`"), ("web[01-38]", "`web[01-38]`"), ("<img src=x>", "`<img src=x>`"), ("@anna *b* #1", "`@anna *b* #1`"),
    ("a|b", "<code>a&#124;b</code>"), ("`x`", "<code>&#96;x&#96;</code>"), (#"a\|<b>&"#, "<code>a&#92;&#124;&#60;b&#62;&#38;</code>"),
    ("a\nb", #"`a\x0ab`"#), ("x\\", #"`x\`"#),
  ])
  func whatComesFromElsewhereIsCode(text: String, code: String) { #expect(MarkdownReport.code(text) == code) }

  /// Taking colours out of a line may bring backticks together: they end no block.
  @Test func colouredBackticks() {
    let story = Self.story([
      Self.row("web1", .failed, 1, problem: "status 1", lines: ["``\u{1B}[1m``", "[click](http://example.com)"])
    ])
    let text = MarkdownReport.text(of: story)
    #expect(text.contains("`````text\n````\n[click](http://example.com)\n`````\n"), "\(text)")
  }
}
