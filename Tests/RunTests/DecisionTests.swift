import TestSupport
import Testing

/// One decision for all hosts, and steps at the end: counted by the marks that hosts leave.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct DecisionTests {
  /// Every host answers what stands in its file, or fails to when there is none.
  static let tasks = #"""
    let lowest = Decision("the lowest number", ask: "cat $D/\(host: .name).number") { answers in
      guard let lowest = answers.map(\.output).min(), lowest != "0" else { throw Refusal("0 is too low") }
      return Verdict(lowest, message: "\(answers.count) hosts, \(lowest) is the lowest\nand that is that")
    }
    let t = task("t", "Decides") {
      hosts("web") {
        run("echo x >>$D/before")
        serially { run("echo \(lowest) >>$D/chosen") }
      }
      hosts("web") { run("echo x >>$D/last").atTheEnd() }
      hosts("web") { run("echo x >>$D/after; ! test -e $D/\(host: .name).bad") }
    }
    let cleaned = task("cleaned", "Decides when something has failed") {
      attempt {
        hosts("web") { run("false").once() }
      } onFailure: {
        hosts("web") { run("echo \(lowest) >>$D/chosen") }
      }
    }
    let shown = task("shown", "Asks and tells") { hosts("web") { ask(lowest) } }
    let tolerant = task("tolerant", "Leaves steps for the hosts that are left") {
      hosts("web") { serially(tolerating: .count(1)) { run("test \(host: .name) != b"); run("echo x >>$D/last").atTheEnd() } }
    }
    """#

  private func bench(_ numbers: [String: String]) throws -> Bench {
    let bench = try Bench(Self.tasks, hosts: ["a", "b", "c"])
    for (host, number) in numbers { try bench.marks.write("\(host).number", number) }
    return bench
  }

  @Test func oneForAll() throws {
    let bench = try bench(["a": "3", "b": "2", "c": "4"])
    let ended = try bench.run("t")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.marks.read("chosen") == "2\n2\n2\n")
    #expect(ended.output.contains("3 hosts, 2 is the lowest\nand that is that\n"))
    // What was only asked for our sake is no output of a step.
    #expect(!ended.output.contains("a | 3"))
    #expect((bench.count("before"), bench.count("after"), bench.count("last")) == (3, 3, 3))
  }

  @Test func refusedBeforeAnythingIsTouched() throws {
    let bench = try bench(["a": "3", "b": "0", "c": "4"])
    let ended = try bench.run("t")
    #expect(ended.status == 1)
    #expect(ended.output.contains("the lowest number: 0 is too low\n"))
    #expect(ended.output.contains("a  not started\n"))
    #expect((bench.count("before"), bench.count("chosen"), bench.count("last")) == (0, 0, 0))
  }

  @Test func aHostThatDoesNotAnswerEndsIt() throws {
    let bench = try bench(["a": "3", "c": "4"])
    let ended = try bench.run("t")
    #expect(ended.status == 1)
    #expect((bench.count("before"), bench.count("chosen")) == (0, 0))
  }

  @Test func cleaningUpGoesOnWithThoseThatAnswer() throws {
    let bench = try bench(["a": "3", "c": "4"])
    let ended = try bench.run("cleaned")
    #expect(ended.status == 1)
    #expect(bench.marks.read("chosen") == "3\n3\n")
  }

  @Test func askedAndTold() throws {
    let bench = try bench(["a": "3", "b": "5", "c": "4"])
    let ended = try bench.run("shown")
    #expect(ended.status == 0)
    #expect(ended.output.contains("3 hosts, 3 is the lowest\n"))
  }

  @Test func asEvents() throws {
    let bench = try bench(["a": "3", "b": "5", "c": "4"])
    let ended = try bench.run("shown", "--format", "json")
    let decisions = ended.output.split(separator: "\n").filter { $0.contains("decision.made") }
    #expect(decisions.count == 1)
    #expect(
      decisions.first?.contains(
        #""name":"the lowest number","text":"3 hosts, 3 is the lowest\nand that is that","outcome":"succeeded""#) == true,
      "\(decisions)")
  }

  @Test func nothingIsLeftForTheEndOfAFailure() throws {
    let bench = try bench(["a": "3", "b": "2", "c": "4"])
    try bench.marks.write("b.bad", "")
    let ended = try bench.run("t")
    #expect(ended.status == 1)
    #expect((bench.count("after"), bench.count("last")) == (3, 0))
  }

  @Test func theEndIsForHostsThatHaveNotFailed() throws {
    let bench = try bench([:])
    let ended = try bench.run("tolerant")
    #expect(ended.status == 3)
    #expect(bench.count("last") == 2)
  }
}
