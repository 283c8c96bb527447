import Tasks
import Testing

@testable import Runner

@Suite struct JSONWriterTests {
  static let rows: [(Value, String)] = [
    (.null, "null"), (true, "true"), (-7, "-7"), (.double(1), "1.0"), (.double(0.1), "0.1"), (.double(1e300), "1e+300"),
    (.double(.infinity), "null"), (.double(.nan), "null"), ([], "[]"), ([:], "{}"),
    ("a\"b\\c/ü\n\r\t\u{1}\u{1B}\u{7F}", #""a\"b\\c/ü\n\r\t\u0001\u001b\u007f""#),
    ("\u{9B}31m é “\u{202E}” \u{200D}\u{E0041}\u{85}", #""\u009b31m é “\u202e” \#u{200D}\udb40\udc41\u0085""#),
    ([1, [2, []], ["k": "v", "a": .null]], #"[1,[2,[]],{"k":"v","a":null}]"#),
  ]

  @Test(arguments: rows) func writes(value: Value, text: String) { #expect(JSON.text(value) == text) }

  @Test("what a terminal would act on is read as it was written", arguments: ["\u{9B}", "\u{202E}x", "a\u{FEFF}", "\u{E007F}é\u{61C}"])
  func escapes(text: String) throws {
    #expect(JSON.text(.string(text)).safe == JSON.text(.string(text)))
    #expect(try JSON.parse(JSON.bytes(.string(text))) == .string(text))
  }

  @Test func writesPretty() {
    let value: Value = ["name": "x", "hosts": ["a", "b"], "none": [], "empty": [:], "in": ["n": 1]]
    #expect(
      JSON.text(value, pretty: true) == """
        {
          "name": "x",
          "hosts": [
            "a",
            "b"
          ],
          "none": [],
          "empty": {},
          "in": {
            "n": 1
          }
        }
        """)
  }

  @Test(arguments: JSONRow.all) func readsWhatItWrites(row: JSONRow) throws {
    #expect(try JSON.parse(JSON.bytes(row.value)) == row.value)
    #expect(try JSON.parse(JSON.bytes(row.value, pretty: true)) == row.value)
  }
}
