import Tasks
import Testing

@testable import Runner

struct JSONRow: Sendable, CustomTestStringConvertible {
  let text: String
  let value: Value

  init(_ text: String, _ value: Value) {
    self.text = text
    self.value = value
  }

  var testDescription: String { text }

  static let all = [
    JSONRow("null", .null), JSONRow(" true ", true), JSONRow("\t\r\nfalse\n", false),
    JSONRow("0", 0), JSONRow("-0", 0), JSONRow("42", 42), JSONRow("-17", -17),
    JSONRow("9223372036854775807", .int(.max)), JSONRow("-9223372036854775808", .int(.min)),
    JSONRow("9223372036854775808", .double(9223372036854775808)), JSONRow("1.0", .double(1)), JSONRow("-1.5e3", .double(-1500)),
    JSONRow("1E+2", .double(100)), JSONRow("0.25", .double(0.25)), JSONRow("1e-2", .double(0.01)),
    JSONRow(#""""#, ""), JSONRow(#""a b""#, "a b"), JSONRow(#""ü🚀""#, "ü🚀"), JSONRow(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    JSONRow(#""\u0041\u00e9\u20AC""#, "Aé€"), JSONRow(#""\ud83d\ude80""#, "🚀"), JSONRow(#""a\u0000b""#, "a\0b"),
    JSONRow("[]", []), JSONRow("[ ]", []), JSONRow("[1, [2], {}]", [1, [2], [:]]),
    JSONRow("{}", [:]), JSONRow(#"{"b": 1, "a": {"c": null}}"#, ["b": 1, "a": ["c": .null]]), JSONRow(#"{"a":1,"a":2}"#, ["a": 1, "a": 2]),
    JSONRow("\u{FEFF}[1]", [1]),
  ]
}

@Suite struct JSONParserTests {
  @Test(arguments: JSONRow.all) func reads(row: JSONRow) throws { #expect(try JSON.parse(Array(row.text.utf8)) == row.value) }

  @Test(arguments: [
    ("", 1, 1, "expected a value"), ("  ", 1, 3, "expected a value"), ("tru", 1, 1, "expected a value"),
    ("nul\n", 1, 1, "expected a value"),
    ("1 2", 1, 3, "expected the end of the text"), ("01", 1, 1, "malformed number"), ("-", 1, 1, "malformed number"),
    ("1.", 1, 1, "malformed number"), ("1e", 1, 1, "malformed number"), ("+1", 1, 1, "expected a value"), (".5", 1, 1, "expected a value"),
    ("NaN", 1, 1, "expected a value"), ("[1,]", 1, 4, "expected a value"), ("[1 2]", 1, 4, #"expected "," or "]""#),
    ("[1", 1, 3, #"expected "," or "]""#), ("{", 1, 2, #"expected a name in double quotes or "}""#),
    ("{\"a\"}", 1, 5, "expected \":\""), ("{\"a\": 1,}", 1, 9, "expected a name in double quotes"),
    ("{\"a\": 1 \"b\"", 1, 9, #"expected "," or "}""#),
    ("{\n  a: 1}", 2, 3, #"expected a name in double quotes or "}""#), ("[\n1,\n\n x]", 4, 2, "expected a value"),
    ("\"a", 1, 3, "expected the end of a string"), ("\"a\\", 1, 4, "expected the end of a string"),
    ("\"\\x\"", 1, 2, "malformed escape in a string"),
    ("\"\\u12g4\"", 1, 2, "malformed escape in a string"), ("\"\\ud800\"", 1, 2, "half of a surrogate pair in a string"),
    ("\"\\ud800\\u0041\"", 1, 2, "half of a surrogate pair in a string"), ("\"\\udc00\"", 1, 2, "half of a surrogate pair in a string"),
    ("\"a\tb\"", 1, 3, "control character 9 in a string, which must be escaped"), ("'a'", 1, 1, "expected a value"),
    ("[1] // x", 1, 5, "expected the end of the text"),
  ])
  func refuses(text: String, line: Int, column: Int, words: String) {
    do {
      _ = try JSON.parse(Array(text.utf8))
      Issue.record("accepted")
    } catch {
      #expect((error.line, error.column) == (line, column))
      #expect(error.problem.words == words)
    }
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONError(line: 1, column: 3, problem: .invalidUTF8)) { try JSON.parse([0x5B, 0x22, 0xFF, 0x22, 0x5D]) }
  }

  @Test func limitsDepth() throws {
    let limit = JSONParser.depthLimit
    _ = try JSON.parse(Array((String(repeating: "[", count: limit) + String(repeating: "]", count: limit)).utf8))
    #expect(throws: JSONError(line: 1, column: limit + 1, problem: .tooDeep(limit: limit))) {
      try JSON.parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }
  }
}
