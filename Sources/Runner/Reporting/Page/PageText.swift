/// A run as one HTML page that needs nothing else: what it says at once is text, and what is looked into is drawn by its script.
///
/// Nothing that comes from elsewhere can become markup, and the page's own policy lets no other script run and nothing be asked for.
package struct PageText {
  private let story: RunStory
  private let groups: HostGroups
  private static let mostFailures = 50

  package static func text(of story: RunStory) -> String { PageText(story).text() }

  private init(_ story: RunStory) {
    self.story = story
    groups = HostGroups(story.rows)
  }

  private func text() -> String {
    let style = PageStyle.text, script = PageScript.text
    let policy =
      "default-src 'none'; img-src data:; style-src 'sha256-\(Self.digest(style))'; script-src 'sha256-\(Self.digest(script))'; "
      + "base-uri 'none'; form-action 'none'"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(Self.escaped(story.title)): \(Self.escaped(story.outcome))</title>
      <style>\(style)</style>
      </head>
      <body class="\(tone)">
      \(header)
      <main>
      \(failures)\(versions)\(frames)\(plan)\(notices)\(foot)</main>
      <script type="application/json" id="story">\(PageData.text(of: story))</script>
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  private static func digest(_ text: String) -> String { Base64.text(SHA256.digest(Array(text.utf8))) }

  // MARK: Parts

  private var tone: String {
    switch story.status {
    case .done: "good"
    case .partial, .locked, .interrupted, .terminated, nil: "mixed"
    default: "bad"
    }
  }

  private var header: String {
    let environment = Set(story.plans.compactMap(\.environment)).sorted().joined(separator: ", ")
    var facts: [(String, String)] = [("by", Self.escaped(story.facts.user)), ("started", Self.escaped(Self.moment(story.facts.started)))]
    if let duration = story.duration { facts.append(("took", seconds(duration))) }
    if !environment.isEmpty { facts.append(("environment", Self.escaped(environment))) }
    facts.append(("hosts", "\(story.rows.count)"))
    facts.append(("run", "<code>\(Self.escaped(story.facts.id))</code>"))
    // Only what a browser opens as a page may be a link.
    if let url = story.facts.url {
      let isPage = url.hasPrefix("https://") || url.hasPrefix("http://")
      facts.append(("build", isPage ? "<a href=\"\(Self.escaped(url))\">\(Self.escaped(url))</a>" : Self.escaped(url)))
    }
    let list = facts.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }.joined()
    return """
      <header>
      <p class="outcome">\(Self.escaped(story.outcome))</p>
      <h1>\(Self.escaped(story.title))</h1>
      <dl>\(list)</dl>
      \(PageBar.text(of: story.rows))
      </header>
      """
  }

  private var failures: String {
    let failures = groups.failures
    guard !failures.isEmpty else { return "" }
    let items = failures.prefix(Self.mostFailures).map { group -> String in
      let lines = group.lastLines.isEmpty ? "" : "<pre>\(Self.escaped(group.lastLines.map(\.uncolored).joined(separator: "\n")))</pre>"
      return "<article class=\"\(group.outcome.rawValue)\"><h3>\(Self.escaped(group.names))</h3>"
        + "<p>\(Self.escaped(group.problem ?? group.words))</p>\(lines)</article>\n"
    }
    let rest = failures.dropFirst(Self.mostFailures).flatMap(\.hosts)
    let more = rest.isEmpty ? "" : "<p>and \(count(rest.count, "more host")): \(Self.escaped(folded(rest)))</p>\n"
    return "<section id=\"failures\"><h2>What went wrong</h2>\n\(items.joined())\(more)</section>\n"
  }

  private var versions: String {
    let rows = story.versions.map { version in
      "<tr><th>\(Self.escaped(version.application))</th><td><code>\(Self.escaped(version.live))</code></td>"
        + "<td>\(version.previous.isEmpty ? "" : "before <code>\(Self.escaped(version.previous))</code>")</td>"
        + "<td>\(Self.escaped(folded(version.hosts)))</td></tr>\n"
    }
    return rows.isEmpty ? "" : "<section id=\"versions\"><h2>Live now</h2>\n<table>\(rows.joined())</table></section>\n"
  }

  /// What the script fills; without it there is the summary's table.
  private var frames: String {
    let rows = groups.groups.prefix(200).map { group in
      "<tr class=\"\(group.outcome.rawValue)\"><th>\(Self.escaped(group.names))</th><td>\(group.words)</td><td>\(group.time)</td></tr>\n"
    }
    return """
      <section id="hosts"><h2>Hosts</h2>
      <table>\(rows.joined())</table></section>
      <div id="live" hidden></div>

      """
  }

  private var plan: String {
    story.planText.isEmpty
      ? ""
      : "<section id=\"plan\"><h2>Plan</h2>\n"
        + "<details><summary>What was to be done, as <code>run --plan</code> shows it</summary><pre>\(Self.escaped(story.planText))</pre></details></section>\n"
  }

  private var notices: String {
    guard !story.notices.isEmpty else { return "" }
    let items = story.notices.map { "<li>\(Self.escaped($0))</li>" }
    return "<section id=\"notices\"><h2>Notices</h2>\n<ul>\(items.joined())</ul></section>\n"
  }

  private var foot: String {
    var lines = story.next
    if let logs = story.logs, !lines.contains(where: { $0.contains(logs) }) { lines.append("All that the hosts printed: \(logs)") }
    let items = lines.map { "<p>\(Self.escaped($0))</p>" }.joined()
    return "<footer>\(items)<p>Pushbutton \(Usage.version)</p></footer>\n"
  }

  // MARK: Text

  private static func moment(_ time: Timestamp) -> String { "\(time.text.prefix(19).replacing("T", with: " ")) UTC" }

  /// Text inside an element, or inside of double quotes.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.safeLines.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
