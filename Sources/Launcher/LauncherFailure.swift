import Runner

// Every sentence the launcher fails with, except the hints about the compiler's text (`Hint.swift`).
extension LauncherError {
  var failure: Failure {
    switch self {
    case .usage(let error): Failure(error)
    case .noDeployfile(let searched): deployfileNotFound(searched)
    case .fileOptionWithoutPath:
      Failure("--file needs a path", help: "For example: run --file deploy/Deployfile.swift --list")
    case .noSuchFile(let path):
      Failure("no such file", at: path, help: "--file takes the path of a Deployfile, or of the folder it is in.")
    case .notSwift(let path): Failure("not a Swift file", at: path, help: "The name of a Deployfile ends in .swift.")
    case .unreadable(let error):
      Failure("cannot be read: \(error.reason)", at: error.path, help: "Check who may read it: ls -l, on it and its folder.")
    case .unsafeFile(let problem): Failure(problem)
    case .keepsChanging(let location):
      Failure("changes while it is being compiled", at: location.path, help: "Run again when nothing writes to it any more.")
    case .noLibrary(let probed): libraryNotFound(probed)
    case .noCompiler(let form):
      Failure(
        "swiftc is not on PATH, and this Deployfile has not been \(form == .built ? "built" : "compiled") here before",
        help: "Install Swift from https://www.swift.org/install, or set SWIFT_EXEC to the path of swiftc.")
    case .noSuchCompiler(let name):
      Failure("SWIFT_EXEC names no program: \(name)", help: "Set it to the path of swiftc, or unset it to use the one on PATH.")
    case .cannotRun(let error):
      Failure("cannot be started: \(error.reason)", at: error.path, help: "Check the Swift installation: swiftc --version")
    case .compilerDoesNotRun(let path, let said):
      Failure("does not answer `-print-target-info`\(quoted(said))", at: path, help: "Check the Swift installation: swiftc --version")
    case .compilerEnded(let signal):
      Failure("swiftc was ended by signal \(signal)", help: signal == SIGKILL ? "The machine may be short of memory." : nil)
    case .otherCompiler(let library, let built, let found): mismatch(of: library, built: built, found: found)
    case .noRuntime(let identity):
      Failure(
        "this Deployfile was compiled by Swift \(identity.number), whose runtime is no longer in \(identity.runtime)",
        help: "Install Swift \(identity.number) again, or put the swiftc of another release on PATH.")
    case .noStaticRuntime(let identity, let path):
      Failure(
        "this installation of Swift \(identity.number) cannot make static programs: \(path) is missing",
        help: "Packages of some systems leave it out; install Swift from https://www.swift.org/install, or set SWIFT_EXEC to that swiftc.")
    case .didNotCompile(let location, let identity, _):
      Failure("\(location.name) did not compile (swiftc \(identity.number))")
    case .unsafeCache(let path, let reason): untrusted(path, reason)
    case .cacheUnusable(let error):
      Failure("cannot keep compiled Deployfiles: \(error.reason)", at: error.path, help: "Set PUSHBUTTON_CACHE_DIR to another folder.")
    case .cannotBuild(let path, let obstacle): blocked(path, obstacle)
    case .cannotWrite(let error): Failure("cannot be written: \(error.reason)", at: error.path)
    case .notSettings(let path):
      Failure(
        "is no JSON that sourcekit-lsp reads, so nothing can be added to it", at: path, help: "Mend it or move it away, and run again.")
    case .notConfirmed(let path):
      Failure("has other settings, and nobody said yes to adding to them", at: path, help: "Add --yes: those settings stay.")
    case .doesNotStart(let error):
      Failure("the compiled Deployfile does not start: \(error.reason)", at: error.path, help: "Remove that file and run again.")
    case .interrupted(let signal): Failure("interrupted by signal \(signal)", status: signal == SIGINT ? .interrupted : .terminated)
    }
  }

  /// What comes before the failure: the compiler's own text with our hints below it.
  var compilerText: String {
    guard case .didNotCompile(_, _, let diagnosis) = self else { return "" }
    let text = diagnosis.text.isEmpty || diagnosis.text.hasSuffix("\n") ? diagnosis.text : diagnosis.text + "\n"
    return text + diagnosis.hints.map { "hint: \($0)\n" }.joined()
  }
}

private func deployfileNotFound(_ searched: [String]) -> Failure {
  let above = searched.count > 1 ? " or a folder above it" : ""
  return Failure(
    "no Deployfile.swift in \(searched.first ?? "/")\(above)",
    help: "Go to a folder that has one, name one with --file PATH, or begin one with: run --init")
}

/// What `--doctor` says where there is nothing to look into.
func noDeployfileYet(_ searched: [String]) -> String {
  "none in \(searched.first ?? "/")\(searched.count > 1 ? " or a folder above it" : ""): run --init begins one"
}

/// What it says of a machine without a compiler.
let noCompilerFinding = Finding(
  "Swift", .warning, "swiftc is not on PATH: only Deployfiles that were compiled here before can be run",
  remedy: "Install Swift from https://www.swift.org/install, or set SWIFT_EXEC to the path of swiftc.")

private func libraryNotFound(_ probed: [String]) -> Failure {
  Failure(
    "Tasks.swiftmodule and libPushbutton.a are missing; looked in\n    \(probed.joined(separator: "\n    "))",
    help: "Build Pushbutton again, or set PUSHBUTTON_LIB_DIR to the folder that holds them.")
}

private func mismatch(of library: Library, built: String, found: Identity) -> Failure {
  Failure(
    "Pushbutton was built by Swift \(CompilerVersion.number(built)), but swiftc is \(found.number)",
    at: Path.parent(library.archive),
    help: "Build Pushbutton again with this swiftc (in a checkout: remove .build/release/built-by, then start bin/run),\n"
      + "  or put the swiftc of Swift \(CompilerVersion.number(built)) first on PATH.")
}

private func untrusted(_ path: String, _ reason: LauncherError.Reason) -> Failure {
  switch reason {
  case .notAFolder: Failure("is not a folder", at: path, help: "Remove it, or set PUSHBUTTON_CACHE_DIR to another folder.")
  case .ownedByAnother:
    Failure(
      "belongs to another user, who could put programs there for you to run", at: path,
      help: "Set PUSHBUTTON_CACHE_DIR to a folder of your own.")
  case .writableByOthers:
    Failure(
      "can be written by others, who could put programs there for you to run", at: path,
      help: "Take that right away with: chmod go-w '\(path)'")
  }
}

private func blocked(_ path: String, _ obstacle: BuiltFile.Obstacle) -> Failure {
  switch obstacle {
  case .folder:
    Failure("is a folder", at: path, help: "Name the program that is to be made in it, for example: -o \(Path.join(path, "deploy"))")
  case .notAFile: Failure("is no file, so no program can take its place", at: path, help: "Name another file.")
  case .notAProgram:
    Failure("is there already and is no program", at: path, help: "Remove it if it is not needed, or name another file.")
  case .noFolder(let folder): Failure("there is no such folder", at: folder, help: "Make it first: mkdir -p \(folder)")
  }
}

private func quoted(_ said: String) -> String {
  let line = said.split(separator: "\n").first.map(String.init) ?? ""
  return line.isEmpty ? "" : "; it says: \(line)"
}

extension Identity {
  fileprivate var number: String { CompilerVersion.number(version) }
}
