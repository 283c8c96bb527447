extension Misuse {
  /// Modifiers where there are none.
  static let modifiers = [
    Misuse(
      "unknown modifier",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          run("uptime").tiemout(.seconds(1))
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:19: error: value of type 'Step' has no member 'tiemout'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     run("uptime").tiemout(.seconds(1))
          |                   `- error: value of type 'Step' has no member 'tiemout'
        6 |   }
        7 | }

        Deployfile.swift:5:28: error: cannot infer contextual base in reference to member 'seconds'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     run("uptime").tiemout(.seconds(1))
          |                            `- error: cannot infer contextual base in reference to member 'seconds'
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "timeout on scope",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          within("/srv") { run("make") }.timeout(.seconds(5))
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:36: error: 'timeout' is unavailable: a scope or condition has no timeout of its own: put .timeout on the steps inside it
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     within("/srv") { run("make") }.timeout(.seconds(5))
          |                                    `- error: 'timeout' is unavailable: a scope or condition has no timeout of its own: put .timeout on the steps inside it
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "retry on when",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          when("test -f x") { run("make") }.retry(3)
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:39: error: 'retry(_:every:)' is unavailable: a scope or condition is not retried as a whole: put .retry on the steps inside it
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     when("test -f x") { run("make") }.retry(3)
          |                                       `- error: 'retry(_:every:)' is unavailable: a scope or condition is not retried as a whole: put .retry on the steps inside it
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "installs on a scope",
      #"""
      import Tasks

      let shop = Package("shop", index: "https://pypi.example.com/simple")
      let t = task("t", "A task", Parameter<Version>("version")) { version in
        hosts("web") {
          within("/srv") { run("pip install shop==\(version)") }.installs(version, of: shop)
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:60: error: 'installs(_:of:)' is unavailable: put .installs on the step inside the scope or condition that installs the package
         4 | let t = task("t", "A task", Parameter<Version>("version")) { version in
         5 |   hosts("web") {
         6 |     within("/srv") { run("pip install shop==\(version)") }.installs(version, of: shop)
           |                                                            `- error: 'installs(_:of:)' is unavailable: put .installs on the step inside the scope or condition that installs the package
         7 |   }
         8 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "named on stage",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") { run("make") }.named("build")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:32: error: value of type 'Stage' has no member 'named'
        2 | 
        3 | let t = task("t", "A task") {
        4 |   hosts("web") { run("make") }.named("build")
          |                                `- error: value of type 'Stage' has no member 'named'
        5 | }
        6 | let deployfile = Deployfile { t }
        hint: modifiers belong to steps: run("...").named("...").timeout(.seconds(5))
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "timeout on phase",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          parallel { run("make") }.timeout(.seconds(5))
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:30: error: value of type 'Phase' has no member 'timeout'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     parallel { run("make") }.timeout(.seconds(5))
          |                              `- error: value of type 'Phase' has no member 'timeout'
        6 |   }
        7 | }

        Deployfile.swift:5:39: error: cannot infer contextual base in reference to member 'seconds'
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     parallel { run("make") }.timeout(.seconds(5))
          |                                       `- error: cannot infer contextual base in reference to member 'seconds'
        6 |   }
        7 | }
        hint: modifiers belong to steps: run("...").named("...").timeout(.seconds(5))
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
