/// Who holds a lock, as the lock itself tells it: one `key value` a line.
package struct LockOwner: Sendable, Equatable {
  package var run: String
  package var user: String
  /// The machine that the run was started on.
  package var machine: String
  package var process: String
  /// What was typed, for example `deploy:production`.
  package var what: String
  package var since: String
  package var url: String?

  package init(run: String, user: String, machine: String, process: String, what: String, since: String, url: String? = nil) {
    self.run = run
    self.user = user
    self.machine = machine
    self.process = process
    self.what = what
    self.since = since
    self.url = url
  }

  /// What tells owners apart.
  package var firstLine: String { "run \(run)" }

  package var text: String {
    var lines = [firstLine, "user \(user)", "machine \(machine)", "process \(process)", "what \(what)", "since \(since)"]
    if let url { lines.append("url \(url)") }
    return lines.map { $0.filter { !$0.isNewline } }.joined(separator: "\n")
  }

  /// What can be made of the lines of a lock; nothing when they are not ours, which the first one tells.
  package init?(_ lines: some Collection<Substring>) {
    guard let first = lines.first, first.hasPrefix("run ") else { return nil }
    let run = first.dropFirst(4)
    guard !run.isEmpty, run.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else { return nil }
    var fields: [Substring: Substring] = [:]
    for line in lines.dropFirst() {
      guard let space = line.firstIndex(of: " ") else { continue }
      if fields[line[..<space]] == nil { fields[line[..<space]] = line[line.index(after: space)...] }
    }
    self.init(
      run: String(run), user: String(fields["user"] ?? "?"), machine: String(fields["machine"] ?? "?"),
      process: String(fields["process"] ?? "?"), what: String(fields["what"] ?? "?"), since: String(fields["since"] ?? "?"),
      url: fields["url"].map(String.init))
  }

  /// For people: who, with what, since when.
  package var description: String {
    "\(user) on \(machine) (\(what), run \(run), process \(process)) since \(since)" + (url.map { ", \($0)" } ?? "")
  }
}
