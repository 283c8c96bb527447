import Foundation
import TestSupport
import Testing

@testable import Tasks

/// A command as it is written, and its pieces.
struct CommandRow: CustomTestStringConvertible, Sendable {
  let id: String
  let command: Command
  let outline: String

  init(_ id: String, _ command: Command, _ outline: String) {
    self.id = id
    self.command = command
    self.outline = outline
  }

  var testDescription: String { id }
}

@Suite struct CommandTests {
  private static let previous = Captured("previous")
  private static let token = Secret.environment("TOKEN")
  private static let inner: Command = "cd \(raw: "/srv") && cat \("a b")"
  private static let empty: [String] = []

  static let rows: [CommandRow] = [
    CommandRow("literal", "echo $HOME 'a b' \"c\"", "echo $HOME 'a b' \"c\""),
    CommandRow("harmless", "tar xf \("shop-1.0.tar.gz")", "tar xf shop-1.0.tar.gz"),
    CommandRow("spaces", "rm \("a b")", "rm 'a b'"),
    CommandRow("empty", "test -n \("")", "test -n ''"),
    CommandRow("quote", "echo \("it's")", "echo 'it'\\''s'"),
    CommandRow("substitution", "echo \("$(reboot) `reboot`")", "echo '$(reboot) `reboot`'"),
    CommandRow("number", "seq \(3) \(-1) \(2.5)", "seq 3 -1 2.5"),
    CommandRow("truth", "set \(true)", "set true"),
    CommandRow("version", "pip install shop==\(Version("1.4.0-RC2") ?? Version())", "pip install shop==1.4.0rc2"),
    CommandRow("list", "rm \(["a", "b c", ""])", "rm a 'b c' ''"),
    CommandRow("empty list", "rm \(empty)", "rm "),
    CommandRow("numbers", "kill \([1, 2])", "kill 1 2"),
    CommandRow("raw", "make \(raw: "-j4 'x y'")", "make -j4 'x y'"),
    CommandRow("raw command", "sh -c \(raw: inner) ", "sh -c cd /srv && cat 'a b' "),
    CommandRow("joined to a word", "echo --name=\("a b").txt", "echo --name='a b'.txt"),
    CommandRow("host name", "echo \(host: .name)", "echo <host name>"),
    CommandRow("host address", "echo \(host: .address)", "echo <host address>"),
    CommandRow("host variable", "echo \(host: .variable("port"))", "echo <host variable port>"),
    CommandRow("captured", "echo \(previous)", "echo <captured previous>"),
    CommandRow("secret", "curl -H 'Authorization: Bearer '\(token)", "curl -H 'Authorization: Bearer '<secret>"),
    CommandRow("lines", "cat <<'.'\n\(raw: "x")\n.", "cat <<'.'\nx\n."),
  ]

  @Test(arguments: rows) func interpolates(row: CommandRow) { #expect(Outline.text(row.command.fragments) == row.outline) }

  @Test func textsAreNotQuoted() {
    let text: Text = "/srv/\("a b")/\(host: .name)/\(1)/\(Self.token)/\(Self.previous)/\(host: .variable("x"))"
    #expect(Outline.text(text.fragments) == "/srv/a b/<host name>/1/<secret>/<captured previous>/<host variable x>")
    #expect(Outline.text(Text("it's").fragments) == "it's")
    #expect(("" as Text).fragments == [.text("")])
  }
}

@Suite struct ShellQuotingTests {
  static let rows: [(text: String, word: String)] = [
    ("", "''"), ("a", "a"), ("web1.example.com:80", "web1.example.com:80"), ("a/b-c_d+e@f,g%h", "a/b-c_d+e@f,g%h"), ("a b", "'a b'"),
    ("'", "''\\'''"), ("a'b", "'a'\\''b'"), ("''", "''\\'''\\'''"), ("~", "'~'"), ("~/x", "'~/x'"), ("a=b", "'a=b'"), ("#", "'#'"),
    ("*", "'*'"), ("a\nb", "'a\nb'"), ("a\tb", "'a\tb'"), ("\\", "'\\'"), ("!", "'!'"), ("{a,b}", "'{a,b}'"), ("é", "'é'"),
    ("e\u{301}'", "'e\u{301}'\\'''"), ("\r\n", "'\r\n'"), ("-n", "-n"), ("^", "'^'"), ("[a]", "'[a]'"),
  ]

  @Test(arguments: rows) func quotes(text: String, word: String) { #expect(shellQuoted(text) == word) }

  /// The shells that hosts have as `/bin/sh`, as far as they are here.
  static let shells = [["/bin/sh"], ["/bin/bash", "--posix"], ["/usr/bin/dash"], ["/usr/bin/busybox", "sh"]].filter {
    FileManager.default.isExecutableFile(atPath: $0[0])
  }

  @Test("what a shell makes of a quoted word is the text again", arguments: shells) func roundTrip(shell: [String]) throws {
    var random = SeededGenerator(seed: 20_261_122)
    let pieces =
      Array("'\"\\$`!*?[]{}()<>|&;#~=-^% \t\n\r/.ab01\u{1B}\u{7F}").map(String.init) + ["é", "\u{301}", "日本", "🚀", "\u{202E}", "''"]
    let texts =
      Self.rows.map(\.text)
      + (0..<2000).map { _ in
        (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
    var answered: [String] = []
    // Few words at a time: a command line is limited.
    for start in stride(from: 0, to: texts.count, by: 500) {
      let command: Command = "printf '%s\\0' \(Array(texts[start..<min(start + 500, texts.count)]))"
      answered += try answer(of: shell, to: Outline.text(command.fragments))
    }
    #expect(answered.count == texts.count)
    let wrong = zip(texts, answered).first { !$0.utf8.elementsEqual($1.utf8) }
    #expect(wrong == nil)
  }

  private func answer(of shell: [String], to script: String) throws -> [String] {
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: shell[0])
    process.arguments = shell.dropFirst() + ["-c", script]
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
  }
}
