import Testing

@testable import Runner

@Suite(.engine, .timeLimit(.minutes(15))) struct ChildFileTests {
  @Engine private func withFile(_ bytes: [UInt8], _ body: @Engine (String) async throws -> Void) async throws {
    let path = "/tmp/pushbutton-test-\(Nonce.make(bytes: 8))"
    try File.write(bytes, to: path)
    defer { unlink(path) }
    try await body(path)
  }

  @Test @Engine func arrivesWhole() async throws {
    let bytes = pattern(3_000_000)
    try await withFile(bytes) { path in
      let heard = Heard()
      let child = try shell("cat", heard, input: .pipe)
      #expect(try await child.send(contentsOf: path, length: bytes.count))
      child.closeInput()
      #expect(await child.wait() == .exited(0))
      #expect(heard.output == bytes)
    }
  }

  @Test @Engine func endsQuietlyWhenTheChildStopsReading() async throws {
    try await withFile([UInt8](repeating: 0, count: 3_000_000)) { path in
      let child = try shell("head -c 10; exit 9", input: .pipe)
      #expect(try await child.send(contentsOf: path, length: 3_000_000) == false)
      #expect(await child.wait() == .exited(9))
    }
  }

  @Test @Engine func aFileThatHasShrunkIsAnError() async throws {
    try await withFile([1, 2, 3]) { path in
      let child = try shell("cat", input: .pipe)
      await #expect(throws: SystemError("read", path, code: ESTALE)) { try await child.send(contentsOf: path, length: 4) }
      child.closeInput()
      #expect(await child.wait() == .exited(0))
    }
    let child = try shell("cat", input: .pipe)
    let missing = "/no/such/file"
    await #expect(throws: SystemError("open", missing, code: ENOENT)) { try await child.send(contentsOf: missing, length: 1) }
    child.closeInput()
  }
}
