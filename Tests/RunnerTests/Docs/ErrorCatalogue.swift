import Foundation
import TestSupport

/// `docs/errors.md`, and all that the sources can say.
enum ErrorCatalogue {
  struct Entry {
    var message: String
    var section: String
    var cause: String?
    var remedy: String?
    var line: Int
  }

  static let text = (try? String(contentsOfFile: "\(BuiltRun.root)/docs/errors.md", encoding: .utf8)) ?? ""

  static let entries: [Entry] = {
    var entries: [Entry] = []
    var section = ""
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      if line.hasPrefix("- `") { entries.append(Entry(message: code(line.dropFirst(2)), section: section, line: number + 1)) }
      guard let last = entries.indices.last else { continue }
      if line.hasPrefix("  - Cause: ") { entries[last].cause = String(line.dropFirst(11)) }
      if line.hasPrefix("  - Remedy: ") { entries[last].remedy = String(line.dropFirst(12)) }
    }
    return entries
  }()

  /// What stands between the backticks: one on each side, or two around a text that has some itself.
  private static func code(_ text: Substring) -> String {
    let count = text.prefix { $0 == "`" }.count
    let inside = String(text.dropFirst(count).dropLast(count))
    guard inside.hasPrefix(" `") || inside.hasSuffix("` ") else { return inside }
    return String(inside.dropFirst().dropLast())
  }

  /// What the sources can say.
  static let messages: [Message] = {
    let root = "\(BuiltRun.root)/Sources"
    let files = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
    let swift = files.sorted().flatMap { file in
      let text = (try? String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)) ?? ""
      return SwiftMessages.of(text, file: "Sources/\(file)") + ShellMessages.of(text, file: "Sources/\(file)")
    }
    let scripts = ["bin/run", "bin/install"].flatMap { file in
      ShellMessages.of((try? String(contentsOfFile: "\(BuiltRun.root)/\(file)", encoding: .utf8)) ?? "", file: file)
    }
    return (swift + scripts).filter { Message.hasWords($0.normal) }
  }()
}
