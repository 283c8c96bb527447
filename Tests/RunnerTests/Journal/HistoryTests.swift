import Foundation
import Tasks
import Testing

@testable import Runner

@Suite struct HistoryTests {
  private static func run(
    _ id: String, _ title: String = "deploy:production", milliseconds: Int64 = 1_772_357_400_250, status: Int? = 0,
    isResumable: Bool = false,
    isAlive: Bool = false, isAbandoned: Bool = false, words: (inout RunRecord) -> Void = { _ in }
  ) throws -> PastRun {
    let facts = RunFacts(id: id, started: Timestamp(milliseconds: milliseconds), user: "anna", url: nil)
    var invocation = Invocation()
    invocation.calls = [TaskCall(task: "deploy", environment: "production")]
    let plan = try Fleet.plan { hosts("web") { Tasks.run("a") } }
    var record = RunRecord(
      invocation, [plan], facts: facts, title: title, place: Program.Place(root: "/project", workingFolder: "/project"))
    words(&record)
    let result = status.map {
      RunResult(
        status: $0, outcome: $0 == 0 ? .succeeded : .failed, duration: 12.345, finished: Timestamp(milliseconds: milliseconds + 12_345),
        isResumable: isResumable)
    }
    return PastRun(record: record, result: result, isAlive: isAlive, isAbandoned: isAbandoned)
  }

  @Test func isATable() throws {
    let runs = try [
      Self.run("r9", status: nil, isAlive: true), Self.run("r8", "deploy", status: nil), Self.run("r7", status: 1, isResumable: true),
      Self.run("r6", status: 0), Self.run("r5", status: 3), Self.run("r4", status: 4, isResumable: true), Self.run("r3", status: 5),
      Self.run("r2", status: 130, isResumable: true), Self.run("r11", status: 143), Self.run("r1", status: nil, isAbandoned: true),
      Self.run("r0", "--unlock shop", status: 2, isResumable: true) { $0.calls = [] },
    ]
    #expect(
      History.text(of: runs) == """
        r9   2026-03-01 09:30 UTC  anna  deploy:production  running
        r8   2026-03-01 09:30 UTC  anna  deploy             cut off, resumable
        r7   2026-03-01 09:30 UTC  anna  deploy:production  failed, resumable                 12.35 s
        r6   2026-03-01 09:30 UTC  anna  deploy:production  done                              12.35 s
        r5   2026-03-01 09:30 UTC  anna  deploy:production  done, except for tolerated hosts  12.35 s
        r4   2026-03-01 09:30 UTC  anna  deploy:production  failed, unreachable, resumable    12.35 s
        r3   2026-03-01 09:30 UTC  anna  deploy:production  lock was held                     12.35 s
        r2   2026-03-01 09:30 UTC  anna  deploy:production  interrupted, resumable            12.35 s
        r11  2026-03-01 09:30 UTC  anna  deploy:production  interrupted                       12.35 s
        r1   2026-03-01 09:30 UTC  anna  deploy:production  cut off
        r0   2026-03-01 09:30 UTC  anna  --unlock shop      not done                          12.35 s

        """)
    #expect(History.text(of: []) == "no runs of this Deployfile from this machine\n")
  }

  /// What was typed may hold anything.
  @Test func controlSequencesAreShown() throws {
    let text = History.text(of: [try Self.run("r1", "echo \u{1B}[31m\nsecond line")])
    #expect(text == "r1  2026-03-01 09:30 UTC  anna  echo \\x1b[31m  done  12.35 s\n" || !text.contains("\u{1B}"))
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test func isJSON() throws {
    #expect(
      JSON.text(try Self.run("r1", status: 1, isResumable: true).json)
        == #"{"id":"r1","what":"deploy:production","user":"anna","started":"2026-03-01T09:30:00.250Z","outcome":"failed","resumable":true,"#
        + #""status":1,"duration":12.345,"finished":"2026-03-01T09:30:12.595Z"}"#)
    #expect(
      JSON.text(try Self.run("r1", status: nil) { $0.facts.url = "https://ci/1" }.json)
        == #"{"id":"r1","what":"deploy:production","user":"anna","started":"2026-03-01T09:30:00.250Z","outcome":"cut off","resumable":true,"#
        + #""url":"https://ci/1"}"#)
  }

  /// What a person means by the last run.
  @Test func whichRunsCount() throws {
    #expect(try Self.run("r").counts)
    #expect(try Self.run("r", status: nil).counts)
    #expect(try Self.run("r", status: 1).counts)
    #expect(try !Self.run("r", status: 5).counts)
    #expect(try Self.run("r", status: 5, isResumable: true).counts)
    #expect(try !Self.run("r", "uptime") { ($0.calls, $0.pattern) = ([], "web") }.counts)
    #expect(try Self.run("r", "uptime", status: nil) { ($0.calls, $0.pattern) = ([], "web") }.counts)
    #expect(try !Self.run("r", "--unlock shop") { $0.calls = [] }.counts)
    #expect(try !Self.run("r", "--unlock shop", status: nil) { $0.calls = [] }.counts)
  }

  @Test func aRecordIsReadBack() throws {
    let folder = try ScratchFolder()
    for change: (inout RunRecord) -> Void in [
      { _ in },
      {
        $0.facts.url = "https://ci/1"
        ($0.environment, $0.limit, $0.jobs, $0.inventory) = ("production", "web:!web3", 4, "/project/hosts.ini")
        $0.calls = [
          TaskCall(task: "deploy", words: ["version": ["1.4.2"], "tag": ["a", "b"]]), TaskCall(task: "check", environment: "staging"),
        ]
      },
      { ($0.calls, $0.pattern, $0.command) = ([], "web", ["uptime", "-p"]) },
    ] {
      let record = try Self.run("r1", words: change).record
      try folder.write(JSON.text(record.json, pretty: true), to: "run.json")
      #expect(RunRecord(RunFolder(path: folder.path)) == record)
    }
    for text in ["", "{", "null", "{}", #"{"version":2,"id":"r","root":"/"}"#, #"{"version":1,"id":"r"}"#] {
      try folder.write(text, to: "run.json")
      #expect(RunRecord(RunFolder(path: folder.path)) == nil)
    }
  }

  @Test func theRunIsPlannedAgainAsItWasCalled() throws {
    var present = Invocation()
    (present.answersYes, present.detail, present.format, present.unknownSteps) = (true, .quiet, .json, .done)
    present.action = .resume("r1")
    let again = try Self.run("r1") {
      ($0.environment, $0.limit, $0.jobs, $0.inventory) = ("staging", "web1", 2, "/i")
    }.record.invocation(shownAs: present)
    var expected = present
    expected.action = .run
    (expected.environment, expected.limit, expected.jobs, expected.inventory) = ("staging", "web1", 2, "/i")
    expected.calls = [TaskCall(task: "deploy", environment: "production")]
    #expect(again == expected)
    let command = try Self.run("r1") { ($0.calls, $0.pattern, $0.command) = ([], "web", ["uptime"]) }.record.invocation(shownAs: present)
    #expect(command.action == .on("web", command: ["uptime"]))
  }
}

