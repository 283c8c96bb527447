import Testing

@testable import Runner

/// What a terminal is sent, to the byte.
@Suite struct CanvasTests {
  private static let begin = "\u{1B}[?2026h", end = "\u{1B}[?2026l", erase = "\r\u{1B}[J", rest = "\u{1B}[K"
  private static let hide = "\u{1B}[?25l", show = "\u{1B}[?25h", cut = "\u{1B}[?7l", wrap = "\u{1B}[?7h"

  @Test func theFirstPictureErasesNothing() {
    var canvas = Canvas()
    #expect(canvas.frame(["a", "b"]) == "\(Self.begin)\(Self.hide)\(Self.cut)a\nb\(Self.wrap)\u{1B}[1A\r\(Self.end)")
  }

  @Test func onlyRowsThatHaveChangedAreWritten() {
    var canvas = Canvas()
    _ = canvas.frame(["a", "b", "c"])
    #expect(canvas.frame(["a", "b", "c"]) == "")
    #expect(canvas.frame(["a", "b", "d"]) == "\(Self.begin)\(Self.cut)\u{1B}[2B\rd\(Self.rest)\(Self.wrap)\u{1B}[2A\r\(Self.end)")
    #expect(
      canvas.frame(["x", "b", "y"])
        == "\(Self.begin)\(Self.cut)\rx\(Self.rest)\u{1B}[2B\ry\(Self.rest)\(Self.wrap)\u{1B}[2A\r\(Self.end)")
  }

  @Test func linesThatStayPushThePictureDown() {
    var canvas = Canvas()
    _ = canvas.frame(["a"])
    #expect(canvas.frame(["a"], above: ["kept"]) == "\(Self.begin)\(Self.erase)kept\n\(Self.hide)\(Self.cut)a\(Self.wrap)\r\(Self.end)")
  }

  @Test func aPictureOfAnotherHeightIsDrawnAnew() {
    var canvas = Canvas()
    _ = canvas.frame(["a", "b"])
    #expect(canvas.frame(["a"]) == "\(Self.begin)\(Self.erase)\(Self.hide)\(Self.cut)a\(Self.wrap)\r\(Self.end)")
    #expect(canvas.frame(["a"], isRedrawn: true) == "\(Self.begin)\(Self.erase)\(Self.hide)\(Self.cut)a\(Self.wrap)\r\(Self.end)")
  }

  @Test func nothingToShowGivesTheScreenBack() {
    var canvas = Canvas()
    #expect(canvas.frame([], above: ["first"]) == "first\n")
    _ = canvas.frame(["a", "b"])
    #expect(canvas.frame([], above: ["kept"]) == "\(Self.erase)kept\n\(Self.show)")
    #expect(canvas.clear(above: ["last"]) == "last\n")
    _ = canvas.frame(["a"])
    #expect(canvas.clear() == "\(Self.erase)\(Self.show)")
  }
}
