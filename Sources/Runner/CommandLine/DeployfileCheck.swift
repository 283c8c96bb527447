import Tasks

/// What the compiler cannot see in a Deployfile: names that clash.
package enum DeployfileError: Error {
  case sameName(kind: String, String, first: SourceLocation, second: SourceLocation)
  case badName(kind: String, String, at: SourceLocation)
  /// `run a:b` could mean the task `a:b`, or the task `a` in the environment `b`.
  case ambiguous(task: String, other: String, environment: String, at: SourceLocation)
  case sameParameter(String, task: String, at: SourceLocation)
  case reservedParameter(String, task: String, at: SourceLocation)
}

package enum DeployfileCheck {
  package static func check(_ deployfile: Deployfile) throws(DeployfileError) {
    let environments = deployfile.environments.map { (kind: "environment", name: $0.name, location: $0.location) }
    let tasks = deployfile.tasks.map { (kind: "task", name: $0.name, location: $0.location) }
    for declared in [environments, tasks] {
      var places: [String: SourceLocation] = [:]
      for (kind, name, location) in declared {
        if !isName(name, colons: kind == "task") { throw .badName(kind: kind, name, at: location) }
        if let first = places.updateValue(location, forKey: name) {
          throw .sameName(kind: kind, name, first: first, second: location)
        }
      }
    }
    for task in deployfile.tasks {
      try checkParameters(of: task)
      guard let colon = task.name.lastIndex(of: ":") else { continue }
      let other = String(task.name[..<colon]), environment = String(task.name[task.name.index(after: colon)...])
      if deployfile.tasks.contains(where: { $0.name == other }), deployfile.environments.contains(where: { $0.name == environment }) {
        throw .ambiguous(task: task.name, other: other, environment: environment, at: task.location)
      }
    }
  }

  private static func checkParameters(of task: TaskDefinition) throws(DeployfileError) {
    var seen: Set<String> = []
    for parameter in task.parameters {
      if !isName(parameter.name, colons: false) { throw .badName(kind: "parameter", parameter.name, at: task.location) }
      if Option.early.contains(where: { $0.rawValue == parameter.name }) {
        throw .reservedParameter(parameter.name, task: task.name, at: task.location)
      }
      if !seen.insert(parameter.name).inserted { throw .sameParameter(parameter.name, task: task.name, at: task.location) }
    }
  }

  /// Names are typed on a command line: letters, digits, `-`, `_`, `.`, and `:` between the parts of a task's name.
  private static func isName(_ name: String, colons: Bool) -> Bool {
    guard let first = name.first, first.isLetter || first.isNumber, name.last != ":" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) || (colons && $0 == ":") }
  }
}
