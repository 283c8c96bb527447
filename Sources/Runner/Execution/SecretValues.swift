import Tasks

/// Reads the values of secrets, before anything is touched.
package enum SecretValues {
  package enum Problem: Error, Equatable {
    case noVariable(String)
    case file(SystemError)
    /// Somebody else could have written the file.
    case untrusted(FileTrust.Problem)
    case command(String, status: Int32?, errorOutput: String)
    case noTerminal(question: String)
    case empty(Secret)
    case holdsZeroByte(Secret)
    /// Plans refuse it; nothing is left that could be read.
    case lost
    /// sudo reads one line.
    case holdsLineBreak(Secret)
  }

  /// The values of all secrets of a plan; each is read once.
  @Engine package static func read(
    _ secrets: Set<Secret>, root: String, _ trust: FileTrust
  ) async throws(Problem) -> [Secret: [UInt8]] {
    if !secrets.isEmpty { Platform.refuseCoreDumps() }
    var values: [Secret: [UInt8]] = [:]
    // Commands and questions come last: what is known by then is hidden in their words.
    for secret in secrets.sorted(by: { ($0.source.order, "\($0.source)") < ($1.source.order, "\($1.source)") }) {
      let value: [UInt8]
      do throws(Problem) { value = withoutFinalNewline(try await self.value(of: secret, root: root, trust)) } catch {
        throw error.masked(Masker(values))
      }
      if value.isEmpty { throw .empty(secret) }
      if value.contains(0) { throw .holdsZeroByte(secret) }
      values[secret] = value
    }
    return values
  }

  @Engine private static func value(of secret: Secret, root: String, _ trust: FileTrust) async throws(Problem) -> [UInt8] {
    switch secret.source {
    case .environment(let name):
      guard let value = ProcessEnvironment.value(name) else { throw .noVariable(name) }
      return Array(value.utf8)
    case .file(let path):
      do { try trust.check(absolute(path, in: root)) } catch { throw .untrusted(error) }
      do { return try File.read(absolute(path, in: root)) } catch { throw .file(error) }
    case .command(let command):
      let result: (exit: ChildExit, output: [UInt8], errorOutput: [UInt8])
      do throws(SpawnError) { result = try await runProgram(["/bin/sh", "-c", command], folder: root) } catch {
        throw .command(command, status: nil, errorOutput: error.reason)
      }
      guard result.exit.isSuccess else {
        let status: Int32? = if case .exited(let status) = result.exit { status } else { nil }
        let words = String(decoding: result.errorOutput, as: UTF8.self)
        // What it has printed may be the secret all the same, and some programs say everything twice.
        let printed = Masker(words: [String(decoding: result.output, as: UTF8.self)])
        throw Problem.command(command, status: status, errorOutput: words).masked(printed)
      }
      return result.output
    case .lost: throw .lost
    case .prompt(let question):
      guard let answer = Terminal.secret("\(question): ") else { throw .noTerminal(question: question) }
      return answer
    }
  }
}

extension Secret.Source {
  fileprivate var order: Int {
    switch self {
    case .environment, .lost: 0
    case .file: 1
    case .command: 2
    case .prompt: 3
    }
  }
}

extension SecretValues.Problem {
  /// Programs may say anything in their complaints.
  fileprivate func masked(_ masker: Masker) -> SecretValues.Problem {
    guard case .command(let command, let status, let output) = self else { return self }
    return .command(command, status: status, errorOutput: masker.mask(output))
  }
}

extension Plan {
  /// Our environment without the variables that hold secrets: `ssh` is to know none of them, and could be configured to send them.
  package static func environmentOfSSH(for plans: [Plan]) -> [String] {
    ProcessEnvironment.list(
      without: Set(plans.flatMap(\.secrets).compactMap { if case .environment(let name) = $0.source { name } else { nil } }))
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
