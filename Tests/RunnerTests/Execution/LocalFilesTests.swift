import Foundation
import Testing

@testable import Runner

@Suite(.engine) struct LocalFilesTests {
  @Test @Engine func aFileIsHashedOnceAndAgainWhenItHasChanged() async throws {
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/file"
    try "one".write(toFile: path, atomically: true, encoding: .utf8)
    let files = LocalFiles()
    let first = try files.file(path)
    #expect(try files.file(path).digest == first.digest)
    #expect(first.length == 3)
    #expect(await first.digest.value == SHA256.hex(SHA256.digest(Array("one".utf8))))
    try "three".write(toFile: path, atomically: true, encoding: .utf8)
    let second = try files.file(path)
    #expect(await second.digest.value == SHA256.hex(SHA256.digest(Array("three".utf8))))
  }

  @Test @Engine func whatCannotBeSentIsSaidBefore() throws {
    let scratch = try ScratchFolder()
    let files = LocalFiles()
    for (path, code) in [("\(scratch.path)/missing", ENOENT), (scratch.path, EISDIR)] {
      #expect { try files.file(path) } throws: { ($0 as? SystemError)?.code == code }
    }
    #expect(try files.file("/dev/null").length == 0)
    #if os(Linux)
      #expect { try files.file("/proc/version") } throws: { ($0 as? SystemError)?.code == ENOTSUP }
    #endif
  }
}
