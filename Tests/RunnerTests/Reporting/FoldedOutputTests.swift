import Testing

@testable import Runner

/// What some hosts have printed, and how that is told.
struct FoldingRow: CustomTestStringConvertible, Sendable {
  var name: String
  /// Host and lines; a line that begins with `!` is one of standard error.
  var outputs: [(host: String, lines: [String])]
  var outcomes: [String: Outcome] = [:]
  var text: [String]

  var testDescription: String { name }

  var folded: FoldedOutput {
    FoldedOutput(outputs.map { .init(host: $0.host, outcome: outcomes[$0.host], output: StepOutput($0.lines)) })
  }
}

extension StepOutput {
  init(_ lines: [String], limit: Limit = Limit()) {
    self.init(limit: limit)
    for line in lines {
      let isError = line.hasPrefix("!")
      add(Array((isError ? String(line.dropFirst()) : line).utf8)[...], isError ? .error : .output)
    }
  }
}

@Suite struct FoldedOutputTests {
  private static func web(_ numbers: ClosedRange<Int>, _ lines: [String]) -> [(host: String, lines: [String])] {
    numbers.map { (host: "web\($0 < 10 ? "0" : "")\($0)", lines: lines) }
  }

  private static let rows = [
    FoldingRow(name: "nothing", outputs: [], text: []),
    FoldingRow(name: "one host", outputs: [("a", ["x", "y"])], text: ["a:", "    x", "    y"]),
    FoldingRow(name: "all the same", outputs: web(1...38, ["up"]), text: ["web[01-38]:", "    up"]),
    FoldingRow(name: "no output", outputs: [("a", []), ("b", [])], text: ["a, b: no output"]),
    FoldingRow(
      name: "one is missing a line", outputs: web(1...3, ["a", "b", "c"]) + web(4...4, ["a", "c"]),
      text: ["web[01-03]:", "    a", "    b", "    c", "web04, unlike web[01-03]:", "    a", "  - b", "    c"]),
    FoldingRow(
      name: "a line differs in the middle of many",
      outputs: [
        ("w1", ["1", "2", "3", "4", "x", "6", "7", "8"]), ("w2", ["1", "2", "3", "4", "5", "6", "7", "8"]),
        ("w3", ["1", "2", "3", "4", "5", "6", "7", "8"]),
      ],
      text: [
        "w[2-3]:", "    1", "    2", "    3", "    4", "    5", "    6", "    7", "    8", "w1, unlike w[2-3]:", "    (2 lines the same)",
        "    3", "    4", "  - 5", "  + x", "    6", "    7", "    8",
      ]),
    FoldingRow(
      name: "nothing in common is not compared", outputs: [("a1", ["x"]), ("a2", ["x"]), ("a3", ["y"])],
      text: ["a[1-2]:", "    x", "a3:", "    y"]),
    FoldingRow(
      name: "the most common one comes first, and of equal ones the first",
      outputs: [("a", ["1"]), ("b", ["2"]), ("c", ["2"]), ("d", ["3"])],
      text: ["b, c:", "    2", "a:", "    1", "d:", "    3"]),
    FoldingRow(
      name: "another outcome is another group", outputs: [("w1", ["x"]), ("w2", ["x"]), ("w3", ["x"])], outcomes: ["w2": .failed],
      text: ["w[1,3]:", "    x", "w2, failed: the same as w[1,3]"]),
    FoldingRow(
      name: "how streams were mixed does not matter", outputs: [("w1", ["a", "!e", "b"]), ("w2", ["!e", "a", "b"])],
      text: ["w[1-2]:", "    a", "    b", "    e"]),
    FoldingRow(
      name: "the stream matters", outputs: [("w1", ["a"]), ("w2", ["!a"])], text: ["w1:", "    a", "w2:", "    a"]),
    FoldingRow(
      name: "control characters are shown, colours are not",
      outputs: [("a", ["\u{1B}[1;31mred\u{1B}[0m \u{1B}[2Jx\u{202E}", "10 %\r50 %\r100 %"])],
      text: ["a:", "    red \\x1b[2Jx\\x202e", "    100 %"]),
  ]

