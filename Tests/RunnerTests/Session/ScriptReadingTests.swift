import Testing

@testable import Runner

/// The two streams of a script, put together.
@Suite(.engine) struct ScriptReadingTests {
  private static let nonce = "0123456789abcdef"

  @Test("a host that sends one stream without the other is not listened to for ever") @Engine func flood() async {
    var bytes = 0, ended: [Int] = []
    let reading = ScriptReading(nonce: Self.nonce, prompt: "fedcba9876543210", ask: { _ in }) { event in
      switch event {
      case .output(_, _, let more): bytes += more.count
      case .ended(_, _, let status, _): ended.append(status)
      case .begun, .refused: break
      }
    }
    let mark = { (words: String) in Array("\u{1E}\(Self.nonce) \(words)\n".utf8) }
    reading.receive((mark("b 1 1") + mark("e 1 0") + mark("b 2 1"))[...], .output)
    let piece = [UInt8](repeating: 0x61, count: 1 << 16)
    var pieces = 0
    while !reading.isFlooded, pieces < 1000 {
      reading.receive(piece[...], .output)
      pieces += 1
    }
    #expect(pieces == 129)
    #expect(await reading.end() == .lost("the host sent one stream without the other"))
    // What one stream has told of the first step counts, and what was kept of the second one is shown.
    #expect(ended == [0])
    #expect(bytes == 129 << 16)
    reading.receive(piece[...], .output)
    #expect(bytes == 129 << 16)
  }
}
