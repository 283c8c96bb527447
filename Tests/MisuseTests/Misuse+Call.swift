extension Misuse {
  /// Functions called in a wrong way.
  static let calls = [
    Misuse(
      "unknown function",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          rum("uptime")
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:5: error: cannot find 'rum' in scope
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     rum("uptime")
          |     `- error: cannot find 'rum' in scope
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "unknown task name",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("uptime") }
      }
      let deployfile = Deployfile { tt }

      """#,
      says: #"""
        Deployfile.swift:6:31: error: cannot find 'tt' in scope
        4 |   hosts("web") { run("uptime") }
        5 | }
        6 | let deployfile = Deployfile { tt }
          |                               `- error: cannot find 'tt' in scope
        7 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "wrong label",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { upload("shop.whl", into: "/tmp/shop.whl") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:43: error: extra argument 'into' in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { upload("shop.whl", into: "/tmp/shop.whl") }
          |                                           `- error: extra argument 'into' in call
        5 | }
        6 | let deployfile = Deployfile { t }

        Deployfile.swift:4:35: error: missing argument for parameter 'to' in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { upload("shop.whl", into: "/tmp/shop.whl") }
          |                                   `- error: missing argument for parameter 'to' in call
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "missing label",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { upload("shop.whl", "/tmp/shop.whl") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:24: error: missing argument label 'to:' in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { upload("shop.whl", "/tmp/shop.whl") }
          |                        `- error: missing argument label 'to:' in call
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "missing destination",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { upload("shop.whl") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:35: error: missing argument for parameter 'to' in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { upload("shop.whl") }
          |                                   `- error: missing argument for parameter 'to' in call
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "wait without limit",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { waitFor(.tcp("localhost:80")) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:46: error: missing argument for parameter 'within' in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { waitFor(.tcp("localhost:80")) }
          |                                              `- error: missing argument for parameter 'within' in call
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "missing summary",
      #"""
      import Tasks

      let t = task("t") {
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:17: error: missing argument for parameter #2 in call
        1 | import Tasks
        2 | 
        3 | let t = task("t") {
          |                 `- error: missing argument for parameter #2 in call
        4 |   local("echo")
        5 | }
        hint: a task has a name and a summary: task("name", "summary") { ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "empty argument",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts { run("uptime") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:8: error: missing argument for parameter #1 in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts { run("uptime") }
          |        `- error: missing argument for parameter #1 in call
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: say which hosts: hosts("web") { ... }, or hosts("all") { ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "environment without inventory",
      #"""
      import Tasks

      let deployfile = Deployfile {
        environment("test")
      }

      """#,
      says: #"""
        Deployfile.swift:4:21: error: missing argument for parameter 'inventory' in call
        2 | 
        3 | let deployfile = Deployfile {
        4 |   environment("test")
          |                     `- error: missing argument for parameter 'inventory' in call
        5 | }
        6 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
