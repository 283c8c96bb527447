import TestSupport
import Testing

@testable import Runner

/// A stream, and what is in it.
struct StreamRow: CustomTestStringConvertible, Sendable {
  let id: String
  let stream: String
  let pieces: [String]

  init(_ id: String, _ stream: String, _ pieces: [String]) {
    self.id = id
    self.stream = stream
    self.pieces = pieces
  }

  var testDescription: String { id }
}

@Suite struct MarkScannerTests {
  static let nonce = "0123456789abcdef"
  static let prompt = "0123456789abcdeX"
  private static func mark(_ words: String) -> String { "\u{1E}\(nonce) \(words)\n" }
  private static func prompt(_ words: String) -> String { "\u{1E}\(prompt) \(words)\n" }

  static let rows = [
    StreamRow("plain", "hello\n", ["hello\n"]),
    StreamRow("nothing", "", []),
    StreamRow("begun", mark("b 12 3"), ["<begun 12 3>"]),
    StreamRow("whole step", mark("b 1 1") + "out\n" + mark("e 1 0"), ["<begun 1 1>", "out\n", "<ended 1 0>"]),
    StreamRow("no final newline", mark("b 1 1") + "out" + mark("e 1 255"), ["<begun 1 1>", "out", "<ended 1 255>"]),
    StreamRow("silent step", mark("b 1 1") + mark("e 1 0") + mark("z"), ["<begun 1 1>", "<ended 1 0>", "<done>"]),
    StreamRow("timed out", mark("b 1 1") + mark("t") + mark("e 1 137"), ["<begun 1 1>", "<timed out>", "<ended 1 137>"]),
    StreamRow(
      "sudo", mark("b 1 1") + mark("d") + "lecture\n" + mark("u") + "out" + mark("e 1 0"),
      ["<begun 1 1>", "<sudo>", "lecture\n", "<running>", "out", "<ended 1 0>"]),
    StreamRow(
      "a question of sudo", mark("d") + prompt("p 7") + "Sorry.\n" + prompt("p 7") + prompt("r 7"),
      ["<sudo>", "<asked 7>", "Sorry.\n", "<asked 7>", "<waiting 7>"]),
    StreamRow("another process", mark("s 4711"), ["<shell 4711>"]),
    StreamRow("a prompt's nonce is no mark's", prompt("e 1 0") + prompt("u"), [prompt("e 1 0") + prompt("u")]),
    StreamRow("a mark's nonce is no prompt's", mark("p 1") + mark("r 1"), [mark("p 1") + mark("r 1")]),
    StreamRow("lone 0x1E", "a\u{1E}b", ["a\u{1E}b"]),
    StreamRow("many 0x1E", "\u{1E}\u{1E}\u{1E}", ["\u{1E}\u{1E}\u{1E}"]),
    StreamRow("0x1E before a mark", "\u{1E}" + mark("z"), ["\u{1E}", "<done>"]),
    StreamRow("half a mark before a mark", "\u{1E}0123" + mark("z"), ["\u{1E}0123", "<done>"]),
    StreamRow("nonce without a mark", nonce + " b 1 1\n", [nonce + " b 1 1\n"]),
    StreamRow("another nonce", "\u{1E}fedcba9876543210 b 1 1\n", ["\u{1E}fedcba9876543210 b 1 1\n"]),
    StreamRow("nonce with more", "\u{1E}\(nonce)0 b 1 1\n", ["\u{1E}\(nonce)0 b 1 1\n"]),
    StreamRow("unknown word", mark("x 1 1"), [mark("x 1 1")]),
    StreamRow("too few numbers", mark("b 1"), [mark("b 1")]),
    StreamRow("too many numbers", mark("e 1 2 3"), [mark("e 1 2 3")]),
    StreamRow("no number", mark("b one 1"), [mark("b one 1")]),
    StreamRow("word with a number", mark("z 1"), [mark("z 1")]),
    StreamRow("empty mark", mark(""), [mark("")]),
    StreamRow(
      "endless mark", "\u{1E}\(nonce) " + String(repeating: "1", count: 100) + "\n",
      ["\u{1E}\(nonce) " + String(repeating: "1", count: 100) + "\n"]),
    StreamRow("cut off", "out\u{1E}\(nonce) b 1", ["out\u{1E}\(nonce) b 1"]),
  ]

  @Test(arguments: rows) func tellsApart(row: StreamRow) {
    #expect(Self.scan([Array(row.stream.utf8)]) == row.pieces)
  }

  @Test("wherever the stream is cut in two", arguments: rows) func everyCut(row: StreamRow) {
    let bytes = Array(row.stream.utf8)
    for cut in 0...bytes.count {
      #expect(Self.scan([Array(bytes[..<cut]), Array(bytes[cut...])]) == row.pieces, "cut at \(cut)")
    }
  }

  @Test("byte by byte", arguments: rows) func singleBytes(row: StreamRow) {
    #expect(Self.scan(row.stream.utf8.map { [$0] }) == row.pieces)
  }

  @Test("20,000 random streams, cut at random") func fuzz() {
    var random = SeededGenerator(seed: 7)
    let parts = [
      Self.mark("b 1 1"), Self.mark("e 1 0"), Self.mark("z"), Self.mark("t"), "\u{1E}", Self.nonce, " ", "\n", "b 1 1\n", "out\n", "x",
      "\u{1E}\(Self.nonce)",
      "\u{1E}\(Self.nonce) ", "\u{1E}\(Self.nonce) e 1", "\u{1E}0123456789abcdee z\n", "1", "\r\n", Self.prompt("p 1"),
      "\u{1E}\(Self.prompt)",
    ]
    var wrong = 0
    for _ in 0..<20_000 {
      let stream = (0..<Int.random(in: 1...10, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(stream.utf8)
      var pieces: [[UInt8]] = []
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...12, using: &random))
        pieces.append(Array(bytes[start..<end]))
        start = end
      }
      if Self.scan(pieces) != Self.scan([bytes]) { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  /// Marks in angle brackets, bytes between them joined.
  private static func scan(_ cuts: [[UInt8]]) -> [String] {
    var scanner = MarkScanner(nonce: nonce, prompt: prompt)
    var pieces = cuts.flatMap { scanner.feed($0[...]) }
    pieces += scanner.finish()
    var found: [String] = []
    var bytes: [UInt8] = []
    func flush() {
      if !bytes.isEmpty { found.append(String(decoding: bytes, as: UTF8.self)) }
      bytes = []
    }
    for piece in pieces {
      switch piece {
      case .bytes(let more): bytes += more
      case .mark(let mark):
        flush()
        switch mark {
        case .begun(let step, let attempt): found.append("<begun \(step) \(attempt)>")
        case .ended(let step, let status): found.append("<ended \(step) \(status)>")
        case .timedOut: found.append("<timed out>")
        case .sudo: found.append("<sudo>")
        case .running: found.append("<running>")
        case .shell(let process): found.append("<shell \(process)>")
        case .asked(let number): found.append("<asked \(number)>")
        case .waiting(let number): found.append("<waiting \(number)>")
        case .done: found.append("<done>")
        }
      }
    }
    flush()
    return found
  }
}
