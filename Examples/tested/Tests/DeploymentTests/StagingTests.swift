import Rehearsal
import XCTest

@testable import Deployment

/// The same with XCTest.
final class StagingTests: XCTestCase {
  func testEverythingHappensOnOneHost() async throws {
    let run = try await Rehearsal(deployfile).rehearse("deploy:staging", "--version", "1.5.0b1")
    XCTAssertEqual(run.outcomes, ["stage1": .succeeded], "\(run)")
    XCTAssertTrue(try run.began("migrate", before: "switch"))
  }
}
