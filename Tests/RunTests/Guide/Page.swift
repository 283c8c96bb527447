import Foundation
import TestSupport
import Testing

/// A page of the documentation, and the fenced blocks in it.
struct Page: CustomTestStringConvertible, Sendable {
  struct Block: Sendable {
    /// The word behind the fence, for example `swift`.
    let language: String
    let text: String
    /// The number of its first line.
    let line: Int
    /// The last name in backticks before the block, when a colon leads to it: the file that a reader is to write.
    let file: String?
  }

  /// From the checkout.
  let path: String
  let text: String
  let blocks: [Block]

  var testDescription: String { path }

  init(_ path: String) throws {
    self.init(path, text: try String(contentsOfFile: "\(BuiltRun.root)/\(path)", encoding: .utf8))
  }

  init(_ path: String, text: String) {
    self.path = path
    self.text = text
    var blocks: [Block] = []
    var open: (language: String, line: Int, file: String?)?
    var lines: [Substring] = []
    var before: Substring = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let (language, start, file) = open {
        if line == "```" {
          blocks.append(Block(language: language, text: lines.map { $0 + "\n" }.joined(), line: start, file: file))
          open = nil
        } else {
          lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (
          String(line.dropFirst(3)), index + 2,
          before.hasSuffix("`:") ? before.dropLast(2).split(separator: "`").last.map(String.init) : nil
        )
        lines = []
      } else if !line.isEmpty {
        before = line
      }
    }
    self.blocks = blocks
  }

  func blocks(of language: String) -> [Block] { blocks.filter { $0.language == language } }

  /// README, the guide, and what the examples say of themselves.
  static let all: [Page] = {
    let files = FileManager.default
    let docs = (try? files.contentsOfDirectory(atPath: "\(BuiltRun.root)/docs")) ?? []
    let pages = ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    return (pages + examples.map { "Examples/\($0)/README.md" }).compactMap { try? Page($0) }
  }()

  /// The folders of `Examples`.
  static let examples: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: "\(BuiltRun.root)/Examples")) ?? []).sorted()
}
