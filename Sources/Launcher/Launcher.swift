import Runner

/// Finds the Deployfile, compiles it unless that has been done, and becomes the compiled program.
@main
enum Launcher {
  static func main() {
    do throws(LauncherError) {
      let words = Words(CommandLine.arguments.dropFirst())
      let errand = try Errand.find(in: words)
      let location = try Location.find(words)
      if let status = Usage.answer(words.all, found: location != nil) { exit(status.rawValue) }
      guard let location else { throw .noDeployfile(searched: Location.searched) }

      let library = try Library.find()
      let toolchain = try Toolchain.find(for: location)
      switch errand {
      case .edit(let answersYes):
        try Editing(location: location, library: library, toolchain: toolchain, answersYes: answersYes).run()
      case .build(let path):
        let file = try BuiltFile(path)
        let build = Build(location: location, library: library, toolchain: toolchain, cache: try CacheFolder.open(), form: .built)
        try file.put(try build.program(), from: location)
      case nil:
        let build = Build(location: location, library: library, toolchain: toolchain, cache: try CacheFolder.open(), form: .launched)
        try build.program().start(at: location)
      }
    } catch {
      leave(error)
    }
  }

  private static func leave(_ error: LauncherError) -> Never {
    // The terminal and the caller's shell learn of a signal from how we die, not from a status we make up.
    if case .interrupted(let signal) = error { HeldSignals.die(of: signal) }
    let failure = error.failure
    Notice.write(error.compilerText + failure.text)
    exit(failure.status.rawValue)
  }
}
