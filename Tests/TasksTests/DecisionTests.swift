import Testing

@testable import Tasks

@Suite struct DecisionTests {
  /// Two repositories have a branch `main`: the commit of the one is not that of the other.
  @Test func placesOfTheirOwn() {
    func decision(_ name: String, _ question: Command) -> Decision { Decision(name, ask: question) { _ in Verdict() } }
    let decisions = [
      decision("main", "git rev-parse main"), decision("main", "git rev-parse \("main")"), decision("other", "git rev-parse main"),
      decision("main", "cd \(host: .variable("one"))"), decision("main", "cd \(host: .variable("two"))"),
    ]
    #expect(Set(decisions.map(\.captured)).count == decisions.count)
    #expect(decision("main", "git rev-parse main").captured == decisions[0].captured)
  }
}
