import Testing

@testable import Runner

/// A line up to the cursor, and how bash reads it.
struct PartialLineRow: CustomTestStringConvertible, Sendable {
  let line: String
  let words: [String]
  let current: String
  var typed: String?
  var quote: Unicode.Scalar?
  var isRedirected = false

  var testDescription: String { line }
}

@Suite struct PartialLineTests {
  static let rows = [
    PartialLineRow(line: "", words: [], current: ""),
    PartialLineRow(line: "run", words: [], current: "run"),
    PartialLineRow(line: "run ", words: ["run"], current: ""),
    PartialLineRow(line: "  run \t deploy:pro", words: ["run"], current: "deploy:pro"),
    PartialLineRow(line: #"run it\'s\ o"#, words: ["run"], current: "it's o", typed: #"it\'s\ o"#),
    PartialLineRow(line: #"run "it's \$5 \x" "" '' 'a"b\' x"#, words: ["run", #"it's $5 \x"#, "", "", #"a"b\"#], current: "x"),
    PartialLineRow(line: #"run --color="it's"#, words: ["run"], current: "--color=it's", typed: #"--color="it's"#, quote: "\""),
    PartialLineRow(line: "run 'it", words: ["run"], current: "it", typed: "'it", quote: "'"),
    PartialLineRow(line: #"run "a"'b'c"#, words: ["run"], current: "abc", typed: #""a"'b'c"#),
    PartialLineRow(line: #"run a\"#, words: ["run"], current: "a", typed: #"a\"#),
    PartialLineRow(line: "run a 2> log 2>&1 b <in c", words: ["run", "a", "b"], current: "c"),
    PartialLineRow(line: "run a > lo", words: ["run", "a"], current: "lo", isRedirected: true),
    PartialLineRow(line: "run a >>", words: ["run", "a"], current: "", isRedirected: true),
    PartialLineRow(line: "run 'a>b' c\\>", words: ["run", "a>b"], current: "c>", typed: "c\\>"),
    // A mark that joins the quote before it hides neither.
    PartialLineRow(line: "run '\u{301}a' b", words: ["run", "\u{301}a"], current: "b"),
    PartialLineRow(line: "run grün", words: ["run"], current: "grün"),
  ]

  @Test(arguments: rows) func reads(row: PartialLineRow) {
    let line = PartialLine(row.line)
    #expect(line.words == row.words)
    #expect(line.current == row.current)
    #expect(line.typed == row.typed ?? row.current)
    #expect(line.quote == row.quote)
    #expect(line.isRedirected == row.isRedirected)
  }
}
