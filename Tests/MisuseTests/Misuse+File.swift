extension Misuse {
  /// The file as a whole.
  static let files = [
    Misuse(
      "global var",
      #"""
      import Tasks

      var count = 0

      let t = task("t", "A task") {
        local("echo \(count)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:5: error: var 'count' is not concurrency-safe because it is nonisolated global shared mutable state [#MutableGlobalVariable]
        1 | import Tasks
        2 | 
        3 | var count = 0
          |     |- error: var 'count' is not concurrency-safe because it is nonisolated global shared mutable state [#MutableGlobalVariable]
          |     |- note: convert 'count' to a 'let' constant to make 'Sendable' shared state immutable
          |     |- note: add '@MainActor' to make var 'count' part of global actor 'MainActor'
          |     `- note: disable concurrency-safety checks if accesses are protected by an external synchronization mechanism
        4 | 
        5 | let t = task("t", "A task") {

        [#MutableGlobalVariable]: <https://docs.swift.org/compiler/documentation/diagnostics/mutable-global-variable>
        hint: hosts are worked on at the same time, so nothing global may change: make it a `let`
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "no deployfile",
      #"""
      import Tasks

      let t = task("t", "A task") { local("echo") }

      """#,
      says: #"""
        hint: `let deployfile` is missing: list the tasks at the end of the file, as in `let deployfile = Deployfile { deploy }`
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "wrong deployfile",
      #"""
      import Tasks

      let t = task("t", "A task") { local("echo") }
      let deployfile = [t]

      """#,
      says: #"""
        hint: `deployfile` is not a Deployfile: declare it as `let deployfile = Deployfile { ... }`
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "top level statement",
      #"""
      import Tasks

      let t = task("t", "A task") { local("echo") }
      print("loaded")
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:1: error: expressions are not allowed at the top level
        2 | 
        3 | let t = task("t", "A task") { local("echo") }
        4 | print("loaded")
          | `- error: expressions are not allowed at the top level
        5 | let deployfile = Deployfile { t }
        6 | 
        hint: a Deployfile holds declarations only: put what is to be done into a task, and lists of tasks into `let deployfile`
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "top level for",
      #"""
      import Tasks

      for name in ["a", "b"] {
        print(name)
      }
      let deployfile = Deployfile {}

      """#,
      says: #"""
        Deployfile.swift:3:1: error: statements are not allowed at the top level
        1 | import Tasks
        2 | 
        3 | for name in ["a", "b"] {
          | `- error: statements are not allowed at the top level
        4 |   print(name)
        5 | }
        hint: a Deployfile holds declarations only: put what is to be done into a task, and lists of tasks into `let deployfile`
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "no import",
      #"""
      let t = task("t", "A task") { local("echo") }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:1:9: error: cannot find 'task' in scope
        1 | let t = task("t", "A task") { local("echo") }
          |         `- error: cannot find 'task' in scope
        2 | let deployfile = Deployfile { t }
        3 | 

        Deployfile.swift:1:31: error: cannot find 'local' in scope
        1 | let t = task("t", "A task") { local("echo") }
          |                               `- error: cannot find 'local' in scope
        2 | let deployfile = Deployfile { t }
        3 | 

        Deployfile.swift:2:18: error: cannot call value of non-function type 'module<Deployfile>'
        1 | let t = task("t", "A task") { local("echo") }
        2 | let deployfile = Deployfile { t }
          |                  `- error: cannot call value of non-function type 'module<Deployfile>'
        3 | 
        hint: add `import Tasks` as the first line of each file
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "missing brace",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          run("uptime")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:8:1: error: expected '}' at end of closure
        1 | import Tasks
        2 | 
        3 | let t = task("t", "A task") {
          |                             `- note: to match this opening '{'
        4 |   hosts("web") {
        5 |     run("uptime")
        6 | }
        7 | let deployfile = Deployfile { t }
        8 | 
          | `- error: expected '}' at end of closure
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "missing quote",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("uptime) }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:22: error: unterminated string literal
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("uptime) }
          |                      `- error: unterminated string literal
        5 | }
        6 | let deployfile = Deployfile { t }

        Deployfile.swift:7:1: error: expected '}' at end of closure
        1 | import Tasks
        2 | 
        3 | let t = task("t", "A task") {
          |                             `- note: to match this opening '{'
        4 |   hosts("web") { run("uptime) }
        5 | }
        6 | let deployfile = Deployfile { t }
        7 | 
          | `- error: expected '}' at end of closure

        Deployfile.swift:4:22: error: missing argument for parameter #1 in call
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("uptime) }
          |                      `- error: missing argument for parameter #1 in call
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
