import Runner

/// Finds the Deployfile, compiles it unless that has been done, and becomes the compiled program.
@main
enum Launcher {
  static func main() {
    if let request = CompletionRequest(CommandLine.arguments.dropFirst()) { complete(request) }
    do throws(LauncherError) {
      let words = Words(CommandLine.arguments.dropFirst())
      let errand = try Errand.find(in: words)
      if words.begins { exit(Beginning.run(words.all, file: words.file).rawValue) }
      let location = try Location.find(words)
      if let status = Usage.answer(words.all, found: location != nil) { exit(status.rawValue) }
      if words.asksDoctor { try Checkup(words, location).run() }
      guard let location else { throw .noDeployfile(searched: Location.searched) }
      switch errand {
      case .edit(let answersYes):
        try Editing(location: location, library: .find(), toolchain: .find(for: location), answersYes: answersYes).run()
      case .build(let path):
        let file = try BuiltFile(path)
        try file.put(try program(of: location, form: .built), from: location)
      case nil:
        try program(of: location).start(at: location)
      }
    } catch {
      leave(error)
    }
  }

  static func program(of location: Location, form: Form = .launched) throws(LauncherError) -> CompiledProgram {
    let library = try Library.find()
    let toolchain = try Toolchain.find(for: location)
    let cache = try CacheFolder.open()
    return try Build(location: location, library: library, toolchain: toolchain, cache: cache, form: form).program()
  }

  /// The same for a shell at whose prompt somebody types: whatever fails, nothing is said, and our own options are completed.
  private static func complete(_ request: CompletionRequest) -> Never {
    CompletionRequest.silence()
    do throws(LauncherError) {
      if let location = try Location.find(Words(request.before)) { try program(of: location).start(at: location) }
    } catch {
      if case .interrupted(let signal) = error { HeldSignals.die(of: signal) }
    }
    request.answerAlone()
  }

  private static func leave(_ error: LauncherError) -> Never {
    // The terminal and the caller's shell learn of a signal from how we die, not from a status we make up.
    if case .interrupted(let signal) = error { HeldSignals.die(of: signal) }
    let failure = error.failure
    Notice.write(error.compilerText + failure.text)
    exit(failure.status.rawValue)
  }
}
