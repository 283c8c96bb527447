import Foundation
import TestSupport

/// Texts that some shell, somewhere, would take for something else.
enum QuotingValues {
  private static let known = [
    "", " ", "  ", "\n", "\n\n", "\r", "\r\n", "a\r\nb\r\n", "\t", "'", "''", "\"", "\\", "\\\\", "\\'", "'\\''", "a'b'c",
    "\\n", "a\\", "!", "!!",
    "a!b", "^a^b", "$", "$$", "$HOME", "${HOME}", "$(id)", "`id`", "$((1+1))", "$'a'", "*", "?", "[a-z]", "{a,b}", "~", "~root", "~/x", "#",
    "a#b",
    "-", "--", "-n", "-e", "-x", "--help", ";", "&", "&&", "|", "||", "<", ">", ">>x", "(", ")", "(id)", "=", "a=b", "%", "%s", "%d\\n",
    "@", ":", ",",
    "\u{1}", "\u{7F}", "\u{1B}[31m", "\u{1E}", "\u{1E}\u{1E} z\n", "\u{81}", "\u{85}", "é", "e\u{301}", "\u{301}", "ā", "Ё", "中文", "שלום",
    "\u{202E}abc",
    "👍", "👨‍👩‍👧‍👦", "🇦🇹", "\u{10FFFF}", "\u{FEFF}a", "\u{2028}", "EOF", "pb_n", "$pb_n", "x\u{1}y", "\n'", "'\n'", "a\n\nb\n", "\n -x",
  ]

  private static let pieces = [
    "'", "\"", "\\", "\n", "\r", "\t", " ", "!", "$", "`", "$(", ")", "*", "?", "[", "]", "~", "-", "&", ";", "|", "<", ">", "#", "=", "%",
    "{", "}", "^",
    "a", "b", "Z", "0", "/", ".", "é", "ā", "Ё", "\u{301}", "א", "ع", "\u{200F}", "日", "\u{81}", "\u{88}", "😀", "👩‍🚀", "\u{FFFD}",
    "\u{10FFFF}",
  ]

  /// Everything that is known to be hard, and random mixtures of it.
  static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    var texts = known
    while texts.count < count { texts.append(mixture(Int.random(in: 1...40, using: &random), &random)) }
    return texts
  }

  /// More than the kernel takes as one argument, once it is quoted.
  static func large(seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    var mixed = ""
    while mixed.utf8.count < 100 << 10 { mixed += mixture(1000, &random) }
    return [String(repeating: "x", count: 100 << 10), String(repeating: "it's\\ 50%! ", count: 10 << 10), mixed]
  }

  /// Texts that can name a file.
  static func names(_ count: Int, seed: UInt64) -> [String] {
    var seen: Set<[UInt8]> = []
    return texts(count * 2, seed: seed).map { $0.replacing("/", with: "_") }
      .filter {
        !["", ".", ".."].contains($0) && $0.utf8.count < 200 && !$0.utf8.contains(UInt8(ascii: "/")) && seen.insert(Array($0.utf8)).inserted
      }
  }

  private static func mixture(_ length: Int, _ random: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<length {
      if Int.random(in: 0..<8, using: &random) == 0 {
        text.append(Unicode.Scalar(UInt8.random(in: 1...31, using: &random)))
      } else {
        text.append(contentsOf: pieces.randomElement(using: &random)?.unicodeScalars ?? "".unicodeScalars)
      }
    }
    return String(text)
  }
}

/// Files by their exact names: no library in between that knows what a good name is.
enum Files {
  static func write(_ path: String, _ bytes: some Sequence<UInt8>) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    FileHandle(fileDescriptor: descriptor).write(Data(bytes))
  }

  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return (try? FileHandle(fileDescriptor: descriptor).readToEnd()).map { Array($0) } ?? []
  }
}
