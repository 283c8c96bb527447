import Testing

/// The commands that a page tells people to type: lines of its indented blocks.
struct PageCommand: CustomTestStringConvertible, Sendable {
  let page: String
  let line: Int
  /// Without what the page says of it beside it.
  let text: String

  var testDescription: String { "\(page):\(line): \(text)" }

  /// What begins a command, in contrast to what a program shows.
  private static let programs = [
    "ansible-playbook", "bin/", "cap ", "cat ", "cd ", "dep ", "echo ", "eval ", "fab ", "install ", "python3 ", "run ", "scp ", "source ",
    "ssh ",
    "swift ",
  ]

  static func all(of page: Page) -> [PageCommand] {
    var commands: [PageCommand] = []
    var isFenced = false, isBlock = false, before: Substring = ""
    for (index, line) in page.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") { isFenced.toggle() }
      isBlock = !isFenced && line.hasPrefix("    ") && (isBlock || before.isEmpty)
      before = line
      guard isBlock else { continue }
      var text = line.drop { $0 == " " }
      if text.hasPrefix("$ ") { text = text.dropFirst(2) }
      guard text == "run" || programs.contains(where: text.hasPrefix) else { continue }
      if let explained = text.firstRange(of: "  ") { text = text[..<explained.lowerBound] }
      commands.append(PageCommand(page: page.path, line: index + 1, text: String(text)))
    }
    return commands
  }

  /// A form with names in place of what people write, such as `run --plan TASK[:ENVIRONMENT]`.
  var isForm: Bool { text.contains(#/(^|[\s\[=])[A-Z]{3,}/#) }
}
