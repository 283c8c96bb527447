import Foundation
import TestSupport
import Testing

/// Whoever does what the tutorial says gets what the tutorial shows.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct TutorialTests {
  @Test func whatItShowsIsWhatHappens() throws {
    let page = try Page("docs/tutorial.md")
    var beginner = try Beginner()
    var commands: [Int: String] = [:]
    for act in Tutorial(page).acts {
      switch act {
      case .file(let name, let text): try beginner.folder.write(name, text)
      case .command(let command, let expected, let line):
        let shown = try beginner.type(command)
        commands[line] = shown.undated == expected.undated ? expected : shown
        if Expected.isRecorded { continue }
        #expect(shown.undated == expected.undated, "docs/tutorial.md:\(line): $ \(command)\n\(shown)")
      }
    }
    #expect(commands.count > 12)
    if Expected.isRecorded { _ = try Expected.text(page.path, recording: page.showing(commands)) }
  }

  /// What nobody executes is not in it.
  @Test func everyBlockIsAFileOrCommands() throws {
    for block in try Page("docs/tutorial.md").blocks where block.language != "console" {
      #expect(block.file != nil, "docs/tutorial.md:\(block.line)")
    }
  }
}
