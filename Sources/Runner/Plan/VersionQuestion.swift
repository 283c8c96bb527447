import Tasks

/// What only an index can say: the version that a word means for a package.
package struct VersionQuestion: Sendable, Hashable {
  package var package: Package
  /// `latest`, or specifiers.
  package var word: String
}

/// A version that must be in an index before a run begins.
package struct WantedVersion: Sendable {
  package var package: Package
  package var version: Version
  /// What names it: `--version`, or a line of the Deployfile.
  package var place: String

  /// The versions that a task's parameters name, or have by default, of packages that are declared with them.
  static func named(by words: [String: [String]], of task: TaskDefinition) -> [WantedVersion] {
    task.parameters.flatMap { parameter -> [WantedVersion] in
      guard let package = parameter.package else { return [] }
      let given = words[parameter.name].map { parameter.isList ? $0 : $0.suffix(1) }
      let texts = given ?? parameter.defaultText.map { $0.split(separator: " ").map(String.init) } ?? []
      return texts.compactMap { Version($0) }.map { WantedVersion(package: package, version: $0, place: "--\(parameter.name)") }
    }
  }
}

extension Plan {
  /// All versions that the plan needs, each once.
  package var wantedVersions: [WantedVersion] {
    var seen: Set<VersionQuestion> = []
    let installed = steps.compactMap { step in
      step.installs.map { WantedVersion(package: $0.package, version: $0.version, place: "\(step.location)") }
    }
    return (wanted + installed).filter { seen.insert(VersionQuestion(package: $0.package, word: $0.version.description)).inserted }
  }
}
