import Foundation
import TestSupport
import Testing

/// Row 72: whatever becomes of a notification, the deploy goes on and ends as it would have.
@Suite(.needsFleet, .ownThreads, .enabled(if: Receiver.isAvailable, "needs python3, openssl and curl")) struct NotificationTests {
  private let fleet: Fleet
  private let receiver: Receiver

  init() throws {
    fleet = try #require(Fleet.current)
    receiver = try Receiver()
  }

  /// What a notification to this address becomes; the run itself is always the same.
  private func warning(_ hook: String, token: String = "t", without: [String] = []) throws -> String {
    let project = try SSHProject([fleet.host("web1")])
    var environment = receiver.environment.merging(["HOOK": hook, "TOKEN": token]) { $1 }
    for name in without { environment[name] = nil }
    let ended = try project.start("tells", environment: environment).end()
    #expect(ended.status == 0, "\(ended)")
    #expect(project.counts() == [1])
    #expect(!(ended.output + ended.errors).contains("abcdefgh"))
    project.expectNothingLeft()
    let lines = ended.output.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
    #expect(lines.count == 1, "\(ended)")
    return lines.first.map(String.init) ?? ""
  }

  @Test(
    "row 72: an answer that is no success",
    arguments: [
      ("/error/abcdefgh", "answered 500: out of order"), ("/limit/abcdefgh", "answered 429: slow down"),
      ("/plain/abcdefgh", "answered 301, a redirect, which is not followed"), ("/hang", "no answer within 10 s"),
      ("/drip", "no answer within 10 s"), ("/huge", "no answer: curl: (63) Maximum file size exceeded"),
      ("/close", "no answer: curl: (52) Empty reply from server"),
    ])
  func row72_answers(path: String, words: String) throws {
    #expect(try warning(receiver.address + path) == "warning: notify webhook: \(words)")
    // Once, and nowhere else.
    #expect(receiver.requests.map(\.path) == [path])
  }

  @Test("row 72: nobody listens") func row72_refused() throws {
    #expect(try warning("https://127.0.0.1:1/abcdefgh").hasPrefix("warning: notify webhook: no answer: curl: (7) Failed to connect"))
  }

  @Test("row 72: a certificate of another name, and one that nobody trusts") func row72_certificate() throws {
    let otherName = receiver.address.replacing("127.0.0.1", with: "localhost")
    #expect(try warning(otherName).hasPrefix("warning: notify webhook: no answer: curl: (60) SSL"))
    #expect(
      try warning(receiver.address, without: ["CURL_CA_BUNDLE"]).hasPrefix(
        "warning: notify webhook: no answer: curl: (60) SSL certificate problem"))
    #expect(receiver.requests.isEmpty)
  }

  @Test("row 72: a line break where a header ends") func row72_lineBreak() throws {
    #expect(
      try warning(receiver.address + "/any", token: "a\r\nX-Other: b")
        == "warning: notify webhook: the value of the header X-Token holds a line break")
    #expect(receiver.requests.isEmpty)
  }
}