@Suite(.engine) struct RunFolderTests {
  private static func make(_ id: String, in all: String) throws -> RunFolder {
    let folder = try RunFolder.make(id, in: all)
    try folder.write("text", to: "run.json")
    try folder.write("text", to: "hosts/web1.log")
    return folder
  }

  @Test func isClosedToEverybodyElse() throws {
    let scratch = try ScratchFolder()
    let folder = try Self.make("r1", in: "\(scratch.path)/state/runs/x")
    for path in ["state", "state/runs", "state/runs/x", "state/runs/x/r1", "state/runs/x/r1/hosts"] {
      #expect(File.status("\(scratch.path)/\(path)").map { $0.st_mode & 0o777 } == 0o700, "\(path)")
    }
    #expect(File.status(folder.path("run.json")).map { $0.st_mode & 0o777 } == 0o600)
    #expect(File.names(in: folder.path).sorted() == ["hosts", "run.json"])
  }

  /// The newest fifty stay, and whatever still goes on.
  @Test @Engine func oldOnesAreRemoved() throws {
    let scratch = try ScratchFolder()
    let names = (0..<60).map { "r\(100 + $0)" }
    for name in names { _ = try Self.make(name, in: scratch.path) }
    let living = try Journal(RunFolder(path: "\(scratch.path)/r103"))
    _ = try Self.make(".hidden", in: scratch.path)
    RunFolder.prune(scratch.path)
    #expect(RunFolder.list(in: scratch.path).map(\.id) == names.suffix(50).reversed() + ["r103"])
    #expect(File.isFolder("\(scratch.path)/.hidden"))
    living.end()
    RunFolder.prune(scratch.path)
    #expect(RunFolder.list(in: scratch.path).map(\.id) == names.suffix(50).reversed())
    RunFolder.prune(scratch.path + "/none")
  }

  @Test func logsOfHosts() {
    let folder = RunFolder(path: "/runs/r1")
    #expect(folder.id == "r1")
    #expect(folder.log(of: "web1") == "/runs/r1/hosts/web1.log")
    #expect(folder.log(of: "") == "/runs/r1/hosts/this machine.log")
    let long = String(repeating: "x", count: 250)
    #expect(folder.log(of: long).utf8.count < 255)
    #expect(folder.log(of: long) != folder.log(of: long + "y"))
  }
}
