import Foundation
import Testing

/// Every message has its place in `docs/errors.md`, and nothing else has.
@Suite struct ErrorCatalogueTests {
  @Test func holdsEveryMessage() {
    let known = Set(ErrorCatalogue.entries.map { Message.normal($0.message) })
    let lines = ErrorCatalogue.text.split(separator: "\n").map { $0.replacing(/\s+/, with: " ") }
    var missing: [String] = []
    for message in ErrorCatalogue.messages where !known.contains(message.normal) {
      switch message.part {
      case .whole: missing.append("\(message.place) has no entry: \(message.suggestion)")
      case .piece:
        let pieces = message.pieces
        if !lines.contains(where: { Self.holds(pieces, $0) }) {
          missing.append("\(message.place) stands nowhere: \(message.suggestion)")
        }
      }
    }
    #expect(missing == [], "\(missing.joined(separator: "\n"))")
  }

  @Test func holdsNothingElse() {
    let said = Set(ErrorCatalogue.messages.map(\.normal))
    let stale = ErrorCatalogue.entries.filter { !said.contains(Message.normal($0.message)) }
    #expect(stale.map { "docs/errors.md:\($0.line): no source says \"\($0.message)\"" } == [])
  }

  @Test func tellsCauseAndRemedyOfEach() {
    let entries = ErrorCatalogue.entries
    #expect(entries.count > 450)
    for entry in entries {
      #expect(entry.cause?.hasSuffix(".") == true || entry.cause?.hasSuffix("`") == true, "\(entry.message)")
      #expect(entry.remedy?.isEmpty == false, "\(entry.message)")
    }
    // What stands twice would have to be mended twice.
    let names = entries.map { "\($0.section): \($0.message)" }
    #expect(names.filter { name in names.count { $0 == name } > 1 } == [])
  }

  @Test func leadsToEachSection() {
    let sections = ErrorCatalogue.text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    let anchors = ErrorCatalogue.text.matches(of: /\]\(#(?<anchor>[^)]+)\)/).map { String($0.output.anchor) }
    let expected = sections.map { $0.lowercased().replacing(" ", with: "-") }
    #expect(Array(anchors.prefix(sections.count)) == expected)
    #expect(Set(anchors).subtracting(expected) == [])
  }

  private static func holds(_ pieces: [String], _ line: Substring) -> Bool {
    var rest = line[...]
    for piece in pieces {
      guard let range = rest.range(of: piece, options: .literal) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}

/// That the scan sees what it should, so that nothing escapes the catalogue.
@Suite struct MessageScanTests {
  private func messages(_ text: String, file: String = "Sources/Runner/Execution/X.swift") -> [String] {
    SwiftMessages.of(text, file: file).filter { Message.hasWords($0.text) }.map { "\($0.part) \($0.line) \($0.normal)" }
  }

  @Test func readsLiterals() {
    let text = ##"""
      // "a comment"
      let a = "one \(two("three") + "\(four)") \"five\"\n" + "six"
      let b = #"raw \n \#(x) "quoted""#
      let c = """
        long \
        "text"
        """
      """##
    #expect(
      SwiftTokens.of(text).filter { $0.kind == .literal }.map { "\($0.line) \($0.text)" } == [
        "2 one ▢ \"five\"\n", "2 six", "3 raw \\n ▢ \"quoted\"", "4 \n  long   \"text\"\n  ",
      ])
  }

  @Test func findsFailures() {
    let text = #"""
      throw Failure("no \(thing) in \(place)", at: "x", help: "Add one.")
      self.init("two " + "parts")
      self.init(missing ? "no first" : name)
      state.fail(.failed, "it broke: \(why)")
      report(Event(.notice, host: name, text: "it is late"))
      report(Event(.stepStarted, name: "no message"))
      return .failed("gone")
      other("nothing")
      """#
    #expect(
      messages(text) == [
        "whole 1 no▢in▢", "whole 2 two parts", "whole 3 no first", "whole 4 it broke▢", "whole 5 it is late", "whole 7 gone",
      ])
  }

  @Test func findsTheWordsOfTables() {
    let text = #"""
      var words: (message: String, help: String?) {
        switch self {
        case .a: ("first \(x)", "Do this.")
        case .b: return ("second", "Do that.")
        case .c: ("third" + (x ? "" : " tail"), nil)
        }
      }
      var short: String { isOne ? "one thing" : "other things" }
      var help: String? {
        switch self {
        case .a: "Not a message."
        }
      }
      let help = x ? "Nor this." : "Nor that."
      let uses = ["a": ("of others", "Nor this.")]
      """#
    #expect(
      messages(text, file: "Sources/Runner/Failure/X.swift") == [
        "whole 3 first▢", "whole 4 second", "piece 5 third", "piece 5 tail", "piece 8 one thing", "piece 8 other things",
        "piece 15 of others",
      ])
  }

  @Test func findsWhatIsUnavailable() {
    #expect(
      messages("@available(\n  *, unavailable,\n  message:\n    \"put it there\"\n)\npublic func f() {}") == ["whole 4 put it there"])
  }

  @Test(arguments: [
    (#"  if [ ! -e "$f" ]; then fail "there is no $f"; fi"#, ["there is no▢"]),
    (#"  fail "it holds more: \"$*\"" ;; (*) fail "none of ${x#a} is $(id -un)" ;;"#, [#"it holds more: "▢""#, "none of▢is▢"]),
    (#"  text = "[ -e x ] || fail \"$PWD/\"\("\(path) is not there")""#, ["▢/▢is not there"]),
    (#"  [ -n "$id" ] || fail "version "\(label)" is not in $PWD: install it""#, ["version▢is not in▢: install it"]),
    (#"  die 'no swift' 'Install it'"#, ["no swift"]),
    (#"  if x; then echo "no file $f" >&2; exit 1; fi; echo "ordinary $x""#, ["no file▢"]),
    (#"  printf 'answered %s: %.200s\\n' "$code" "$page"; exit 1"#, ["answered▢"]),
    (#"  printf 'live\t%s\n' "$x""#, []),
    (#"  printf 'error: %s\n  %s\n' "$1" "$2" >&2"#, []),
  ])
  func findsTheWordsOfScripts(line: String, texts: [String]) {
    #expect(ShellMessages.of(line, file: "x").map(\.normal) == texts)
  }

  @Test func comparesWithoutWhatDiffers() {
    #expect(Message.normal("no <thing> in <place>: <reason>") == "no▢in▢")
    #expect(Message.normal("there are === ~= == != <= >= < and >.") == "there are === ~= == != <= >= < and >.")
    #expect(Message.normal("  a\n   b ") == "a b")
  }
}
