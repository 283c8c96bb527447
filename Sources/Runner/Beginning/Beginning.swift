import Tasks

/// `run --init`: makes a Deployfile, from what another tool has or a new one, and overwrites nothing.
package struct Beginning: Sendable {
  let invocation: Invocation
  /// Where the Deployfile is to be.
  let path: String
  let folder: String

  /// The launcher has no Deployfile that would take these words.
  package static func run(_ words: [String], file: String?) -> ExitStatus {
    var parser = CommandLineParser(deployfile: Deployfile {}, words: words)
    do throws(UsageError) { return run(try parser.parse(), file: file) } catch { return leave(Failure(error)) }
  }

  static func run(_ invocation: Invocation, file: String?) -> ExitStatus {
    do throws(Failure) {
      return try Engine.settled { () async throws(Failure) in try await Beginning(invocation, file: file).runOnEngine() }
    } catch { return leave(error) }
  }

  private static func leave(_ failure: Failure) -> ExitStatus {
    try? File.write(Array(failure.text.utf8), to: 2)
    return failure.status
  }

  private init(_ invocation: Invocation, file: String?) throws(Failure) {
    self.invocation = invocation
    let file = file ?? "Deployfile.swift"
    let path = absolute(File.isFolder(file) ? "\(file)/Deployfile.swift" : file, in: File.workingFolder)
    guard path.hasSuffix(".swift") else { throw BeginningWords.notSwift(file) }
    self.path = path
    folder = PathText.folder(of: path)
  }

  @Engine private func runOnEngine() async throws(Failure) -> ExitStatus {
    if File.exists(path) { throw BeginningWords.exists(path) }
    let all = await Search.all(in: folder)
    let chosen = try choose(all)
    let draft = DeployfileDraft(chosen)
    var made = [path]
    try write(draft.text, to: path)
    if draft.isPlain {
      let inventory = "\(folder)/hosts.ini"
      if File.exists(inventory) {
        say(BeginningWords.keeps(inventory))
      } else {
        try write(DeployfileDraft.plainInventory, to: inventory)
        made.append(inventory)
      }
    }
    say(BeginningWords.made(made, draft, from: chosen, folder: folder))
    do { try FileTrust().check(path) } catch { say(Failure(error).text) }
    return .done
  }

  // MARK: Choosing

  private func choose(_ all: [Found]) throws(Failure) -> [Found] {
    if !invocation.origins.isEmpty {
      if invocation.origins == [.nothing] { return [] }
      for origin in invocation.origins where origin != .nothing && !all.contains(where: { $0.origin == origin }) {
        throw BeginningWords.notFound(origin, in: folder)
      }
      return all.filter { invocation.origins.contains($0.origin) }
    }
    if invocation.answersYes { return all }
    guard isatty(0) == 1 else { throw BeginningWords.noTerminal(all) }
    if all.isEmpty {
      guard try ask(BeginningWords.plainQuestion(folder)) else { throw BeginningWords.declined }
      return []
    }
    say(BeginningWords.heading)
    var chosen: [Found] = []
    for found in all { if try ask(BeginningWords.question(found)) { chosen.append(found) } }
    return chosen
  }

  /// Yes, unless somebody says no; a closed terminal ends it.
  private func ask(_ question: String) throws(Failure) -> Bool {
    guard let answer = Terminal.line("\(question) [Y/n] ") else { throw BeginningWords.declined }
    return !["n", "no"].contains(answer.lowercased())
  }

  // MARK: Files

  /// A new file; one that has come in between is left alone.
  private func write(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? BeginningWords.exists(path) : BeginningWords.cannotWrite(SystemError("open", path))
    }
    defer { close(descriptor) }
    do { try File.write(Array(text.utf8), to: descriptor, path: path) } catch {
      unlink(path)
      throw BeginningWords.cannotWrite(error)
    }
  }

  private func say(_ text: String) { try? File.write(Array(text.safeLines.utf8), to: 1) }
}
