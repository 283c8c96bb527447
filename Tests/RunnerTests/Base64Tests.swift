import TestSupport
import Testing

@testable import Runner

@Suite struct Base64Tests {
  static let rows: [(bytes: [UInt8], text: String)] = [
    ([], ""), (Array("f".utf8), "Zg=="), (Array("fo".utf8), "Zm8="), (Array("foo".utf8), "Zm9v"), (Array("foob".utf8), "Zm9vYg=="),
    (Array("fooba".utf8), "Zm9vYmE="), (Array("foobar".utf8), "Zm9vYmFy"), ([0, 0, 0], "AAAA"), ([0xFF, 0xFF, 0xFE], "///+"),
  ]

  @Test(arguments: rows.indices) func bothWays(index: Int) {
    let row = Self.rows[index]
    #expect(Base64.text(row.bytes) == row.text)
    #expect(Base64.bytes(row.text) == row.bytes)
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zg===", "=", "==", "====", "=g==", "Z===", "Zg=A", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm9-", "Zm9_", "Zm9é", "Zm9v ",
    "Zm9\0",
  ])
  func anythingElseIsNone(text: String) { #expect(Base64.bytes(text) == nil) }

  @Test func anyBytes() {
    var random = SeededGenerator(seed: 5)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
  }
}
