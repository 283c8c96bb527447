import Foundation
import TestSupport
import Testing

/// What `--output report.html`, `--output report.md` and `--report` tell of real runs.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ReportTests {
  static let deployfile = #"""
    let token = Secret.environment("TOKEN")
    let mixed = task("mixed", "Some hosts fail") {
      hosts("web") {
        parallel {
          run("echo begun; echo \(token)").named("greet")
          run("test -e $D/well || { echo \(host: .name) is not well; test \(host: .name) != b; }").named("check") }
        serially { run("echo x >>$D/second; echo second").named("second") } }
      local("echo never")
    }
    let slow = task("slow", "Waits") { hosts("web") { run("echo waits; echo x >>$D/slow; sleep 60").named("wait") } }
    """#

  private func bench() throws -> Bench {
    try Bench(Self.deployfile, hosts: ["a", "b", "c"], ssh: #"exec /bin/sh -c "$command""#)
  }

  private static let token = ["TOKEN": "s3cr3t"]

  /// The data of a page.
  private struct Page: Decodable {
    struct Host: Decodable { var name, outcome: String, problem: String? }
    struct Step: Decodable { var title: String }
    struct Group: Decodable { var names, outcome: String }
    /// Host, step, outcome, and whether there are times.
    struct Cell: Decodable, CustomStringConvertible {
      var description: String
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let (host, step, outcome) = (try values.decode(Int.self), try values.decode(Int.self), try values.decode(String.self))
        let (begun, ended) = (try values.decodeIfPresent(Int.self), try values.decodeIfPresent(Int.self))
        description = "\(host).\(step) \(outcome)\(begun == nil ? ", no beginning" : "")\(ended == nil ? ", no end" : "")"
      }
    }
    var hosts: [Host], steps: [Step], cells: [Cell], output: [[Group]], pauses: [[Int]], running: Bool

    /// What became of hosts and steps, and which hosts have said the same.
    var story: [String] {
      hosts.map { "\($0.name): \($0.outcome)\($0.problem.map { ": \($0)" } ?? "")" } + cells.map(\.description)
        + zip(steps, output).flatMap { step, groups in groups.map { "\(step.title): \($0.names) \($0.outcome)" } }
    }
  }

  private func page(_ text: String) throws -> Page {
    let start = try #require(text.firstRange(of: "id=\"story\">")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "</script>")?.lowerBound)
    return try JSONDecoder().decode(Page.self, from: Data(text[start..<end].utf8))
  }

  /// Of the page that `--report` makes and whose place it prints.
  private func reported(_ bench: Bench, _ words: String...) throws -> (page: Page, text: String) {
    let ended = try bench.project.start(["--report"] + words, environment: bench.environment).end()
    #expect(ended.status == 0, "\(ended)")
    let text = try String(contentsOfFile: String(ended.output.dropLast()), encoding: .utf8)
    return (try page(text), text)
  }

  private static let story = [
    "this machine: skipped", "a: cancelled: 1 of 2 phases done", "b: failed: [2] check: status 1", "c: cancelled: 1 of 2 phases done",
    "1.0 succeeded", "2.0 succeeded", "3.0 succeeded", "1.1 succeeded", "2.1 failed", "3.1 succeeded", "greet: a, b, c succeeded",
    "check: a succeeded", "check: b failed", "check: c succeeded",
  ]

  @Test func filesOfARunThatFails() throws {
    let bench = try bench()
    let ended = try bench.run("mixed", "--output", "report.html", "--output", "report.md", environment: Self.token)
    #expect(ended.status == 1, "\(ended)")
    let folder = bench.project.folder
    let text = folder.read("report.html")
    #expect(try page(text).story == Self.story)
    #expect(
      folder.read("report.md").anonymous.replacing(#/\d[0-9.]* s/#, with: "_").replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d/#, with: "TIME")
        .replacing(#/`[^`]*`, TIME/#, with: "USER, TIME").replacing(#/\(?_( to _)?/#, with: "_")
          == """
          ### ❌ `mixed`: failed in _

          USER, TIME UTC, run `RUN`

          | Hosts | Outcome | Time |
          |---|---|---|
          | `b` | failed: `[2] check: status 1` | _ |
          | `a, c` | cancelled: `1 of 2 phases done` | _ |

          `b`: `[2] check: status 1`

          ```text
          b is not well
          ```

          `To go on where it stopped: run --resume RUN`

          `All that the hosts printed: \(bench.runs[0])/hosts`

          """.anonymous)
    for name in ["report.html", "report.md"] { #expect(!folder.read(name).contains("s3cr3t")) }
    #expect(text.contains("[secret]"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") } == [])
  }

  @Test func aRunThatIsInterrupted() throws {
    let bench = try bench()
    let started = try bench.start("slow", "--output", "report.html")
    #expect(bench.waits(for: "slow", lines: 3))
    started.signal(SIGTERM)
    #expect(started.end().status == 143)
    let text = bench.project.folder.read("report.html")
    #expect(text.contains("<p class=\"outcome\">interrupted</p>"))
    #expect(
      try page(text).story == [
        "a: cancelled", "b: cancelled", "c: cancelled", "0.0 cancelled", "1.0 cancelled", "2.0 cancelled", "wait: a, b, c cancelled",
      ])
  }

  /// What is written down tells the same as what was seen.
  @Test func aRunThatWas() throws {
    let bench = try bench()
    #expect(try bench.run("mixed", environment: Self.token).status == 1)
    let (page, text) = try reported(bench)
    #expect(page.story == Self.story.map { $0.replacing(": 1 of 2 phases done", with: "") })
    #expect(!text.contains("s3cr3t"))
    #expect(text.contains("is not well"))
    #expect(try bench.run("--report", "2", "--output", "own.html", "--output", "own.md").status == 0)
    #expect(bench.project.folder.read("own.html") == text)
    #expect(bench.project.folder.read("own.md").contains("| `b` | failed: `[2] check: status 1` |"))
    let mode = try FileManager.default.attributesOfItem(atPath: "\(bench.runs[0])/report.html")[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func aRunThatWasKilled() throws {
    let bench = try bench()
    let started = try bench.start("slow")
    #expect(bench.waits(for: "slow", lines: 3))
    let (alive, _) = try reported(bench)
    #expect(alive.running)
    started.signal(SIGKILL)
    _ = started.end()
    #expect(bench.settles())
    let (page, text) = try reported(bench)
    #expect(text.contains("<p class=\"outcome\">cut off</p>"))
    #expect(!page.running)
    let problem = ": unknown: cut off: nobody knows how its last step ended"
    #expect(
      page.story == [
        "a\(problem)", "b\(problem)", "c\(problem)", "0.0 running, no end", "1.0 running, no end", "2.0 running, no end",
        "wait: a, b, c running",
      ])
  }

  /// Both sittings are one story.
  @Test func aRunThatWasGoneOnWith() throws {
    let bench = try bench()
    #expect(try bench.run("mixed", environment: Self.token).status == 1)
    try bench.marks.write("well", "")
    let ended = try bench.run("--resume", "--output", "report.html", environment: Self.token)
    #expect(ended.status == 0, "\(ended)")
    let seen = try page(bench.project.folder.read("report.html"))
    let story = [
      "this machine: succeeded", "a: succeeded", "b: succeeded", "c: succeeded", "1.0 succeeded", "2.0 succeeded", "3.0 succeeded",
      "1.1 succeeded", "2.1 succeeded", "3.1 succeeded", "1.2 succeeded", "2.2 succeeded", "3.2 succeeded", "0.3 succeeded",
      "greet: a, b, c succeeded", "check: a succeeded", "check: c succeeded", "second: a, b, c succeeded",
      "echo never: this machine succeeded",
    ]
    #expect(seen.story == story)
    #expect(seen.pauses.count == 1)
    let (page, _) = try reported(bench)
    #expect(page.story == story)
    #expect(page.pauses.count == 1)
  }

  /// Journals of earlier versions have no times, and tell the rest.
  @Test func anOldJournal() throws {
    let bench = try bench()
    #expect(try bench.run("mixed", environment: Self.token).status == 1)
    let journal = "\(bench.runs[0])/journal.jsonl"
    let lines = bench.journal().filter { !$0.contains(#""event":"dropped""#) }.map {
      $0.contains("finished") ? $0 : $0.replacing(#/,"at":"[^"]*"/#, with: "").replacing(#/,"log":\d+/#, with: "")
    }
    try (lines.joined(separator: "\n") + "\n").write(toFile: journal, atomically: false, encoding: .utf8)
    let (page, _) = try reported(bench)
    #expect(
      page.story == [
        "this machine: skipped", "a: cancelled", "b: failed: [2] check: status 1", "c: cancelled", "1.0 succeeded, no beginning, no end",
        "2.0 succeeded, no beginning, no end", "3.0 succeeded, no beginning, no end", "1.1 succeeded, no beginning, no end",
        "2.1 failed, no beginning, no end", "3.1 succeeded, no beginning, no end",
      ])
    try bench.marks.write("well", "")
    #expect(try bench.run("--resume", environment: Self.token).status == 0)
  }

  @Test func opening() throws {
    let bench = try bench()
    #expect(try bench.run("mixed", environment: Self.token).status == 1)
    let programs = Scratch()
    #if os(macOS)
      let opener = "open"
    #else
      let opener = "xdg-open"
    #endif
    try programs.write(opener, "#!/bin/sh\nprintf '%s\\n' \"$@\" >>$D/opened\ntest ! -e $D/broken\n", mode: 0o755)
    let path = ["PATH": "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
    let ended = try bench.run("--report", "--open", environment: path)
    #expect(ended == Ended(status: 0, output: "\(bench.runs[0])/report.html\n", errors: ""))
    #expect(bench.marks.read("opened") == ended.output)
    try bench.marks.write("broken", "")
    #expect(
      try bench.run("--report", "--open", environment: path).errors
        == "error: --open: \(opener) did not open the page: it failed\n  Open it yourself: \(bench.runs[0])/report.html\n")
  }

  @Test func refusals() throws {
    let bench = try bench()
    func errors(_ words: String...) throws -> String {
      let ended = try bench.project.start(words, environment: bench.environment).end()
      #expect(ended.status == 2, "\(ended)")
      return ended.errors
    }
    #expect(
      try errors("--report")
        == "error: there is no run of this Deployfile to tell of\n  run --history shows the runs from this machine.\n")
    #expect(try errors("mixed", "--open") == "error: --open goes with --report\n  For example: run --report --open\n")
    #expect(
      try errors("--report", "--output", "x.xml")
        == "error: --report cannot make x.xml of a run that is over\n  It makes .html and .md; the others are written while a run goes on.\n"
    )
    #expect(try bench.run("mixed", environment: Self.token).status == 1)
    #expect(
      try errors("--report", "nothing")
        == "error: there is no run nothing\n  run --history shows them; the last one is \(bench.identifiers[0]).\n")
    #expect(try errors("--report", "--output", "nowhere/x.html").hasPrefix("error: --report: cannot write "))
  }
}
