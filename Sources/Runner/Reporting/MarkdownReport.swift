/// A run for pull requests and the summaries of CIs: hosts, what went wrong with the last lines, versions.
///
/// Whatever comes from elsewhere stands in code, where it is no markup, no link and calls nobody.
package enum MarkdownReport {
  private static let mostRows = 50
  private static let mostFailures = 20

  package static func text(of story: RunStory) -> String {
    let groups = HostGroups(story.rows)
    var lines = ["### \(sign(story)) \(code(story.title)): \(headline(story))", "", byline(story), ""]
    if !groups.groups.isEmpty {
      lines += ["| Hosts | Outcome | Time |", "|---|---|---|"]
      for group in groups.groups.prefix(mostRows) {
        let problem = group.problem.map { ": \(code($0.firstLine.beginning(300)))" } ?? ""
        lines.append("| \(code(group.names)) | \(group.words)\(problem) | \(group.time) |")
      }
      let rest = groups.groups.dropFirst(mostRows).flatMap(\.hosts)
      if !rest.isEmpty { lines.append("| and \(count(rest.count, "more host")) | | |") }
      lines.append("")
    }
    for version in story.versions {
      let before = version.previous.isEmpty ? "" : ", before \(code(version.previous))"
      lines += ["\(code(version.application)) \(code(version.live)) is live on \(code(folded(version.hosts)))\(before)", ""]
    }
    let failures = groups.failures.filter { !$0.lastLines.isEmpty }
    for group in failures.prefix(mostFailures) { lines += failure(group) }
    if failures.count > mostFailures { lines += ["and \(count(failures.count - mostFailures, "more failure")).", ""] }
    lines += story.next.filter { !$0.isEmpty }.flatMap { [code($0), ""] }
    return lines.joined(separator: "\n")
  }

  private static func sign(_ story: RunStory) -> String {
    switch story.status {
    case .done: "✅"
    case .partial, .locked, .interrupted, .terminated, nil: "⚠️"
    default: "❌"
    }
  }

  private static func headline(_ story: RunStory) -> String {
    "\(story.outcome)\(story.duration.map { " in \(seconds($0))" } ?? "")"
  }

  private static func byline(_ story: RunStory) -> String {
    let started = story.facts.started.text.prefix(16).replacing("T", with: " ")
    let page = story.facts.url.map { ", \(code($0))" } ?? ""
    return "\(code(story.facts.user)), \(started) UTC, run \(code(story.facts.id))\(page)"
  }

  private static func failure(_ group: HostGroups.Group) -> [String] {
    // As they are shown: what is taken out of them may bring backticks together.
    let lines = group.lastLines.map(\.uncolored)
    let fence = fence(in: lines, atLeast: 3)
    return ["\(code(group.names)): \(code((group.problem ?? group.words).firstLine.beginning(300)))", "", "\(fence)text"]
      + lines + [fence, ""]
  }

  /// Text that stays text, in a table as well.
  static func code(_ text: String) -> String {
    let text = text.safe
    // A bar ends a cell, and a backtick ends code: these few are written as numbers, with all that could be markup.
    guard text.contains(where: { $0 == "|" || $0 == "`" }) else { return text.isEmpty ? "" : "`\(text)`" }
    let escaped = text.unicodeScalars.map { scalar in
      scalar.isASCII && !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar) && scalar != " "
        ? "&#\(scalar.value);" : String(scalar)
    }
    return "<code>\(escaped.joined())</code>"
  }

  /// Longer than any that the lines hold.
  private static func fence(in lines: [String], atLeast least: Int) -> String {
    var longest = least - 1
    for line in lines {
      var run = 0
      for byte in line.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return String(repeating: "`", count: longest + 1)
  }
}
