import Testing

@testable import Runner

@Test func suggests() { #expect(didYouMean("depoly", among: ["deploy", "rollback"]) == "Did you mean \"deploy\"?") }

@Test("nobody mistypes a word of a thousand letters") func longWords() {
  let long = String(repeating: "x", count: 1000)
  #expect(didYouMean(long, among: [long]) == nil)
  #expect(didYouMean("deploj", among: [long, "deploy"]) == "Did you mean \"deploy\"?")
}
