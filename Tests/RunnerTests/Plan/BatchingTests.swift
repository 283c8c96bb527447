import Tasks
import Testing

@testable import Runner

/// How many of `count` hosts each batch takes.
struct BatchingRow: CustomTestStringConvertible, Sendable {
  let count: Int
  let batches: Batches
  let sizes: [Int]

  init(_ count: Int, _ batches: Batches, _ sizes: [Int]) {
    self.count = count
    self.batches = batches
    self.sizes = sizes
  }

  var testDescription: String { "\(count) by \(batches.shares)" }
}

@Suite struct BatchingTests {
  static let rows = [
    BatchingRow(4, [.count(1), .percent(25)], [1, 1, 1, 1]),
    // Ansible's own examples.
    BatchingRow(20, .percent(30), [6, 6, 6, 2]),
    BatchingRow(30, [.count(1), .count(5), .count(10)], [1, 5, 10, 10, 4]),
    BatchingRow(3, .count(1), [1, 1, 1]),
    BatchingRow(5, .count(2), [2, 2, 1]),
    BatchingRow(2, .count(5), [2]),
    BatchingRow(1, .count(1), [1]),
    BatchingRow(0, .count(1), []),
    BatchingRow(0, .rest, []),
    BatchingRow(7, .rest, [7]),
    BatchingRow(7, .percent(100), [7]),
    BatchingRow(7, .percent(50), [3, 3, 1]),
    BatchingRow(7, .percent(99), [6, 1]),
    BatchingRow(3, .percent(10), [1, 1, 1]),
    BatchingRow(10, .percent(1), [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
    BatchingRow(10, [.count(1), .rest], [1, 9]),
    BatchingRow(1, [.count(1), .rest], [1]),
    BatchingRow(10, [.percent(10), .percent(50)], [1, 5, 4]),
    BatchingRow(10, [.count(2), .percent(30), .rest], [2, 3, 5]),
    BatchingRow(10, [.rest, .count(1)], [10]),
    BatchingRow(8, [.count(1), .percent(25), .count(3)], [1, 2, 3, 2]),
    BatchingRow(100, [.count(1), .percent(10), .percent(25)], [1, 10, 25, 25, 25, 14]),
  ]

  @Test(arguments: rows) func cuts(row: BatchingRow) {
    let batches = batched(Array(0..<row.count), by: row.batches)
    #expect(batches.map(\.count) == row.sizes)
    #expect(batches.flatMap(\.self) == Array(0..<row.count))
  }
}
