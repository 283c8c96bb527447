import Tasks
import Testing

@testable import Runner

@Suite struct LineBufferTests {
  static let rows: [(id: String, pieces: [String], lines: [String])] = [
    ("nothing", [], []), ("one", ["a\n"], ["a"]), ("no end", ["a"], ["a"]), ("two", ["a\nb\n"], ["a", "b"]),
    ("cut", ["a", "b\nc", "\n"], ["ab", "c"]),
    ("empty lines", ["\n\n"], ["", ""]), ("carriage return", ["a\r\nb\r\n"], ["a", "b"]),
    ("cut before the newline", ["a\r", "\nb"], ["a", "b"]),
    ("carriage return inside", ["a\rb\n"], ["a\rb"]), ("UTF-8 cut", ["\u{E9}"], ["\u{E9}"]),
  ]

  @Test(arguments: rows) func cuts(id: String, pieces: [String], lines: [String]) {
    var buffer = LineBuffer()
    var found = pieces.flatMap { buffer.feed(Array($0.utf8)[...]) }
    found += buffer.finish()
    #expect(found.map(\.text) == lines)
  }

  @Test func charactersAreWholeAtEveryCut() {
    let bytes = Array("é日🚀\nx\n".utf8)
    for cut in 0...bytes.count {
      var buffer = LineBuffer()
      let lines = buffer.feed(bytes[..<cut]) + buffer.feed(bytes[cut...]) + buffer.finish()
      #expect(lines.map(\.text) == ["é日🚀", "x"], "cut at \(cut)")
    }
  }

  @Test("a line that never ends comes in pieces of 64 KiB") func endless() {
    var buffer = LineBuffer()
    let piece = [UInt8](repeating: 0x61, count: 1 << 15)
    var lines: [ArraySlice<UInt8>] = []
    for _ in 0..<5 { lines += buffer.feed(piece[...]) }
    lines += buffer.feed(Array("b\n".utf8)[...]) + buffer.finish()
    #expect(lines.map(\.count) == [1 << 16, 1 << 16, (1 << 15) + 1])
  }

  @Test("pieces do not cut a character", arguments: 0...4) func border(offset: Int) {
    var buffer = LineBuffer()
    let text = String(repeating: "a", count: (1 << 16) - offset) + "🚀🚀"
    let lines = (buffer.feed(Array(text.utf8)[...]) + buffer.finish()).map(\.text)
    #expect(lines.joined() == text)
    #expect(!lines.contains { $0.contains("\u{FFFD}") })
  }

  @Test("a carriage return where a piece ends is no line's end") func carriageReturn() {
    var buffer = LineBuffer()
    let text = String(repeating: "a", count: (1 << 16) - 1) + "\rbbb"
    #expect((buffer.feed(Array(text.utf8)[...]) + buffer.finish()).map(\.text).joined() == text)
  }

  @Test func invalidBytesAreReplaced() {
    var buffer = LineBuffer()
    #expect(buffer.feed([0x61, 0xFF, 0x62, 0x0A]).map(\.text) == ["a\u{FFFD}b"])
  }
}

@Suite struct SafeTextTests {
  static let rows: [(text: String, safe: String)] = [
    ("", ""), ("plain é 日", "plain é 日"), ("a\tb", "a\tb"), ("\u{1B}[31mred\u{1B}[0m", "\\x1b[31mred\\x1b[0m"), ("a\u{07}", "a\\x07"),
    ("\u{7F}", "\\x7f"), ("a\nb", "a\\x0ab"), ("a\rb", "a\\x0db"), ("done\r", "done"), ("done\r\r", "done"), ("\r", ""),
    ("a\0b", "a\\x00b"),
    ("\u{85}", "\\x85"), ("\u{9B}31m", "\\x9b31m"), ("a\u{202E}b", "a\\x202eb"), ("\u{2066}x", "\\x2066x"), ("\u{61C}", "\\x61c"),
    ("\u{200E}\u{200F}", "\\x200e\\x200f"), ("\u{2028}\u{2029}", "\\x2028\\x2029"),
    ("a\u{200B}b\u{2060}\u{FEFF}", "a\\x200bb\\x2060\\xfeff"),
    ("\u{E0041}\u{180E}\u{FFF9}", "\\xe0041\\x180e\\xfff9"),
    // Characters whose bytes begin alike, and the joiners.
    ("é\u{A0}ا日“”…\u{FFFD}🏴", "é\u{A0}ا日“”…\u{FFFD}🏴"), ("می\u{200C}خواهم 👩\u{200D}🚀", "می\u{200C}خواهم 👩\u{200D}🚀"),
  ]

