import Runner
import Tasks
import TestSupport

extension Fuzzed {
  package static let json = Fuzzed(
    "json",
    samples: [
      #"{"a": [1, -2.5e10, true, false, null, "é\n\u00e9\ud83d\ude80"], "b": {"c": {}}, "": []}"#,
      #"[[[]], "", 0, -0, 1E+2, 123456789012345678901]"#,
      #" "text \" \\ \/ \b\f\n\r\t" "#,
    ],
    tokens: [
      "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\n", "\\u00e9", "\\ud83d", "\\ude80", "\\u", "\\x", "0", "1", "-",
      "-0", "1.5", "1e5", "1E+", ".5",
      "01", "99999999999999999999", "1e999", "true", "false", "null", "tru", " ", "\n", "\t", "\r", "\u{1}", "é", "🚀", "\u{feff}", "[[",
      "]]", "{}", "[]", "\u{9b}", "\u{2028}",
    ],
    shapes: [
      Shape("a list", "[1", repeating: ",1", "]"), Shape("an object", "{\"a\":1", "}") { ",\"k\($0)\":1" },
      Shape("one key", "{\"a\":1", repeating: ",\"a\":1", "}"),
      Shape("a string", "\"", repeating: "x", "\""), Shape("escapes", "\"", repeating: "\\n", "\""),
      Shape("numbers of characters", "\"", repeating: "\\u00e9", "\""),
      Shape("digits", repeating: "9"), Shape("decimals", "0.", repeating: "9"), Shape("an exponent", "1e", repeating: "9"),
      Shape("blanks", repeating: " "),
      Shape("open lists", repeating: "["), Shape("open objects", repeating: "{\"a\":"),
      Shape("lines before an error", repeating: "\n", "x"),
      Shape("strings that end nowhere", "[", repeating: "\"a\",", "\""),
    ],
    parse: { bytes in _ = result(json: bytes).map { JSON.bytes($0) } },
    check: { bytes, _ in
      switch result(json: bytes) {
      case .failure(let error):
        return error.line >= 1 && error.column >= 1 && error.column <= bytes.count + 1 ? nil : "an error at \(error.line):\(error.column)"
      case .success(let value):
        guard value.isFinite else { return nil }
        for pretty in [false, true] {
          let written = JSON.bytes(value, pretty: pretty)
          guard (try? result(json: written).get()) == value else { return "another value: \(String(decoding: written, as: UTF8.self))" }
        }
        // What a program has written can be read by us again, with blanks wherever they may stand.
        return (try? result(json: [0x20, 0x0A] + bytes + [0x0D, 0x09]).get()) == value || bytes.starts(with: [0xEF]) ? nil : "blanks matter"
      }
    })

  private static func result(json bytes: [UInt8]) -> Result<Value, JSONError> {
    do throws(JSONError) { return .success(try JSON.parse(bytes)) } catch {
      _ = Failure(error, path: "x").text
      return .failure(error)
    }
  }

  static let words = Fuzzed(
    "words",
    samples: ["-o ProxyCommand='ssh -W %h:%p jump' -F \"/a b/c\"", "a\\ b \"c\\\"d\" 'e f'", "-p 22  -i ~/.ssh/id  "],
    tokens: [
      "'", "\"", "\\", " ", "\t", "\n", "-o", "A=b", "$x", "`", "a", "é", "\u{301}", "\u{1F3FB}", "\r\n", "-", "\\\"", "'\\''", "#", ";",
    ],
    shapes: [
      Shape("words", repeating: "word "), Shape("a long word", repeating: "x"), Shape("a long quote", "'", repeating: "x", "'"),
      Shape("quotes", repeating: "''"),
      Shape("backslashes", repeating: "\\"), Shape("blanks", repeating: " "), Shape("marks", "a", repeating: "\u{301}"),
      Shape("an open quote", "\"", repeating: "\\x"),
    ],
    parse: { bytes in _ = shellWords(String(decoding: bytes, as: UTF8.self)) },
    check: { bytes, _ in
      let words = shellWords(String(decoding: bytes, as: UTF8.self))
      if words != shellWords(String(decoding: bytes, as: UTF8.self)) { return "two answers" }
      guard let words else { return nil }
      guard let again = shellWords(words.map { shellQuoted($0) }.joined(separator: " ")) else { return "what is quoted cannot be split" }
      return again.elementsEqual(words) { $0.utf8.elementsEqual($1.utf8) } ? nil : "\(words) and \(again)"
    })
}

extension Value {
  /// Whether JSON can hold all of its numbers.
  fileprivate var isFinite: Bool {
    switch self {
    case .double(let number): number.isFinite
    case .array(let elements): elements.allSatisfy(\.isFinite)
    case .object(let members): members.allSatisfy(\.value.isFinite)
    default: true
    }
  }
}
