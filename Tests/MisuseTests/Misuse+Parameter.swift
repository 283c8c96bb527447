extension Misuse {
  /// Parameters, and the block that takes their values.
  static let parameters = [
    Misuse(
      "unsupported parameter",
      #"""
      import Tasks

      import Foundation
      let day = Parameter<Date>("day", "when to do it")

      let t = task("t", "A task", day) { day in
        local("echo \(day)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:25: error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
         2 | 
         3 | import Foundation
         4 | let day = Parameter<Date>("day", "when to do it")
           |                         `- error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
         5 | 
         6 | let t = task("t", "A task", day) { day in
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "unsupported list",
      #"""
      import Tasks

      let sizes = Parameter<[Float]>("sizes", "which")

      let t = task("t", "A task", sizes) { sizes in
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:30: error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
        1 | import Tasks
        2 | 
        3 | let sizes = Parameter<[Float]>("sizes", "which")
          |                              `- error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
        4 | 
        5 | let t = task("t", "A task", sizes) { sizes in
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "unsupported optional",
      #"""
      import Tasks

      let size = Parameter<Float?>("size", "which")

      let t = task("t", "A task", size) { size in
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:28: error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
        1 | import Tasks
        2 | 
        3 | let size = Parameter<Float?>("size", "which")
          |                            `- error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
        4 | 
        5 | let t = task("t", "A task", size) { size in
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "enum without cases",
      #"""
      import Tasks

      enum Color: String { case red, green }
      let color = Parameter<Color>("color", "which")

      let t = task("t", "A task", color) { color in
        local("echo \(color.rawValue)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:4:28: error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
         2 | 
         3 | enum Color: String { case red, green }
         4 | let color = Parameter<Color>("color", "which")
           |                            `- error: no parameter has this type: it is String, Int, Double, Bool, Version, an enum Name: String, CaseIterable, a ParameterValue of yours, or an array or optional of one of them
         5 | 
         6 | let t = task("t", "A task", color) { color in
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "optional default",
      #"""
      import Tasks

      let size = Parameter<Int?>("size", "which", default: 3)

      let t = task("t", "A task", size) { size in
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:26: error: an optional parameter has no default: it is nil when it is not given; write the type without ? to give it one
        1 | import Tasks
        2 | 
        3 | let size = Parameter<Int?>("size", "which", default: 3)
          |                          `- error: an optional parameter has no default: it is nil when it is not given; write the type without ? to give it one
        4 | 
        5 | let t = task("t", "A task", size) { size in
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "wrong default",
      #"""
      import Tasks

      let size = Parameter<Int>("size", "which", default: "3")

      let t = task("t", "A task", size) { size in
        local("echo \(size)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:53: error: cannot convert value of type 'String' to expected argument type 'Int'
        1 | import Tasks
        2 | 
        3 | let size = Parameter<Int>("size", "which", default: "3")
          |                                                     `- error: cannot convert value of type 'String' to expected argument type 'Int'
        4 | 
        5 | let t = task("t", "A task", size) { size in

        Deployfile.swift:5:37: error: cannot infer type of closure parameter 'size' without a type annotation
        3 | let size = Parameter<Int>("size", "which", default: "3")
        4 | 
        5 | let t = task("t", "A task", size) { size in
          |                                     `- error: cannot infer type of closure parameter 'size' without a type annotation
        6 |   local("echo \(size)")
        7 | }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "parameter without type",
      #"""
      import Tasks

      let version = Parameter("version", "which")

      let t = task("t", "A task", version) { version in
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:3:15: error: generic parameter 'Element' could not be inferred
        1 | import Tasks
        2 | 
        3 | let version = Parameter("version", "which")
          |               `- error: generic parameter 'Element' could not be inferred
        4 | 
        5 | let t = task("t", "A task", version) { version in

        Deployfile.swift:5:40: error: cannot infer type of closure parameter 'version' without a type annotation
        3 | let version = Parameter("version", "which")
        4 | 
        5 | let t = task("t", "A task", version) { version in
          |                                        `- error: cannot infer type of closure parameter 'version' without a type annotation
        6 |   local("echo")
        7 | }
        hint: say of which type it is: Parameter<Version>("version", ...)
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "too few values",
      #"""
      import Tasks

      let version = Parameter<Version>("version", "which")
      let force = Parameter<Bool>("force", "no questions", default: false)

      let t = task("t", "A task", version, force) { version in
        local("echo \(version)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:6:45: error: pack expansion requires that 'Version, Bool' and 'some CustomStringConvertible' have the same shape
         4 | let force = Parameter<Bool>("force", "no questions", default: false)
         5 | 
         6 | let t = task("t", "A task", version, force) { version in
           |                                             `- error: pack expansion requires that 'Version, Bool' and 'some CustomStringConvertible' have the same shape
         7 |   local("echo \(version)")
         8 | }
        hint: a task's block takes one value for each parameter, in their order: task("name", "summary", version, migrate) { version, migrate in ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "too many values",
      #"""
      import Tasks

      let version = Parameter<Version>("version", "which")

      let t = task("t", "A task", version) { version, force in
        local("echo \(version)")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:38: error: pack expansion requires that 'Version' and 'some CustomStringConvertible, _' have the same shape
        3 | let version = Parameter<Version>("version", "which")
        4 | 
        5 | let t = task("t", "A task", version) { version, force in
          |                                      `- error: pack expansion requires that 'Version' and 'some CustomStringConvertible, _' have the same shape
        6 |   local("echo \(version)")
        7 | }
        hint: a task's block takes one value for each parameter, in their order: task("name", "summary", version, migrate) { version, migrate in ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
    Misuse(
      "no values",
      #"""
      import Tasks

      let version = Parameter<Version>("version", "which")

      let t = task("t", "A task", version) {
        local("echo")
      }
      let deployfile = Deployfile { t }

      """#,
      says: #"""
        Deployfile.swift:5:38: error: pack expansion requires that 'Version' and '' have the same shape
        3 | let version = Parameter<Version>("version", "which")
        4 | 
        5 | let t = task("t", "A task", version) {
          |                                      `- error: pack expansion requires that 'Version' and '' have the same shape
        6 |   local("echo")
        7 | }
        hint: a task's block takes one value for each parameter, in their order: task("name", "summary", version, migrate) { version, migrate in ... }
        error: Deployfile.swift did not compile (swiftc VERSION)

        """#),
  ]
}