  @Test(arguments: rows) func shows(text: String, safe: String) {
    #expect(text.safe == safe)
    #expect(safe.safe == safe)
    #expect(
      "\(text)\n\n\(text)".safeLines == text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).safe }.joined(
        separator: "\n")
        + "\n\n" + text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).safe }.joined(separator: "\n"))
  }

  static let outputs: [(text: String, safe: String, colored: String)] = [
    ("10%\r20%\r30%", "30%", "30%"), ("done\r", "done", "done"), ("a\rb\r\r", "b", "b"), ("\r", "", ""),
    ("\u{1B}[31mred\u{1B}[0m", "\\x1b[31mred\\x1b[0m", "\u{1B}[31mred\u{1B}[0m"),
    ("\u{1B}[31mred", "\\x1b[31mred", "\u{1B}[31mred\u{1B}[0m"),
    ("\u{1B}[1;32mok\u{1B}[mx", "\\x1b[1;32mok\\x1b[mx", "\u{1B}[1;32mok\u{1B}[mx"),
    ("\u{1B}[38;5;196m\u{1B}[48;2;1;2;255mx", "\\x1b[38;5;196m\\x1b[48;2;1;2;255mx", "\u{1B}[38;5;196m\u{1B}[48;2;1;2;255mx\u{1B}[0m"),
    ("\u{1B}[0;1mx", "\\x1b[0;1mx", "\u{1B}[0;1mx\u{1B}[0m"),
  ]

  @Test("what hosts print", arguments: outputs) func output(text: String, safe: String, colored: String) {
    #expect(text.safeOutput() == safe)
    #expect(text.safeOutput(colors: true) == colored)
  }

  /// Hidden, blinking, other fonts, wrong numbers; movements, erasures, titles, questions, clipboard, links, alternate screens; broken ones.
  static let sequences = [
    "[8m", "[5m", "[6m", "[1;8m", "[38;8m", "[38;5;8;8m", "[10m", "[300m", "[38;5m", "[38;5;256m", "[38;2;1;2m", "[48m",
    "[999999999999999999999m", "[?25l",
    "[2J", "[H", "[1A", "[10;20H", "[6n", "[c", "[>c", "[?1049h", "[31 m", "[31:1m", "[<31m", "[31", "[", "", "]0;title\u{07}",
    "]52;c;aGk=\u{07}", "]8;;http://x\u{1B}\\", "P+q\u{1B}\\", "c", "(0", "#8", "7", "_x\u{1B}\\",
    "[\(String(repeating: "1;", count: 30))1m",
  ]

  @Test("no other sequence passes", arguments: sequences) func sequence(text: String) {
    for shown in ["\u{1B}\(text)x".safeOutput(colors: true), "\u{1B}\(text)x".safe, "\u{1B}[31m\u{1B}\(text)".safeOutput(colors: true)] {
      let rest = shown.replacing("\u{1B}[31m", with: "").replacing("\u{1B}[0m", with: "")
      #expect(rest.unicodeScalars.allSatisfy { !$0.isUnsafe }, "\(shown.debugDescription)")
    }
    #expect("\u{1B}\(text)x".safeOutput(colors: true).hasPrefix("\\x1b"))
  }

  static let firstLines: [(text: String, first: String)] = [("a", "a"), ("a\nb", "a ..."), ("", ""), ("a\r\nb", "a ..."), ("\nb", " ...")]

  @Test(arguments: firstLines) func firstLine(text: String, first: String) { #expect(text.firstLine == first) }
}

@Suite struct DurationTextTests {
  static let rows: [(duration: Duration, text: String)] = [
    (.zero, "0 s"), (.seconds(1), "1 s"), (.milliseconds(250), "0.25 s"), (.milliseconds(1500), "1.5 s"), (.milliseconds(1050), "1.05 s"),
    (.milliseconds(4), "0 s"),
    (.milliseconds(5), "0.01 s"), (.milliseconds(59_990), "59.99 s"), (.milliseconds(59_999), "1 min"), (.seconds(60), "1 min"),
    (.seconds(90), "1 min 30 s"), (.seconds(3600), "1 h"), (.seconds(3661), "1 h 1 min 1 s"),
    (.seconds(7200), "2 h"), (.seconds(90_000), "25 h"), (.seconds(-1), "-1 s"), (.milliseconds(60_400), "1 min"),
  ]

  @Test(arguments: rows) func reads(duration: Duration, text: String) { #expect(duration.text == text) }

  static let whole: [(duration: Duration, seconds: Int)] = [(.zero, 0), (.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1001), 2)]

  @Test(arguments: whole) func roundsUp(duration: Duration, seconds: Int) { #expect(duration.wholeSeconds == seconds) }
}
