import TestSupport

/// A parser, what its input looks like, and what must hold for every input.
package struct Fuzzed: Sendable {
  /// A family of inputs that grows, in bytes, with its number.
  package struct Shape: Sendable {
    package var name: String
    package var input: @Sendable (Int) -> [UInt8]

    /// A start, a middle that is repeated, and an end.
    init(_ name: String, _ start: String = "", repeating middle: String, _ end: String = "") {
      self.name = name
      input = { size in
        Array((start + String(repeating: middle, count: max(1, size / max(1, middle.utf8.count))) + end).utf8)
      }
    }

    /// Pieces that differ from one another.
    init(_ name: String, _ start: String = "", _ end: String = "", piece: @escaping @Sendable (Int) -> String) {
      self.name = name
      input = { size in
        var bytes = Array(start.utf8), number = 0
        while bytes.count < size {
          bytes += Array(piece(number).utf8)
          number += 1
        }
        return bytes + Array(end.utf8)
      }
    }
  }

  package let name: String
  /// Sound inputs, which are changed here and there.
  let samples: [[UInt8]]
  /// What the parser knows, of which inputs are made.
  let tokens: [[UInt8]]
  package let shapes: [Shape]
  /// The parser alone, with what people are told of its errors.
  package let parse: @Sendable ([UInt8]) -> Void
  /// What is wrong, or nothing.
  let check: @Sendable ([UInt8], inout SeededGenerator) async -> String?

  init(
    _ name: String, samples: [String], tokens: [String], shapes: [Shape], parse: @escaping @Sendable ([UInt8]) -> Void,
    check: @escaping @Sendable ([UInt8], inout SeededGenerator) async -> String?
  ) {
    self.name = name
    self.samples = samples.map { Array($0.utf8) }
    self.tokens = tokens.map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0]]
    self.shapes = shapes
    self.parse = parse
    self.check = check
  }

  /// All of them, in the order in which they are told.
  package static let all: [Fuzzed] = [ini, dynamic, pattern, version, marks, json, words, page, output]
}
