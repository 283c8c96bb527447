import Tasks

extension Planner {
  /// The words with `latest` and specifiers replaced by the versions that they mean.
  ///
  /// Throws `unresolved` for one that no index was asked about yet.
  func resolved(_ words: [String: [String]], of task: TaskDefinition) throws(PlanError) -> [String: [String]] {
    var resolved = words
    for parameter in task.parameters where parameter.isVersion {
      guard let given = words[parameter.name] else { continue }
      var versions: [String] = []
      for word in given {
        let meaning: VersionWord
        do { meaning = try VersionWord(parsing: word) } catch { throw .parameter(.malformed(parameter, text: word), task: task.name) }
        if case .exact = meaning {
          versions.append(word)
          continue
        }
        guard let package = try package(of: parameter, in: task, words: words) else {
          throw .noPackage(parameter: parameter.name, word: word, task: task.name)
        }
        let question = VersionQuestion(package: package, word: word)
        guard let version = answers[question] else { throw .unresolved(question, parameter: parameter.name, task: task.name) }
        versions.append(version.description)
      }
      resolved[parameter.name] = versions
    }
    return resolved
  }

  /// The package whose version a parameter is: its own, or the one that a step installs, given a version that nobody else has.
  private func package(
    of parameter: ParameterDefinition, in task: TaskDefinition, words: [String: [String]]
  ) throws(PlanError) -> Package? {
    if let package = parameter.package { return package }
    let probe = VersionProbe(deployfile: deployfile)
    var words = probe.withoutOpenWords(words, of: task)
    words[parameter.name] = [VersionProbe.text]
    do { return probe.package(in: try task.stages(words), of: [task.name]) } catch { throw .parameter(error, task: task.name) }
  }
}

/// Looks for the step that installs the version under test.
private struct VersionProbe {
  let deployfile: Deployfile

  static let text = "1.0+pushbutton.probe"
  private static let version = Version(text)
  /// For parameters that are not under test.
  private static let other = "1.0+pushbutton.other"

  /// The words with something in place of what is not known yet.
  func withoutOpenWords(_ words: [String: [String]], of task: TaskDefinition) -> [String: [String]] {
    var words = words
    for parameter in task.parameters where parameter.isVersion {
      words[parameter.name] = words[parameter.name]?.map { Version($0) == nil ? Self.other : $0 }
    }
    return words
  }

  func package(in stages: [Stage], of tasks: [String]) -> Package? {
    for stage in stages {
      if let package = package(in: stage, of: tasks) { return package }
    }
    return nil
  }

  private func package(in stage: Stage, of tasks: [String]) -> Package? {
    switch stage.kind {
    case .hosts(_, let phases): return package(in: phases.flatMap(\.steps))
    case .locked(_, _, let stages): return package(in: stages, of: tasks)
    case .attempt(let stages, let others), .always(let stages, let others): return package(in: stages + others, of: tasks)
    case .invoke(let name, let values):
      guard !tasks.contains(name), let task = deployfile.tasks.first(where: { $0.name == name }) else { return nil }
      // What is wrong with another task's words is found when it is planned.
      let stages = try? task.stages(withoutOpenWords(values.mapValues { [$0] }, of: task))
      return stages.flatMap { package(in: $0, of: tasks + [name]) }
    case .local, .notify, .confirm, .versions: return nil
    }
  }

  private func package(in steps: [Step]) -> Package? {
    for step in steps {
      if let (package, version) = step.installs, version == Self.version { return package }
      if case .when(_, let then, let otherwise) = step.kind, let package = package(in: then + otherwise) { return package }
    }
    return nil
  }
}
