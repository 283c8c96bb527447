import Testing

@testable import Runner

/// An entry, and its line.
struct EntryRow: CustomTestStringConvertible, Sendable {
  let entry: JournalEntry
  let line: String

  init(_ entry: JournalEntry, _ line: String) {
    self.entry = entry
    self.line = line
  }

  var testDescription: String { line }
}

@Suite struct JournalEntryTests {
  private static let noon = Timestamp(milliseconds: 1_772_357_400_250)

  static let rows = [
    EntryRow(
      .sent(host: "web1", plan: 0, steps: [1, 2], session: "5e55"),
      #"{"event":"sent","host":"web1","plan":0,"steps":[1,2],"session":"5e55"}"#),
    EntryRow(.begun(host: "web1", plan: 0, step: 1, attempt: 1), #"{"event":"begun","host":"web1","plan":0,"step":1}"#),
    EntryRow(.begun(host: "", plan: 1, step: 12, attempt: 3), #"{"event":"begun","host":"","plan":1,"step":12,"attempt":3}"#),
    EntryRow(
      .captured(host: "web1", plan: 0, step: 2, name: "x", value: [0, 0xFF, 10]),
      #"{"event":"captured","host":"web1","plan":0,"step":2,"name":"x","value":"AP8K"}"#),
    EntryRow(
      .captured(host: "web1", plan: 0, step: 2, name: "x", value: []),
      #"{"event":"captured","host":"web1","plan":0,"step":2,"name":"x","value":""}"#),
    EntryRow(
      .captured(host: "web1", plan: 0, step: 2, name: "x", value: nil), #"{"event":"captured","host":"web1","plan":0,"step":2,"name":"x"}"#),
    EntryRow(
      .ended(host: "web1", plan: 0, step: 1, outcome: .failed, status: 3),
      #"{"event":"ended","host":"web1","plan":0,"step":1,"outcome":"failed","status":3}"#),
    EntryRow(
      .ended(host: "web1", plan: 0, step: 1, outcome: .unknown, status: nil),
      #"{"event":"ended","host":"web1","plan":0,"step":1,"outcome":"unknown"}"#),
    EntryRow(.settled(host: "web1", session: "5e55"), #"{"event":"settled","host":"web1","session":"5e55"}"#),
    EntryRow(.settled(host: "web1", session: nil), #"{"event":"settled","host":"web1"}"#),
    EntryRow(.decided(plan: 0, name: "oldest", value: Array("é".utf8)), #"{"event":"decided","plan":0,"name":"oldest","value":"w6k="}"#),
    EntryRow(.reached(StagePath(text: "0.1.x.2"), .done), #"{"event":"reached","path":"0.1.x.2","mark":"done"}"#),
    EntryRow(.reached(StagePath(text: "0.1"), .cleaningUp), #"{"event":"reached","path":"0.1","mark":"cleaningUp"}"#),
    EntryRow(
      .reached(StagePath(text: "0.1"), .finally(after: "interrupted")),
      #"{"event":"reached","path":"0.1","mark":"finally","after":"interrupted"}"#),
    EntryRow(.locked("shop", hosts: ["a", ""]), #"{"event":"locked","name":"shop","hosts":["a",""]}"#),
    EntryRow(.unlocked("shop"), #"{"event":"unlocked","name":"shop"}"#),
    EntryRow(
      .dropped(host: "web1", outcome: .failed, problem: "[2] make: status 2"),
      #"{"event":"dropped","host":"web1","outcome":"failed","problem":"[2] make: status 2"}"#),
    EntryRow(.dropped(host: "web1", outcome: .cancelled, problem: nil), #"{"event":"dropped","host":"web1","outcome":"cancelled"}"#),
    EntryRow(
      .changed(host: "web1", application: "shop", previous: "", live: "1.4.2"),
      #"{"event":"changed","host":"web1","application":"shop","previous":"","live":"1.4.2"}"#),
    EntryRow(.resumed(noon, user: "anna \"a\""), #"{"event":"resumed","at":"2026-03-01T09:30:00.250Z","user":"anna \"a\""}"#),
    EntryRow(.finished(noon, status: 130, rows: 3), #"{"event":"finished","at":"2026-03-01T09:30:00.250Z","status":130,"rows":3}"#),
  ]

  @Test(arguments: rows) func isOneLine(row: EntryRow) { #expect(String(decoding: row.entry.line, as: UTF8.self) == row.line + "\n") }

  @Test(arguments: rows) func isReadBack(row: EntryRow) { #expect(JournalEntry(line: Array(row.line.utf8)[...]) == row.entry) }

  /// Times and places in logs stand beside the entry: who reads an older journal, or is older, reads the same entry.
  @Test func times() throws {
    let entry = JournalEntry.begun(host: "web1", plan: 0, step: 1, attempt: 1)
    let line = entry.line(at: Self.noon, log: 12)
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"event":"begun","host":"web1","plan":0,"step":1,"at":"2026-03-01T09:30:00.250Z","log":12}"# + "\n")
    #expect(JournalEntry(line: line[...]) == entry)
    let read = try #require(JournalLine(line[...]))
    #expect([read.time == Self.noon, read.log == 12, read.entry == entry] == [true, true, true])
    let old = try #require(JournalLine(entry.line[...]))
    #expect([old.time == nil, old.log == nil, old.entry == entry] == [true, true, true])
    #expect(JournalLine(Array("{}".utf8)[...]) == nil)
  }

  /// Whatever was written of a line when the power failed, it is no other entry.
  @Test(arguments: rows) func aTornLineIsNoEntry(row: EntryRow) {
    let bytes = Array(row.line.utf8)
    for length in 0..<bytes.count { #expect(JournalEntry(line: bytes[..<length]) == nil, "cut at \(length)") }
  }

  @Test(arguments: [
    "", "null", "[]", "7", "{}", #"{"event":7}"#, #"{"event":"later"}"#, #"{"event":"ended","host":"a","step":1}"#,
    #"{"event":"ended","host":"a","step":1,"outcome":"fine"}"#, #"{"event":"captured","host":"a"}"#, #"{"event":"decided","name":"x"}"#,
    #"{"event":"decided","name":"x","value":"no base64"}"#, #"{"event":"reached","path":"0"}"#, #"{"event":"reached","mark":"done"}"#,
    #"{"event":"reached","path":"0","mark":"nearly"}"#, "{\"event\":\"unlocked\",\"name\":\"\u{1}\"}",
    #"{"event":"unlocked"}{"event":"unlocked"}"#,
  ])
  func somethingElseIsNoEntry(line: String) { #expect(JournalEntry(line: Array(line.utf8)[...]) == nil) }

  @Test func aNameThatIsNoTextIsNoEntry() {
    #expect(JournalEntry(line: (Array(#"{"event":"unlocked","name":""#.utf8) + [0xFF] + Array(#""}"#.utf8))[...]) == nil)
  }

  /// A journal with a torn line in its middle: what was written after it counts.
  @Test func theRestOfAJournalCounts() throws {
    let folder = try ScratchFolder()
    var bytes = JournalEntry.unlocked("a").line + JournalEntry.unlocked("b").line.dropLast(4) + [0x0A, 0x0A]
    bytes += JournalEntry.unlocked("c").line + JournalEntry.unlocked("d").line.prefix(9)
    try folder.write(bytes, to: "journal.jsonl")
    #expect(try Journal.entries(of: RunFolder(path: folder.path)) == [.unlocked("a"), .unlocked("c")])
  }
}

@Suite(.engine) struct JournalTests {
  @Test @Engine func goesOnBehindATornLine() throws {
    let folder = try ScratchFolder()
    try folder.write(JournalEntry.unlocked("a").line.dropLast(3).map { $0 }, to: "journal.jsonl")
    let journal = try Journal(RunFolder(path: folder.path))
    for name in ["b", "c"] { journal.append(.unlocked(name)) }
    journal.end()
    #expect(try Journal.entries(of: RunFolder(path: folder.path)) == [.unlocked("b"), .unlocked("c")])
  }

  /// What lives is known by a lock of its journal, which ends with it.
  @Test @Engine func oneProcessAtATime() throws {
    let scratch = try ScratchFolder()
    let folder = RunFolder(path: scratch.path)
    #expect(!folder.isAlive)
    let journal = try Journal(folder)
    #expect(folder.isAlive)
    #expect(throws: SystemError("flock", folder.path("journal.jsonl"), code: EWOULDBLOCK)) { try Journal(folder) }
    journal.abandon()
    #expect(folder.isAlive && folder.isAbandoned)
    journal.end()
    #expect(!folder.isAlive && folder.isAbandoned)
  }
}
