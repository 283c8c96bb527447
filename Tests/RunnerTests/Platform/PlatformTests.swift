import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct PlatformTests {
  @Test func timestampsAreISO8601() {
    #expect(Timestamp(milliseconds: 0).text == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp(milliseconds: 1_772_357_400_250).text == "2026-03-01T09:30:00.250Z")
    #expect(Timestamp(milliseconds: -1).text == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp.now() > Timestamp(milliseconds: 1_700_000_000_000))
  }

  @Test func noncesDiffer() {
    let nonces = Set((0..<100).map { _ in Nonce.make(bytes: 16) })
    #expect(nonces.count == 100)
    #expect(nonces.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test func environmentListReplacesAndRemoves() {
    let list = ProcessEnvironment.list(without: ["PATH"], setting: [("HOME", "/nowhere"), ("NEW", "a=b")])
    #expect(list.filter { $0.hasPrefix("HOME=") } == ["HOME=/nowhere"])
    #expect(list.contains("NEW=a=b"))
    #expect(!list.contains { $0.hasPrefix("PATH=") })
    #expect(ProcessEnvironment.value("NO_SUCH_VARIABLE") == nil)
  }

  @Test(arguments: [("", ""), ("0123456", "0123456"), ("01234567", "01234567"), ("0123456789abcdef", "0123\ncdef")])
  func theEndsOfAFile(text: String, ends: String) throws {
    let scratch = Scratch()
    #expect(try File.readEnds(try scratch.write("file", text), each: 4) == Array(ends.utf8))
    #expect(throws: SystemError("open", "\(scratch.path)/missing", code: ENOENT)) { try File.readEnds("\(scratch.path)/missing", each: 4) }
  }
}
