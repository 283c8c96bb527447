extension Misuse {
  /// Strings where something else belongs.
  static let texts = [
    Misuse(
      "string command",
      #"""
      import Tasks

      let command = "uptime"
      let t = task("t", "A task") {
        hosts("web") { run(command) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:18: error: 'run' is unavailable: a String is not a Command: write run("\(raw: text)") for shell text, or put the values into a literal: run("cp \(file) /tmp")
        3 | let command = "uptime"
        4 | let t = task("t", "A task") {
        5 |   hosts("web") { run(command) }
          |                  `- error: 'run' is unavailable: a String is not a Command: write run("\(raw: text)") for shell text, or put the values into a literal: run("cp \(file) /tmp")
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "concatenated command",
      #"""
      import Tasks

      let name = "shop"
      let t = task("t", "A task") {
        hosts("web") { run("systemctl restart " + name) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:18: error: 'run' is unavailable: a String is not a Command: write run("\(raw: text)") for shell text, or put the values into a literal: run("cp \(file) /tmp")
        3 | let name = "shop"
        4 | let t = task("t", "A task") {
        5 |   hosts("web") { run("systemctl restart " + name) }
          |                  `- error: 'run' is unavailable: a String is not a Command: write run("\(raw: text)") for shell text, or put the values into a literal: run("cp \(file) /tmp")
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string local",
      #"""
      import Tasks

      let command = "uptime"
      let t = task("t", "A task") {
        local(command)
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:9: error: cannot convert value of type 'String' to expected argument type 'Command'
        3 | let command = "uptime"
        4 | let t = task("t", "A task") {
        5 |   local(command)
          |         `- error: cannot convert value of type 'String' to expected argument type 'Command'
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: write "\(raw: text)" if text is shell text, "\(text)" if it is one word
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string path",
      #"""
      import Tasks

      let path = "/srv/shop"
      let t = task("t", "A task") {
        hosts("web") { within(path) { run("ls") } }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:25: error: cannot convert value of type 'String' to expected argument type 'Text'
        3 | let path = "/srv/shop"
        4 | let t = task("t", "A task") {
        5 |   hosts("web") { within(path) { run("ls") } }
          |                         `- error: cannot convert value of type 'String' to expected argument type 'Text'
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: write it as a literal: "\(path)"
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string pattern",
      #"""
      import Tasks

      let role = "web"
      let t = task("t", "A task") {
        hosts(role) { run("ls") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:9: error: cannot convert value of type 'String' to expected argument type 'Pattern'
        3 | let role = "web"
        4 | let t = task("t", "A task") {
        5 |   hosts(role) { run("ls") }
          |         `- error: cannot convert value of type 'String' to expected argument type 'Pattern'
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: write it as a literal, "\(name)", or as .role(name) or .host(name)
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string service",
      #"""
      import Tasks

      let unit = "shop"
      let t = task("t", "A task") {
        hosts("web") { restart(unit) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:26: error: cannot convert value of type 'String' to expected argument type 'Service'
        3 | let unit = "shop"
        4 | let t = task("t", "A task") {
        5 |   hosts("web") { restart(unit) }
          |                          `- error: cannot convert value of type 'String' to expected argument type 'Service'
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: write .unit("\(name)")
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string inventory",
      #"""
      import Tasks

      let path = "hosts.ini"
      let t = task("t", "A task") { local("echo") }
      let deployfile = Deployfile {
        environment("test", inventory: path)
        t
      }

      """#,
      says: #"""
        Deployfile.swift:6:34: error: cannot convert value of type 'String' to expected argument type 'InventorySource'
        4 | let t = task("t", "A task") { local("echo") }
        5 | let deployfile = Deployfile {
        6 |   environment("test", inventory: path)
          |                                  `- error: cannot convert value of type 'String' to expected argument type 'InventorySource'
        7 |   t
        8 | }
        hint: write it as a literal: "\(path)"
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "slack string",
      #"""
      import Tasks

      let t = task("t", "A task") {
        notify(.slack("https://hooks.slack.com/x"), "live")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:17: error: cannot convert value of type 'String' to expected argument type 'Secret'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   notify(.slack("https://hooks.slack.com/x"), "live")
          |                 `- error: cannot convert value of type 'String' to expected argument type 'Secret'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: a secret does not stand in a Deployfile: write .environment("NAME"), .file("PATH"), .command("...") or .prompt("...")
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "captured as text",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { capture("date", as: "now") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:38: error: cannot convert value of type 'String' to expected argument type 'Captured'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { capture("date", as: "now") }
          |                                      `- error: cannot convert value of type 'String' to expected argument type 'Captured'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: declare a place for it, let previous = Captured("previous"), and name that
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string duration",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("make").timeout("5s") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:38: error: cannot convert value of type 'String' to expected argument type 'Duration'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("make").timeout("5s") }
          |                                      `- error: cannot convert value of type 'String' to expected argument type 'Duration'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: write .seconds(5), .seconds(2 * 60) or .milliseconds(250)
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "string share",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          serially(by: "25%") { run("make") }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:18: error: cannot convert value of type 'String' to expected argument type 'Batches'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     serially(by: "25%") { run("make") }
          |                  `- error: cannot convert value of type 'String' to expected argument type 'Batches'
        6 |   }
        7 | }
        hint: write by: .count(2), by: .percent(25), or by: [.count(1), .rest]
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
