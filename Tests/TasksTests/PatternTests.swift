import Testing

@testable import Tasks

struct PatternText: Sendable, CustomTestStringConvertible {
  let pattern: Pattern
  let text: String

  init(_ pattern: Pattern, _ text: String) {
    self.pattern = pattern
    self.text = text
  }

  var testDescription: String { text }

  static let all = [
    PatternText("web", "web"),
    PatternText("web:&eu:!web3", "web:&eu:!web3"),
    PatternText("\("we")b", "web"),
    PatternText(.all, "all"),
    PatternText(.role("web"), "web"),
    PatternText(.role("web") && !.host("web3.example.com"), "web:!web3.example.com"),
    PatternText(!.host("a") && .role("web"), "web:!a"),
    PatternText(.role("web") && .role("eu"), "web:&eu"),
    PatternText(.role("web") || .role("db"), "web:db"),
    PatternText(.role("web") || .role("db") || .host("x"), "web:db:x"),
    PatternText((.role("web") || .role("db")) && .role("eu"), "web:db:&eu"),
    PatternText(.role("web") && (.role("eu") || .role("us")), "web:&(eu:us)"),
    PatternText((.role("web") && .role("eu")) || .role("db"), "(web:&eu):db"),
    PatternText(.role("web") && .role("eu") && !.role("canary"), "web:&eu:!canary"),
    PatternText(!.role("web"), "!web"),
    PatternText(!(.role("web") && .role("eu")), "!(web:&eu)"),
    PatternText("web:db" && !"db[0]", "web:db:!db[0]"),
    PatternText(.role("web") && "a,b", "web:&(a,b)"),
    PatternText(.role("web") || !.role("db"), "web:(!db)"),
  ]
}

@Test(arguments: PatternText.all) func patternReads(row: PatternText) { #expect(row.pattern.description == row.text) }

/// The shapes of the contract must compile.
private func hosts(_ pattern: Pattern, _ phases: () -> Void) -> Pattern { pattern }

@Test func patternsAreArguments() {
  #expect(hosts("all") {} == .all)
  #expect(hosts(.role("web") && !.host("web3.example.com")) {}.description == "web:!web3.example.com")
}
