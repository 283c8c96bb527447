import TestSupport

/// Runs one parser over many inputs.
package struct FuzzRun: Sendable {
  /// An input for which something does not hold.
  package struct Finding: Sendable {
    package var index: Int
    package var input: [UInt8]
    package var problem: String
  }

  let fuzzed: Fuzzed
  let seed: UInt64

  package init(_ fuzzed: Fuzzed, seed: UInt64) {
    self.fuzzed = fuzzed
    self.seed = seed
  }

  /// Checks inputs until one of them is wrong; `record` gets each before it is looked at.
  package func run(_ indices: Range<Int>, record: (Int, [UInt8]) -> Void = { _, _ in }) async -> Finding? {
    for index in indices {
      var maker = InputMaker(fuzzed, seed: seed, index: index)
      let input = maker.input()
      record(index, input)
      if let problem = await fuzzed.check(input, &maker.generator) { return Finding(index: index, input: input, problem: problem) }
    }
    return nil
  }
}

/// Bytes as a literal of Swift.
package func literal(_ bytes: some Sequence<UInt8>) -> String {
  let bytes = Array(bytes)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    return "[" + bytes.map { "0x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ", ") + "]"
  }
  return "\"" + text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
}
