extension Misuse {
  /// Stages, phases and steps in the wrong place.
  static let places = [
    Misuse(
      "step outside hosts",
      #"""
      import Tasks

      let t = task("t", "A task") {
        run("uptime")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: a step runs on hosts: put it inside hosts("...") { }, or use local("...") for a command on this machine
        2 | 
        3 | let t = task("t", "A task") {
        4 |   run("uptime")
          |   `- error: a step runs on hosts: put it inside hosts("...") { }, or use local("...") for a command on this machine
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "phase outside hosts",
      #"""
      import Tasks

      let t = task("t", "A task") {
        parallel { run("uptime") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: parallel { } and serially { } run on hosts: put them inside hosts("...") { }
        2 | 
        3 | let t = task("t", "A task") {
        4 |   parallel { run("uptime") }
          |   `- error: parallel { } and serially { } run on hosts: put them inside hosts("...") { }
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "scope outside hosts",
      #"""
      import Tasks

      let t = task("t", "A task") {
        within("/srv") { run("uptime") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: steps run on hosts: put them inside hosts("...") { }
        2 | 
        3 | let t = task("t", "A task") {
        4 |   within("/srv") { run("uptime") }
          |   `- error: steps run on hosts: put them inside hosts("...") { }
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "hosts in phase",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          parallel {
            hosts("db") { run("uptime") }
          }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:7: error: hosts, local, notify and other stages cannot stand among the steps of a phase: put them directly inside the task
         4 |   hosts("web") {
         5 |     parallel {
         6 |       hosts("db") { run("uptime") }
           |       `- error: hosts, local, notify and other stages cannot stand among the steps of a phase: put them directly inside the task
         7 |     }
         8 |   }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "hosts in hosts",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          hosts("db") { run("uptime") }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:5: error: a stage cannot stand inside hosts("...") { }: put hosts, local, notify, confirm, invoke and locked side by side, directly inside the task
        3 | let t = task("t", "A task") {
        4 |   hosts("web") {
        5 |     hosts("db") { run("uptime") }
          |     `- error: a stage cannot stand inside hosts("...") { }: put hosts, local, notify, confirm, invoke and locked side by side, directly inside the task
        6 |   }
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "local in hosts",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          run("uptime")
          local("git tag live")
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:5: error: a stage cannot stand inside hosts("...") { }: put hosts, local, notify, confirm, invoke and locked side by side, directly inside the task
         4 |   hosts("web") {
         5 |     run("uptime")
         6 |     local("git tag live")
           |     `- error: a stage cannot stand inside hosts("...") { }: put hosts, local, notify, confirm, invoke and locked side by side, directly inside the task
         7 |   }
         8 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "phase in phase",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          serially {
            parallel { run("uptime") }
          }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:7: error: a phase cannot stand inside a phase: put parallel { } and serially { } side by side, directly inside hosts("...") { }
         4 |   hosts("web") {
         5 |     serially {
         6 |       parallel { run("uptime") }
           |       `- error: a phase cannot stand inside a phase: put parallel { } and serially { } side by side, directly inside hosts("...") { }
         7 |     }
         8 |   }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "phase in scope",
      #"""
      import Tasks

      let t = task("t", "A task") {
        hosts("web") {
          within("/srv") {
            serially { run("uptime") }
          }
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:7: error: a phase cannot stand inside a phase: put parallel { } and serially { } side by side, directly inside hosts("...") { }
         4 |   hosts("web") {
         5 |     within("/srv") {
         6 |       serially { run("uptime") }
           |       `- error: a phase cannot stand inside a phase: put parallel { } and serially { } side by side, directly inside hosts("...") { }
         7 |     }
         8 |   }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
