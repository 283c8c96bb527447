import Runner
import TestSupport

extension Fuzzed {
  private static let nonce = "0123456789abcdef"
  private static let prompt = "fedcba9876543210"

  static let marks = Fuzzed(
    "marks",
    samples: [
      "\u{1E}0123456789abcdef b 1 1\nout\n\u{1E}0123456789abcdef e 1 0\n\u{1E}0123456789abcdef z\n",
      "\u{1E}0123456789abcdef b 1 1\nout\u{1E}0123456789abcdef t\n\u{1E}0123456789abcdef e 1 137\n\u{1E}0123456789abcdef b 2 1\n",
    ],
    tokens: [
      "\u{1E}0123456789abcdef b 1 1\n", "\u{1E}0123456789abcdef e 1 0\n", "\u{1E}0123456789abcdef e 2 3\n",
      "\u{1E}0123456789abcdef b 2 1\n",
      "\u{1E}0123456789abcdef z\n", "\u{1E}0123456789abcdef t\n", "\u{1E}", "0123456789abcdef", "\u{1E}0123456789abcdef",
      "\u{1E}0123456789abcdef ", " ", "\n", "b",
      "e", "z", "1", "-1", "99999999999999999999", "out\n", "x", "\r\n", "\u{1E}0123456789abcdee z\n", "\u{1E}0123", "é",
    ],
    shapes: [
      Shape("output", repeating: "output\n"), Shape("bytes that could begin a mark", repeating: "\u{1E}"),
      Shape("halves of marks", repeating: "\u{1E}0123456789abcdef "),
      Shape("marks", repeating: "\u{1E}0123456789abcdef b 1 1\n"), Shape("one long mark", "\u{1E}0123456789abcdef ", repeating: "1"),
      Shape("marks of another", repeating: "\u{1E}0123456789abcdee z\n"),
      Shape("steps") { "\u{1E}0123456789abcdef b \($0) 1\nx\n\u{1E}0123456789abcdef e \($0) 0\n" },
    ],
    parse: { bytes in
      // In pieces, as they come from a pipe, and byte by byte, as they may.
      for size in [4096, 1] {
        var scanner = MarkScanner(nonce: nonce, prompt: prompt)
        for start in stride(from: 0, to: bytes.count, by: size) { _ = scanner.feed(bytes[start..<min(bytes.count, start + size)]) }
        _ = scanner.finish()
      }
    },
    check: { bytes, generator in
      let whole = scan([bytes[...]])
      let cut = cuts(bytes, &generator)
      if scan(cut) != whole { return "cuts matter: \(cut.map { literal($0) })" }
      // A stream that holds no nonce is output and nothing else.
      if !holdsNonce(bytes), whole != (bytes.isEmpty ? [] : [.bytes(bytes[...])]) { return "marks out of nothing" }
      // Both streams take turns: where a turn is cut must not matter either.
      let turns = cuts(bytes, &generator)
      var pieces: [(ArraySlice<UInt8>, OutputStream)] = []
      for (index, turn) in turns.enumerated() {
        for piece in cuts(Array(turn), &generator) { pieces.append((piece, index % 2 == 0 ? .output : .error)) }
      }
      let once = await events(turns.enumerated().map { ($1, $0 % 2 == 0 ? .output : .error) }), twice = await events(pieces)
      return once == twice ? nil : "cuts of turns matter: \(once) and \(twice)"
    })

  private static func holdsNonce(_ bytes: [UInt8]) -> Bool {
    [nonce, prompt].map { Array($0.utf8) }.contains { nonce in
      bytes.indices.contains { bytes[$0] == nonce[0] && bytes[$0...].starts(with: nonce) }
    }
  }

  private static func cuts(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = [], rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...max(1, min(rest.count, 24)), using: &generator)
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// What is between two marks put together.
  private static func scan(_ pieces: [ArraySlice<UInt8>]) -> [MarkScanner.Piece] {
    var scanner = MarkScanner(nonce: nonce, prompt: prompt)
    var found: [MarkScanner.Piece] = []
    for piece in pieces.flatMap({ scanner.feed($0) }) + scanner.finish() {
      if case .bytes(let more) = piece, case .bytes(let bytes)? = found.last {
        found[found.count - 1] = .bytes((Array(bytes) + more)[...])
      } else {
        found.append(piece)
      }
    }
    return found
  }

  @Engine private static func events(_ pieces: [(ArraySlice<UInt8>, OutputStream)]) async -> [String] {
    var events: [String] = []
    var output: [String: [UInt8]] = [:]
    let reading = ScriptReading(nonce: nonce, prompt: prompt, ask: { _ in }) { event in
      switch event {
      case .begun(let step, let attempt): events.append("begun \(step) \(attempt)")
      case .output(let step, let stream, let bytes): output["\(step) \(stream)", default: []] += bytes
      case .refused(let step, let asked): events.append("refused \(step) \(asked)")
      case .ended(let step, let attempt, let status, let timedOut): events.append("ended \(step) \(attempt) \(status) \(timedOut)")
      }
    }
    for (bytes, stream) in pieces { reading.receive(bytes, stream) }
    reading.lost("lost")
    if case .lost(let reason) = await reading.end() { events.append(reason) }
    return events + output.sorted { $0.key < $1.key }.map { "\($0.key): \(literal($0.value))" }
  }
}
