import Tasks

/// Reads the values of secrets, before anything is touched.
package enum SecretValues {
  package enum Problem: Error, Equatable {
    case noVariable(String)
    case file(SystemError)
    case command(String, status: Int32?, errorOutput: String)
    case noTerminal(question: String)
    case empty(Secret)
    case holdsZeroByte(Secret)
    /// sudo reads one line.
    case holdsLineBreak(Secret)
  }

  /// The values of all secrets of a plan; each is read once.
  @Engine package static func read(_ secrets: Set<Secret>, root: String) async throws(Problem) -> [Secret: [UInt8]] {
    var values: [Secret: [UInt8]] = [:]
    for secret in secrets.sorted(by: { "\($0.source)" < "\($1.source)" }) {
      let value = withoutFinalNewline(try await value(of: secret, root: root))
      if value.isEmpty { throw .empty(secret) }
      if value.contains(0) { throw .holdsZeroByte(secret) }
      values[secret] = value
    }
    return values
  }

  @Engine private static func value(of secret: Secret, root: String) async throws(Problem) -> [UInt8] {
    switch secret.source {
    case .environment(let name):
      guard let value = ProcessEnvironment.value(name) else { throw .noVariable(name) }
      return Array(value.utf8)
    case .file(let path):
      do { return try File.read(absolute(path, in: root)) } catch { throw .file(error) }
    case .command(let command):
      let result: (exit: ChildExit, output: [UInt8], errorOutput: [UInt8])
      do throws(SpawnError) { result = try await runProgram(["/bin/sh", "-c", command], folder: root) } catch {
        throw .command(command, status: nil, errorOutput: error.reason)
      }
      guard result.exit.isSuccess else {
        let status: Int32? = if case .exited(let status) = result.exit { status } else { nil }
        throw .command(command, status: status, errorOutput: String(decoding: result.errorOutput, as: UTF8.self))
      }
      return result.output
    case .prompt(let question):
      guard let answer = Terminal.secret("\(question): ") else { throw .noTerminal(question: question) }
      return answer
    }
  }
}

extension Plan {
  /// The variables that hold secrets: `ssh` is to know none of them, and could be configured to send them.
  package static func secretVariables(of plans: [Plan]) -> Set<String> {
    Set(plans.flatMap(\.secrets).compactMap { if case .environment(let name) = $0.source { name } else { nil } })
  }

  private var passwords: Set<Secret> { sudoPassword.map { [$0] } ?? [] }

  /// Every secret that a command, a path, a template or a notification of the plan holds.
  package var secrets: Set<Secret> {
    Set(
      steps.flatMap { step -> [Secret] in
        var fragments = step.attributes.folders.flatMap(\.fragments) + step.attributes.variables.flatMap(\.value.fragments)
        switch step.action {
        case .command(let command, _, _): fragments += command.fragments
        case .when(let test, _, _): fragments += test.fragments
        case .upload(.file, let to, _): fragments += to.fragments
        case .upload(.template(_, let content), let to, _): fragments += content.fragments + to.fragments
        case .download(let path, _): fragments += path.fragments
        case .sync, .perform: break
        }
        return fragments.compactMap { if case .secret(let secret) = $0 { secret } else { nil } }
      } + PlannedStage.notifications(of: stages).flatMap(\.secrets)
    ).union(PlannedStage.packages(of: stages).compactMap(\.credentials)).union(steps.contains(where: \.mayAskForPassword) ? passwords : [])
  }
}
