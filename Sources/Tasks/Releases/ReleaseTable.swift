/// The table of releases: host, live version, since when, by whom, what else is there.
enum ReleaseTable {
  static func verdict(_ name: String, _ answers: Answers) -> Verdict {
    let rows = answers.map { answer -> [String] in
      let survey = ReleaseSurvey(answer.output)
      let live = survey.liveRelease
      return [
        answer.host.name, survey.liveVersion + (survey.isUnsettled ? " (unsettled)" : ""), live.map(\.activated.moment) ?? "-",
        live.map { $0.user.isEmpty ? "-" : $0.user } ?? "-", others(survey),
      ]
    }
    return Verdict(message: text([["host", name, "since", "by", "also there"]] + rows))
  }

  /// Newest first, with what keeps a rollback from choosing it.
  private static func others(_ survey: ReleaseSurvey) -> String {
    let others = survey.releases.filter { $0.id != survey.live }.map { release in
      if !release.isComplete { return "\(release.version) (incomplete)" }
      if !release.bad.isEmpty { return "\(release.version) (bad)" }
      return release.good.isEmpty ? "\(release.version) (never good)" : release.version
    }
    return others.isEmpty ? "-" : others.joined(separator: ", ")
  }

  private static func text(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count + 2) }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
