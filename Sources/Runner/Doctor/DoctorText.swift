import Tasks

/// `--doctor` as people read it: this machine, a table of hosts, and what to do.
package struct DoctorText {
  let palette: Palette
  /// Columns of the terminal, if it is one.
  let columns: Int?

  package init(palette: Palette, columns: Int? = nil) { (self.palette, self.columns) = (palette, columns) }

  /// What was found on this machine, a line each.
  package func here(_ findings: [Finding]) -> String {
    let width = findings.map(\.name.count).max() ?? 0
    let indent = width + 10
    return "\(palette.bold("this machine"))\n"
      + findings.map { finding in
        let lines = finding.found.split(whereSeparator: \.isNewline).flatMap { line in
          String(line).safe.wrapped(to: columns.map { max(40, $0 - indent) })
        }
        return "  \(mark(finding.state))  \(finding.name.padded(to: width))  "
          + lines.joined(separator: "\n\(String(repeating: " ", count: indent))") + "\n"
      }.joined()
  }

  /// A row for each host.
  package func table(_ reports: [HostReport], title: String) -> String {
    let header = ["host", "reached", "login", "sudo", "home", "/tmp", "clock", "not there"]
    let rows = reports.map(cells)
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String], _ paint: (String) -> String = { $0 }) -> String {
      let text = zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ").trimmingSuffix { $0 == " " }
      return paint(String(text))
    }
    return "\n\(palette.bold(title))\n        \(line(header, palette.dim))\n"
      + zip(reports, rows).map { "  \(mark(worst($0.findings)))  \(line($1))\n" }.joined()
  }

  private func cells(_ report: HostReport) -> [String] {
    guard let took = report.took else { return [report.host.name.safe, "no"] + [String](repeating: "", count: 6) }
    let facts = report.facts
    return [
      report.host.name.safe, took.text, facts?.user.safe ?? "", report.sudoWord, facts?.homeSpace?.text ?? "",
      facts?.temporarySpace?.text ?? "", report.clock.map(ClockDifference.text) ?? "", report.lacking.joined(separator: ", "),
    ]
  }

  /// What is wrong and what to do, each once for all that it concerns; the last line says how it stands.
  package func whatToDo(_ here: [Finding], _ reports: [HostReport]) -> String {
    var found: [(finding: Finding, hosts: [String])] = here.filter(\.isTrouble).map { ($0, []) }
    for report in reports {
      for finding in report.findings where finding.isTrouble {
        if let index = found.firstIndex(where: { $0.finding == finding && !$0.hosts.isEmpty }) {
          found[index].hosts.append(report.host.name)
        } else {
          found.append((finding, [report.host.name]))
        }
      }
    }
    let order: [Finding.State] = [.problem, .unreachable, .warning]
    let sorted = order.flatMap { state in found.filter { $0.finding.state == state } }
    var text = sorted.isEmpty ? "" : "\n\(palette.bold("what to do"))\n"
    for (finding, hosts) in sorted {
      let subject = hosts.isEmpty ? finding.name : finding.state == .unreachable ? folded(hosts) : "\(folded(hosts)): \(finding.name)"
      text += "  \(mark(finding.state))  \(palette.bold(subject.safe)): \(finding.found.safe)\n"
      if let remedy = finding.remedy {
        text += remedy.split(separator: "\n").map { "        \(String($0.drop { $0 == " " }).safe)\n" }.joined()
      }
    }
    return text + "\n\(verdict(here, reports))\n"
  }

  private func verdict(_ here: [Finding], _ reports: [HostReport]) -> String {
    let all = here + reports.flatMap(\.findings)
    let problems = all.count { $0.state == .problem }
    let warnings = all.count { $0.state == .warning }
    let lost = reports.count { $0.took == nil }
    var parts: [String] = []
    if problems > 0 { parts.append(count(problems, "problem")) }
    if lost > 0 { parts.append("\(count(lost, "host")) not reached") }
    if warnings > 0 { parts.append(count(warnings, "warning")) }
    if parts.isEmpty { return palette.green("all is well") }
    let text = parts.joined(separator: ", ")
    return problems + lost > 0 ? palette.red("\(text): a deploy would be stopped") : palette.yellow("\(text): a deploy can begin")
  }

  private func worst(_ findings: [Finding]) -> Finding.State {
    [Finding.State.unreachable, .problem, .warning].first { state in findings.contains { $0.state == state } } ?? .good
  }

  private func mark(_ state: Finding.State) -> String {
    switch state {
    case .good: palette.green("ok  ")
    case .note: palette.dim("note")
    case .warning: palette.yellow("warn")
    case .problem, .unreachable: palette.red("fail")
    }
  }
}

extension String {
  /// Lines of so many characters, broken between words; words that are longer stay whole.
  fileprivate func wrapped(to width: Int?) -> [String] {
    guard let width, count > width else { return [self] }
    var lines: [String] = []
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
