import Foundation
import TestSupport

/// The tables of `docs/reference.md`, and what the sources hold for them.
enum ReferencePage {
  static let text = file("docs/reference.md")

  static func file(_ path: String) -> String { (try? String(contentsOfFile: "\(BuiltRun.root)/\(path)", encoding: .utf8)) ?? "" }

  /// The rows of the tables below a heading, in the columns as they are written, without the tables' own headings.
  static func rows(_ heading: String, table: Int = 0) -> [[String]] {
    let section = text.components(separatedBy: "\n## \(heading)\n").dropFirst().first?.components(separatedBy: "\n## ").first ?? ""
    let tables = section.components(separatedBy: "\n\n").filter { $0.contains("|---") }
    guard tables.indices.contains(table) else { return [] }
    return tables[table].split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2).map { row in
      row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The names in the first column.
  static func names(_ heading: String, table: Int = 0) -> [String] {
    rows(heading, table: table).map { $0[0].replacingOccurrences(of: "`", with: "") }
  }

  /// What stands in backticks in a text.
  static func quoted(_ text: String) -> [String] { text.matches(of: /`([^`]+)`/).map { String($0.output.1) } }

  /// The keys of JSON that a source builds, and the kinds of stages.
  static func keys(_ path: String) -> (keys: Set<String>, kinds: [String]) {
    let tokens = SwiftTokens.of(file("Sources/Runner/\(path)"))
    func text(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }
    var keys: Set<String> = [], kinds: [String] = []
    for (index, token) in tokens.enumerated() where token.kind == .literal {
      let isMember = text(index + 1) == ":" && ["[", ","].contains(text(index - 1))
      let isAdded = text(index - 1) == "(" && text(index - 2) == "add"
      let isKey = text(index - 1) == ":" && text(index - 2) == "key"
      if isMember || isAdded || isKey { keys.insert(token.text) }
      if text(index - 1) == ":", text(index - 2) == "kind" { kinds.append(token.text) }
    }
    return (keys, kinds)
  }

  /// The environment variables that the sources read; those of tests are no part of the program.
  static let variables: Set<String> = {
    let root = "\(BuiltRun.root)/Sources"
    let files = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
    var names: Set<String> = []
    for path in files {
      let tokens = SwiftTokens.of(file("Sources/\(path)"))
      // Their names stand in tables there.
      let isTable = ["/CI.swift", "/Shim.swift", "/Signs.swift"].contains(where: path.hasSuffix)
      for index in tokens.indices.dropFirst(2) where tokens[index].kind == .literal {
        let isRead = ["value(", "variable(", "Variable["].contains(tokens[index - 2].text + tokens[index - 1].text)
        guard isRead || isTable, tokens[index].text.wholeMatch(of: /[A-Z][A-Z_]+/) != nil else { continue }
        if !tokens[index].text.hasPrefix("PUSHBUTTON_TEST_") { names.insert(tokens[index].text) }
      }
    }
    return names
  }()
}
