import Tasks

extension SecretValues {
  /// Those that can be read without asking anybody, for the words of a program that fails before there is a plan.
  ///
  /// Such a program has our environment, and may print all of it.
  @Engine static func known(
    to deployfile: Deployfile, calls: [TaskCall], root: String, _ trust: FileTrust
  ) async -> [Secret: [UInt8]] {
    let secrets = secrets(of: deployfile, calls: calls)
    var values: [Secret: [UInt8]] = [:]
    for secret in secrets where secret.source.isSilent {
      if let value = try? await read([secret], root: root, trust)[secret] { values[secret] = value }
    }
    return values
  }

  /// The variables of our environment that hold a secret of the Deployfile, for programs that shall not inherit them.
  static func variables(of deployfile: Deployfile) -> Set<String> {
    var secrets = secrets(of: deployfile, calls: [])
    for environment in deployfile.environments { if let password = environment.sudoPassword { secrets.insert(password) } }
    return Set(secrets.compactMap { if case .environment(let name) = $0.source { name } else { nil } })
  }

  private static func secrets(of deployfile: Deployfile, calls: [TaskCall]) -> Set<Secret> {
    var secrets: Set<Secret> = []
    for task in deployfile.tasks {
      let words = calls.first { $0.task == task.name }?.words ?? [:]
      // A task that lacks a parameter says nothing yet.
      if let stages = try? task.stages(words) { find(in: stages, &secrets) }
    }
    return secrets
  }

  /// Stages, steps and commands are values without a plan's structure: whatever holds a secret is looked into.
  private static func find(in value: Any, _ secrets: inout Set<Secret>) {
    if let secret = value as? Secret {
      secrets.insert(secret)
    } else {
      for child in Mirror(reflecting: value).children { find(in: child.value, &secrets) }
    }
  }
}

extension Secret.Source {
  fileprivate var isSilent: Bool {
    switch self {
    case .environment, .file: true
    case .command, .prompt, .lost: false
    }
  }
}