  @Test(arguments: rows) func folds(row: FoldingRow) { #expect(row.folded.text == row.text) }

  @Test func groupsAreThere() throws {
    let folded = FoldedOutput([
      .init(host: "w1", outcome: .succeeded, output: StepOutput(["a", "b", "c"])),
      .init(host: "w2", outcome: .succeeded, output: StepOutput(["a", "b", "c"])),
      .init(host: "w3", outcome: .failed, output: StepOutput(["a", "x", "c"])),
    ])
    #expect(folded.groups.map(\.names) == ["w[1-2]", "w3"])
    #expect(folded.groups.map(\.outcome) == [.succeeded, .failed])
    #expect(folded.groups[0].changes == nil)
    let a = StepOutput.Line(.output, "a"), b = StepOutput.Line(.output, "b"), c = StepOutput.Line(.output, "c")
    #expect(folded.groups[1].changes == [.same(a), .removed(b), .added(StepOutput.Line(.output, "x")), .same(c)])
  }

  @Test func manyHosts() {
    let same = FoldedOutput((1...10_000).map { .init(host: "h\($0)", output: StepOutput(["a", "b"])) })
    #expect(same.text == ["h[1-10000]:", "    a", "    b"])
    let all = FoldedOutput((1...1000).map { .init(host: "h\($0)", output: StepOutput(["on h\($0)", "done"])) })
    #expect(all.groups.count == 1000)
    #expect(all.text.prefix(6) == ["h1:", "    on h1", "    done", "h2, unlike h1:", "  - on h1", "  + on h2"])
  }
}

@Suite struct LineDifferenceTests {
  private static func text(_ old: String, _ new: String) -> String? {
    LineDifference.changes(from: Array(old), to: Array(new)).map { changes in
      changes.map { change in
        switch change {
        case .same(let line): "\(line)"
        case .removed(let line): "-\(line)"
        case .added(let line): "+\(line)"
        case .skipped(let number): "(\(number))"
        }
      }.joined()
    }
  }

  @Test(arguments: [
    ("abc", "abc", "abc"), ("abc", "ac", "a-bc"), ("ac", "abc", "a+bc"), ("abcd", "axcd", "a-b+xcd"), ("abc", "abcd", "abc+d"),
    ("bcd", "abcd", "+abcd"), ("abcabba", "cbabac", "-a-bc+bab-ba+c"), ("aab", "ab", "a-ab"),
  ])
  func changes(old: String, new: String, text: String) throws {
    let changes = try #require(LineDifference.changes(from: Array(old), to: Array(new)))
    #expect(Self.rebuilt(changes, isOld: true) == old)
    #expect(Self.rebuilt(changes, isOld: false) == new)
    #expect(Self.text(old, new).map(\.count) == text.count, "\(Self.text(old, new) ?? "")")
  }

  private static func rebuilt(_ changes: [LineDifference.Change<Character>], isOld: Bool) -> String {
    String(
      changes.compactMap { change in
        switch change {
        case .same(let line): line
        case .removed(let line): isOld ? line : nil
        case .added(let line): isOld ? nil : line
        case .skipped: nil
        }
      })
  }

  @Test(arguments: [("abc", "xyz"), ("", "a"), ("a", ""), ("abcdef", "auvwxy")]) func tooLittleInCommon(old: String, new: String) {
    #expect(Self.text(old, new) == nil)
  }

  @Test func tooLong() {
    let many = (0..<1000).map { $0 }, others = (0..<1000).map { $0 * 2 }
    #expect(LineDifference.changes(from: many, to: others) == nil)
    #expect(LineDifference.changes(from: many, to: many + [1])?.count == 1001)
  }
}

@Suite struct StepOutputTests {
  @Test func keepsBothEnds() {
    let limit = StepOutput.Limit(lines: 2, bytes: 100)
    let kept = StepOutput((1...1000).map(String.init) + ["!e"], limit: limit)
    #expect(kept.lines.map(\.text) == ["1", "2", "(996 lines left out)", "999", "1000", "e"])
    #expect(kept.lines.map(\.stream) == [.output, .output, nil, .output, .output, .error])
    #expect(!kept.isWhole)
    #expect(StepOutput((1...4).map(String.init), limit: limit).lines.map(\.text) == ["1", "2", "3", "4"])
    #expect(StepOutput((1...4).map(String.init), limit: limit).isWhole)
  }

  @Test func sizeIsBounded() {
    let limit = StepOutput.Limit(lines: 100, bytes: 1100)
    let kept = StepOutput((0..<10_000).map { "\($0) " + String(repeating: "x", count: 5000) }, limit: limit)
    #expect(kept.lines.map(\.text).joined().utf8.count < 3000)
    #expect(kept.size <= 4400)
    var forgotten = kept
    forgotten.forget()
    #expect(forgotten == kept)
    #expect(forgotten.lines.map(\.text) == ["(10000 lines left out)"])
  }

  /// What is not kept tells them apart all the same.
  @Test func equality() {
    let limit = StepOutput.Limit(lines: 1, bytes: 100)
    #expect(StepOutput(["a", "b", "c"], limit: limit) != StepOutput(["a", "x", "c"], limit: limit))
    #expect(StepOutput(["a", "b", "c"], limit: limit) == StepOutput(["a", "b", "c"], limit: limit))
    #expect(StepOutput(["ab"]) != StepOutput(["a", "b"]))
    var skipped = StepOutput(["a"])
    skipped.skip(bytes: 10)
    skipped.add(Array("z".utf8)[...], .output)
    #expect(skipped.lines.map(\.text) == ["a", "(10 bytes left out)", "z"])
    #expect(skipped != StepOutput(["a", "z"]))
  }
}
