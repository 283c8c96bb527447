import Runner
import TestSupport

extension Fuzzed {
  private static let masker = Masker(words: ["s3cr3t", "a secret", "aab"])

  /// What becomes of the bytes of a host on their way to a terminal.
  static let output = Fuzzed(
    "output",
    samples: [
      "plain\n\u{1B}[31mred\u{1B}[0m and \u{1B}[1;38;5;196mmore\u{1B}[m\n", "10%\r20%\rdone\r\n",
      "the token is s3cr3t, czNjcjN0 and a+secret\n",
      "\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m \u{202E}abc\u{200D}\u{FEFF}\n",
    ],
    tokens: [
      "\n", "\r", "\t", "\u{1B}", "\u{1B}[", "\u{1B}[31m", "\u{1B}[0m", "\u{1B}[38;5;1m", "\u{1B}[38;2;1;2;3m", "\u{1B}[8m", ";", "m", "0",
      "38", "256", "[", "\u{7F}", "\u{85}",
      "\u{9B}", "\u{202E}", "\u{2066}", "\u{200D}", "\u{FEFF}", "\u{E0041}", "a", "aa", "aab", "b", "s3cr", "3t", "s3cr3t", "czNjcjN0",
      "a secret", "a%20secret", "\\x1b", "é", "🚀",
    ],
    shapes: [
      Shape("lines", repeating: "a line of output\n"), Shape("one line", repeating: "x"), Shape("empty lines", repeating: "\n"),
      Shape("escape characters", repeating: "\u{1B}"),
      Shape("what may begin a sequence", repeating: "\u{1B}[1;"), Shape("colours", repeating: "\u{1B}[31mx"),
      Shape("bytes that could begin a mark", repeating: "\u{1E}"),
      Shape("carriage returns", repeating: "\r"), Shape("progress", repeating: "10%\r"), Shape("C1", repeating: "\u{9B}"),
      Shape("marks of direction", repeating: "\u{202E}"),
      Shape("secrets", repeating: "s3cr3t"), Shape("secrets that overlap", repeating: "aa"), Shape("halves of secrets", repeating: "s3cr3"),
      Shape("no text", repeating: "\u{FFFD}"),
    ],
    parse: { bytes in _ = lines([bytes[...]]).map { $0.safeOutput(colors: true) + $0.safe } },
    check: { bytes, generator in
      let whole = lines([bytes[...]])
      var pieces: [ArraySlice<UInt8>] = [], rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...max(1, min(rest.count, 9)), using: &generator)
        pieces.append(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      if lines(pieces) != whole { return "cuts matter: \(pieces.map { literal($0) })" }
      for line in whole {
        let safe = line.safe, colored = line.safeOutput(colors: true)
        if safe.safe != safe || line.safeOutput().safe != line.safeOutput() { return "not safe: \(literal(safe.utf8))" }
        // Without colours nothing is left that is not safe, and what is coloured ends that way.
        let plain = colored.replacing(color, with: "")
        if plain.safe != plain { return "not safe with colours: \(literal(colored.utf8))" }
        if let last = colored.matches(of: color).last?.output, last.dropLast().reversed().first(where: { $0 != "0" })?.isNumber == true {
          return "a colour that does not end: \(literal(colored.utf8))"
        }
        for secret in ["s3cr3t", "a secret", "aab", "czNjcjN0", "a%20secret"] where line.replacing("[secret]", with: "\n").contains(secret)
        {
          return "shown: \(literal(line.utf8))"
        }
      }
      return nil
    })

  private static var color: Regex<Substring> { #/\u{1B}\[[0-9;]*m/#.matchingSemantics(.unicodeScalar) }

  private static func lines(_ pieces: [ArraySlice<UInt8>]) -> [String] {
    var stream = StreamMasker(masker), buffer = LineBuffer()
    let lines = pieces.flatMap { buffer.feed(stream.feed($0)) } + buffer.feed(stream.finish()) + buffer.finish()
    return lines.map(\.text)
  }
}
