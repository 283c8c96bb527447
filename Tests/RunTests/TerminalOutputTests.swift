import Foundation
import TestSupport
import Testing

/// What reaches a terminal of what hosts, inventories and programs say.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct TerminalOutputTests {
  static let evil = "\u{1B}]0;title\u{7}\u{1B}[2J\u{1B}[8m\u{9B}31m\u{202E}\u{200F}\u{61C}\u{7F}\u{85}"

  static let deployfile = #"""
    let evil = "\u{1B}]0;title\u{7}\u{1B}[2J\u{1B}[8m\u{9B}31m\u{202E}\u{200F}\u{61C}\u{7F}\u{85}"
    let show = task("show", "Prints it \(evil)") {
      confirm("really \(evil)?")
      hosts("web") {
        run("printf '\\033[32mgreen\\033[0m %s\\n' \(evil); printf '\\033[33myellow %s\\n' \(evil) >&2").named("name \(evil)")
        run(": \(evil); printf 'last %s\\n' \(evil); exit 3")
      }
    }
    let note = task("note", "Another host") { hosts("web") { run("true") } }
    """#

  private func bench() throws -> Bench {
    let bench = try Bench(
      Self.deployfile,
      ssh: #"if [ "$LEAK" ]; then printf 'ssh: no way%s\r\n' "$LEAK" >>"$log"; exit 255; fi; exec /bin/sh -c "$command""#)
    // Compiled now: that it takes a while is told on a terminal.
    #expect(try bench.run("--list").status == 0)
    return bench
  }

  /// What is left when our own colours, and those that may pass, are taken out.
  private func plain(_ text: String) -> String { text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").replacing("\r\n", with: "\n") }

  private func isHarmless(_ text: String) -> Bool {
    plain(text).unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A, 0x09: true
      case 0..<0x20, 0x7F...0x9F, 0x202E, 0x200F, 0x61C: false
      default: true
      }
    }
  }

  @Test func aRun() throws {
    let bench = try bench()
    let ended = try bench.terminal(["show", "-v"], answers: [("[y/N] ", "y\n")]).end()
    #expect(ended.status == 1, "\(ended)")
    #expect(isHarmless(ended.output), "\(ended.output.debugDescription)")
    #expect(!ended.output.contains("\u{1B}[8m"))
    #expect(ended.output.contains("\u{1B}[32mgreen\u{1B}[0m "))
    // What a line begins, it ends.
    for line in ended.output.replacing("\r\n", with: "\n").split(separator: "\n") where line.contains("yellow") {
      #expect(line.hasSuffix("\u{1B}[0m"), "\(line)")
    }
    let shown = #"\x1b]0;title\x07\x1b[2J\x1b[8m\x9b31m\x202e\x200f\x61c\x7f\x85"#
    // Of a name the first line, which one of the characters ends.
    for text in ["really \(shown)? [y/N]", "> name \(shown.dropLast(4)) ...", "last \(shown)"] {
      #expect(plain(ended.output).contains(text), "\(text): \(plain(ended.output))")
    }
  }

  @Test(arguments: [["--plan", "show"], ["--plan", "--json", "show"], ["--list"], ["--help", "show"], ["--list", "--json"]])
  func whatIsOnlyShown(words: [String]) throws {
    let bench = try bench()
    let ended = try bench.terminal(words).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(isHarmless(ended.output), "\(ended.output.debugDescription)")
    #expect(ended.output.contains("title"))
  }

  @Test func wordsOfAHostThatIsNotReached() throws {
    let bench = try bench()
    let ended = try bench.terminal(["note", "--format", "plain"], environment: ["LEAK": Self.evil]).end()
    #expect(ended.status == 4, "\(ended)")
    #expect(isHarmless(ended.output), "\(ended.output.debugDescription)")
    #expect(plain(ended.output).contains("no way"))
  }

  @Test("words of the command line and of inventories, in errors") func errors() throws {
    let bench = try bench()
    try bench.project.folder.write("evil.json", #"{"web": {"hosts": ["a\u001b[2J"]}}"#)
    for words in [
      [Self.evil], ["--\(Self.evil)"], ["note", "-l", Self.evil], ["note", "-i", "\(Self.evil).ini"], ["--hosts", "-i", "evil.json"],
    ] {
      let ended = try bench.terminal(words).end()
      #expect(ended.status == 2, "\(ended)")
      #expect(isHarmless(ended.output), "\(ended.output.debugDescription)")
    }
  }
}
