/// Finds what the shell code of a file says to people, be it a script or a literal of Swift: the words of `fail`, `die`, and of what is
/// printed right before an end or to the standard error.
enum ShellMessages {
  static func of(_ text: String, file: String) -> [Message] {
    var messages: [Message] = []
    var line = 0
    var pending = ""
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      // A line of shell that goes on in the next one.
      if text.hasSuffix("\\") {
        pending += text.dropLast()
        continue
      }
      let whole = pending + text
      pending = ""
      messages += Self.texts(whole).map { Message(part: .whole, text: $0, file: file, line: line) }
    }
    return messages
  }

  private static func texts(_ line: String) -> [String] {
    var texts: [String] = []
    if line.contains("fail ") || line.contains("pl_cannot ") {
      for match in line.matches(of: /\b(?:fail|pl_cannot) (?=["\\])/) { texts.append(words(line[match.range.upperBound...])) }
    }
    if line.contains("die ") {
      for match in line.matches(of: /\bdie (?:'([^']*)'|"([^"]*)")/) { texts.append(gapped(match.output.1 ?? match.output.2 ?? "")) }
    }
    if line.contains("echo ") {
      for match in line.matches(of: /echo "([^"]*)"(?:; exit 1|; return 1| >&2)/) { texts.append(gapped(match.output.1)) }
      for match in line.matches(of: /echo '([^']*)'; exit/) { texts.append(String(match.output.1)) }
    }
    if line.contains("printf '") {
      for match in line.matches(of: /printf '([^']*)'.*?(?:exit 1|>&2)/) {
        texts.append(String(match.output.1).replacing(/%[.0-9]*s/, with: "▢").replacing(/\\+n/, with: ""))
      }
    }
    if line.contains("${") {
      for match in line.matches(of: /:-\$\w+( [a-z]+ [a-z]+ [^}]+)\}/) { texts.append("▢" + match.output.1) }
      for match in line.matches(of: /\?([a-z]+ [a-z]+ [^}"?]*)\}/) { texts.append(gapped(match.output.1)) }
    }
    // What `die` itself prints has no words of its own.
    return texts.filter { Message.hasWords($0.replacing("error: ", with: "")) }
  }

  /// The first word of a call, whose quotes are left and taken up again around interpolations.
  private static func words(_ rest: Substring) -> String {
    var text = String(rest)
    // Of a literal on one line: its quotes are escaped, and those of the shell are the same.
    if text.hasPrefix("\\\"") { text = text.replacing("\\\"", with: "") }
    text = text.replacing(/\\\("(.*)"\)/) { $0.output.1 }
    text = gapped(text).split(separator: /[;}]|"#|" "/, maxSplits: 1, omittingEmptySubsequences: false).first.map { String($0) } ?? ""
    return text.replacing("\\\"", with: "\u{1}").replacing("\"", with: "").replacing("\u{1}", with: "\"")
  }

  /// Without interpolations of Swift and variables of the shell.
  private static func gapped(_ text: some StringProtocol) -> String {
    String(text).replacing(/\\\((?:[^()]|\([^()]*\))*\)/, with: "▢").replacing(/\$\([^()]*\)|\$\{[^}]*\}|\$\w+|\$\*/, with: "▢")
  }
}
