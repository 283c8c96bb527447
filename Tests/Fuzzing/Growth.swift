import Runner

/// Whether a parser's time grows faster than its input.
package enum Growth {
  /// The size of the smallest input, in bytes, and how often it is doubled.
  private static let start = 8 << 10, doublings = 4
  /// Quadratic time would make it 16.
  private static let limit = 4.0

  /// What is wrong, or nothing; times are those of the processor, and the best of several.
  package static func problem(_ fuzzed: Fuzzed, _ shape: Fuzzed.Shape) -> String? {
    var worst = 0.0
    // Other programs disturb even the time of the processor, so that one bad look proves nothing.
    for _ in 0..<3 {
      let small = timePerByte(fuzzed, shape.input(start)), large = timePerByte(fuzzed, shape.input(start << doublings))
      worst = large / small
      if worst < limit { return nil }
    }
    let ratio = (worst * 10).rounded() / 10
    return "\(shape.name): a byte costs \(ratio) times as much when there are \(1 << doublings) times as many of them"
  }

  private static func timePerByte(_ fuzzed: Fuzzed, _ input: [UInt8]) -> Double {
    (0..<3).map { _ in
      var times = 0
      let begin = now
      repeat {
        fuzzed.parse(input)
        times += 1
      } while now - begin < 0.01
      return (now - begin) / Double(times) / Double(input.count)
    }.min() ?? 0
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
