import Testing

@testable import Tasks

@Test func values() { #expect(Value.int(1) == 1) }
