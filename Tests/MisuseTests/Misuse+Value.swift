extension Misuse {
  /// Values of the wrong type.
  static let values = [
    Misuse(
      "invoke constant",
      #"""
      import Tasks

      let build = task("build", "Build") { local("make") }
      let t = task("t", "A task") {
        invoke(build)
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:10: error: cannot convert value of type 'TaskDefinition' to expected argument type 'String'
        3 | let build = task("build", "Build") { local("make") }
        4 | let t = task("t", "A task") {
        5 |   invoke(build)
          |          `- error: cannot convert value of type 'TaskDefinition' to expected argument type 'String'
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: invoke takes the task's name: invoke("name")
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "with number",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { with(["PORT": 80]) { run("make") } }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:32: error: cannot convert value of type 'Int' to expected dictionary value type 'Text'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { with(["PORT": 80]) { run("make") } }
          |                                `- error: cannot convert value of type 'Int' to expected dictionary value type 'Text'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: values of variables are texts: ["PORT": "80"]
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "optional in command",
      #"""
      import Tasks

      let color = Parameter<String?>("color", "which")
      let t = task("t", "A task", color) { color in
        hosts("web") { run("paint \(color)") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:30: error: this value is optional: unwrap it before it goes into a command, for example with if let value { ... } or value ?? "none"
        3 | let color = Parameter<String?>("color", "which")
        4 | let t = task("t", "A task", color) { color in
        5 |   hosts("web") { run("paint \(color)") }
          |                              `- error: this value is optional: unwrap it before it goes into a command, for example with if let value { ... } or value ?? "none"
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "optional in text",
      #"""
      import Tasks

      let color = Parameter<String?>("color", "which")
      let t = task("t", "A task", color) { color in
        hosts("web") { upload("\(color).png", to: "/srv/banner.png") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:27: error: this value is optional: unwrap it before it goes into a text, for example with if let value { ... } or value ?? "none"
        3 | let color = Parameter<String?>("color", "which")
        4 | let t = task("t", "A task", color) { color in
        5 |   hosts("web") { upload("\(color).png", to: "/srv/banner.png") }
          |                           `- error: this value is optional: unwrap it before it goes into a text, for example with if let value { ... } or value ?? "none"
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "struct in command",
      #"""
      import Tasks

      struct Size { var width = 3 }
      let t = task("t", "A task") {
        hosts("web") { run("paint \(Size())") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:30: error: this value has no text for a command: put one of its properties in, or make its type CustomStringConvertible
        3 | struct Size { var width = 3 }
        4 | let t = task("t", "A task") {
        5 |   hosts("web") { run("paint \(Size())") }
          |                              `- error: this value has no text for a command: put one of its properties in, or make its type CustomStringConvertible
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "parameter not listed",
      #"""
      import Tasks

      let version = Parameter<Version>("version", "which")

      let t = task("t", "A task") {
        local("echo \(version)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:16: error: this is the parameter, not its value: list it behind the task's summary and name its value, task("name", "summary", version) { version in ... }
        4 | 
        5 | let t = task("t", "A task") {
        6 |   local("echo \(version)")
          |                `- error: this is the parameter, not its value: list it behind the task's summary and name its value, task("name", "summary", version) { version in ... }
        7 | }
        8 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "number duration",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("make").timeout(5) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:38: error: cannot convert value of type 'Int' to expected argument type 'Duration'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("make").timeout(5) }
          |                                      `- error: cannot convert value of type 'Int' to expected argument type 'Duration'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: write .seconds(5), .seconds(2 * 60) or .milliseconds(250)
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "minutes duration",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("make").timeout(.minutes(5)) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:39: error: type 'Duration' has no member 'minutes'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("make").timeout(.minutes(5)) }
          |                                       `- error: type 'Duration' has no member 'minutes'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: write .seconds(5), .seconds(2 * 60) or .milliseconds(250)
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "number share",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          serially(by: 2) { run("make") }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:18: error: cannot convert value of type 'Int' to expected argument type 'Batches'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     serially(by: 2) { run("make") }
          |                  `- error: cannot convert value of type 'Int' to expected argument type 'Batches'
        6 |   }
        7 | }
        hint: write by: .count(2), by: .percent(25), or by: [.count(1), .rest]
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
