extension Misuse {
  /// What stands in `Deployfile { }` and does not belong there, and the other way round.
  static let declarations = [
    Misuse(
      "stage in deployfile",
      #"""
      import Tasks

      let deployfile = Deployfile {
        hosts("web") { run("uptime") }
      }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: hosts, local and other stages belong inside a task: task("name", "summary") { ... }
        2 | 
        3 | let deployfile = Deployfile {
        4 |   hosts("web") { run("uptime") }
          |   `- error: hosts, local and other stages belong inside a task: task("name", "summary") { ... }
        5 | }
        6 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "step in deployfile",
      #"""
      import Tasks

      let deployfile = Deployfile {
        run("uptime")
      }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: a step belongs inside a task: task("name", "summary") { hosts("...") { run("...") } }
        2 | 
        3 | let deployfile = Deployfile {
        4 |   run("uptime")
          |   `- error: a step belongs inside a task: task("name", "summary") { hosts("...") { run("...") } }
        5 | }
        6 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "phase in deployfile",
      #"""
      import Tasks

      let deployfile = Deployfile {
        parallel { run("uptime") }
      }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: a phase belongs inside a task: task("name", "summary") { hosts("...") { parallel { } } }
        2 | 
        3 | let deployfile = Deployfile {
        4 |   parallel { run("uptime") }
          |   `- error: a phase belongs inside a task: task("name", "summary") { hosts("...") { parallel { } } }
        5 | }
        6 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "text in deployfile",
      #"""
      import Tasks

      let deployfile = Deployfile {
        "deploy"
      }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: this is neither an environment nor a task; inside Deployfile { } stand environment(...) and task(...), or constants that hold them
        2 | 
        3 | let deployfile = Deployfile {
        4 |   "deploy"
          |   `- error: this is neither an environment nor a task; inside Deployfile { } stand environment(...) and task(...), or constants that hold them
        5 | }
        6 | 
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "task in task",
      #"""
      import Tasks

      let build = task("build", "Build") { local("make") }
      let t = task("t", "A task") {
        build
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:3: error: a task cannot stand inside a task: list it in Deployfile { }, and run it from here with invoke("name")
        3 | let build = task("build", "Build") { local("make") }
        4 | let t = task("t", "A task") {
        5 |   build
          |   `- error: a task cannot stand inside a task: list it in Deployfile { }, and run it from here with invoke("name")
        6 | }
        7 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "task in hosts",
      #"""
      import Tasks

      let build = task("build", "Build") { local("make") }
      let t = task("t", "A task") {
        hosts("web") {
          build
        }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:5: error: a task cannot stand inside hosts: list it in Deployfile { }, and run it from another task with invoke("name")
         4 | let t = task("t", "A task") {
         5 |   hosts("web") {
         6 |     build
           |     `- error: a task cannot stand inside hosts: list it in Deployfile { }, and run it from another task with invoke("name")
         7 |   }
         8 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "task declared in task",
      #"""
      import Tasks

      let t = task("t", "A task") {
        task("build", "Build") { local("make") }
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: a task cannot stand inside a task: list it in Deployfile { }, and run it from here with invoke("name")
        2 | 
        3 | let t = task("t", "A task") {
        4 |   task("build", "Build") { local("make") }
          |   `- error: a task cannot stand inside a task: list it in Deployfile { }, and run it from here with invoke("name")
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "environment in task",
      #"""
      import Tasks

      let t = task("t", "A task") {
        environment("test", inventory: "hosts.ini")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:3: error: an environment cannot stand inside a task: list it in Deployfile { }
        2 | 
        3 | let t = task("t", "A task") {
        4 |   environment("test", inventory: "hosts.ini")
          |   `- error: an environment cannot stand inside a task: list it in Deployfile { }
        5 | }
        6 | let deployfile = Deployfile { t }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
