import Testing
@testable import Runner
@Test func suggests() { #expect(didYouMean("depoly", among: ["deploy", "rollback"]) == "Did you mean \"deploy\"?") }
