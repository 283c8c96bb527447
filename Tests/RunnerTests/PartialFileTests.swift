import Foundation
import Testing

@testable import Runner

/// What a host sends as a file, and what of it reaches the disk.
@Suite(.engine) struct PartialFileTests {
  static let digest = SHA256.hex(SHA256.digest(Array("abc".utf8)))

  static let rows: [(id: String, pieces: [String], isWhole: Bool, most: Int)] = [
    ("whole", ["3 \(digest)\nabc"], true, 3), ("byte by byte", "3 \(digest)\nabc".map(String.init), true, 3),
    ("too short", ["3 \(digest)\nab"], false, 2), ("too long", ["3 \(digest)\nab", "c", "d"], false, 3),
    ("far too long", ["3 \(digest)\nabc"] + Array(repeating: String(repeating: "x", count: 1 << 16), count: 32), false, 3),
    ("damaged", ["3 \(digest)\nabd"], false, 3),
    ("no header", Array(repeating: String(repeating: "x", count: 1 << 16), count: 32), false, 0),
    ("a long header", [String(repeating: "1", count: 200) + "\n", "abc"], false, 0),
    ("a negative length", ["-9223372036854775808 \(digest)\nabc", "abc", "abc"], false, 0), ("no length", ["x \(digest)\nabc"], false, 0),
    ("nothing", [], false, 0),
  ]

  @Test(arguments: rows) @Engine func arrives(id: String, pieces: [String], isWhole: Bool, most: Int) throws {
    let folder = try ScratchFolder()
    let file = try PartialFile("\(folder.path)/file")
    var written = 0
    for piece in pieces {
      file.receive(Array(piece.utf8)[...])
      let partial = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
      written = max(written, FileManager.default.contents(atPath: "\(folder.path)/\(partial)")?.count ?? 0)
    }
    #expect(written == most)
    #expect(try file.complete() == isWhole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == (isWhole ? ["file"] : []))
  }
}
