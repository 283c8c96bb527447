extension Misuse {
  /// Swift that no block takes.
  static let statements = [
    Misuse(
      "text as stage",
      #"""
      import Tasks

      let t = task("t", "A task") {
        "uptime"
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: a text is not a stage: write local("..."), or run("...") inside hosts("...") { }
        2 | 
        3 | let t = task("t", "A task") {
        4 |   "uptime"
          |   `- error: a text is not a stage: write local("..."), or run("...") inside hosts("...") { }
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "text as phase",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          "uptime"
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:5: error: a text is not a step: write run("...")
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     "uptime"
          |     `- error: a text is not a step: write run("...")
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "text as step",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          parallel {
            "uptime"
          }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:7: error: a text is not a step: write run("...")
         4 |   hosts("web") {
         5 |     parallel {
         6 |       "uptime"
           |       `- error: a text is not a step: write run("...")
         7 |     }
         8 |   }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "number as step",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          parallel {
            42
          }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:7: error: this is not a step; steps are run, capture, upload, download, sync, render, restart, reload, start, stop, waitFor, perform, and the scopes within, with, sudo and when
         4 |   hosts("web") {
         5 |     parallel {
         6 |       42
           |       `- error: this is not a step; steps are run, capture, upload, download, sync, render, restart, reload, start, stop, waitFor, perform, and the scopes within, with, sudo and when
         7 |     }
         8 |   }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "print in task",
      #"""
      import Tasks

      let t = task("t", "A task") {
        print("hello")
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: this would happen while the plan is made, on this machine: list stages such as hosts and local here, and prepare values with let or in a function
        2 | 
        3 | let t = task("t", "A task") {
        4 |   print("hello")
          |   `- error: this would happen while the plan is made, on this machine: list stages such as hosts and local here, and prepare values with let or in a function
        5 |   local("echo")
        6 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "mutated var",
      #"""
      import Tasks

      let t = task("t", "A task") {
        var names: [String] = []
        names.append("x")
        local("echo \(names)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:3: error: this would happen while the plan is made, on this machine: list stages such as hosts and local here, and prepare values with let or in a function
        3 | let t = task("t", "A task") {
        4 |   var names: [String] = []
        5 |   names.append("x")
          |   `- error: this would happen while the plan is made, on this machine: list stages such as hosts and local here, and prepare values with let or in a function
        6 |   local("echo \(names)")
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "guard in builder",
      #"""
      import Tasks

      let version = Parameter<Version?>("version", "which")
      let t = task("t", "A task", version) { version in
        guard let version else { return }
        local("echo \(version)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:28: error: cannot use explicit 'return' statement in the body of result builder 'Stages'
        3 | let version = Parameter<Version?>("version", "which")
        4 | let t = task("t", "A task", version) { version in
        5 |   guard let version else { return }
          |                            |- error: cannot use explicit 'return' statement in the body of result builder 'Stages'
          |                            `- note: remove 'return' statements to apply the result builder
        6 |   local("echo \(version)")
        7 | }
        hint: a block lists what is to be done, so nothing returns from it: instead of guard or return, write if ... { } else { }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "return in builder",
      #"""
      import Tasks

      let t = task("t", "A task") {
        local("echo 1")
        return local("echo 2")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:3: error: cannot use explicit 'return' statement in the body of result builder 'Stages'
        3 | let t = task("t", "A task") {
        4 |   local("echo 1")
        5 |   return local("echo 2")
          |   |- error: cannot use explicit 'return' statement in the body of result builder 'Stages'
          |   `- note: remove 'return' statements to apply the result builder
        6 | }
        7 | let deployfile = Deployfile { t }
        hint: a block lists what is to be done, so nothing returns from it: instead of guard or return, write if ... { } else { }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "try in builder",
      #"""
      import Tasks

      func plan() throws -> String { "x" }
      let t = task("t", "A task") {
        local("echo \(try plan())")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:29: error: invalid conversion from throwing function of type '@Sendable () throws -> [Stage]' to non-throwing function type '@Sendable () -> [Stage]'
        2 | 
        3 | func plan() throws -> String { "x" }
        4 | let t = task("t", "A task") {
          |                             `- error: invalid conversion from throwing function of type '@Sendable () throws -> [Stage]' to non-throwing function type '@Sendable () -> [Stage]'
        5 |   local("echo \(try plan())")
        6 | }
        hint: a block is evaluated while the plan is made, so it cannot fail or wait: what must happen on a host stands in perform("name") { session in ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "await in builder",
      #"""
      import Tasks

      func plan() async -> String { "x" }
      let t = task("t", "A task") {
        let text = await plan()
        local("echo \(text)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:29: error: cannot pass function of type '@Sendable () async -> [Stage]' to parameter expecting synchronous function type
        2 | 
        3 | func plan() async -> String { "x" }
        4 | let t = task("t", "A task") {
          |                             `- error: cannot pass function of type '@Sendable () async -> [Stage]' to parameter expecting synchronous function type
        5 |   let text = await plan()
          |              `- note: 'async' inferred from asynchronous operation used here
        6 |   local("echo \(text)")
        7 | }
        hint: a block is evaluated while the plan is made, so it cannot fail or wait: what must happen on a host stands in perform("name") { session in ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
