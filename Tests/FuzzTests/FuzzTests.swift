import Fuzzing
import Testing

@testable import Runner

/// A short run of `bin/fuzz`, with a seed that stays the same.
@Suite struct FuzzTests {
  @Test("20,000 inputs of each parser", arguments: Fuzzed.all.map(\.name)) func inputs(name: String) async throws {
    Engine.startOnOwnThread()
    let fuzzed = try #require(Fuzzed.all.first { $0.name == name })
    let finding = await FuzzRun(fuzzed, seed: 20_260_301).run(0..<20_000)
    if let finding { Issue.record("\(finding.problem)\ninput \(finding.index): \(literal(finding.input))") }
  }

  @Test("an input is made of its seed and its number alone") func repeatable() async {
    actor Inputs {
      var all: [Int: [UInt8]] = [:]
      func add(_ index: Int, _ input: [UInt8]) { all[index] = input }
    }
    var first: [Int: [UInt8]] = [:], second: [Int: [UInt8]] = [:]
    _ = await FuzzRun(Fuzzed.json, seed: 5).run(0..<50) { first[$0] = $1 }
    _ = await FuzzRun(Fuzzed.json, seed: 5).run(20..<50) { second[$0] = $1 }
    #expect(second.allSatisfy { first[$0.key] == $0.value })
    #expect(Set(first.values).count > 30)
  }
}
