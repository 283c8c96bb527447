import Runner

/// `--doctor`, as far as the launcher goes: Pushbutton itself, the compiler, the cache, the Deployfile.
struct Checkup {
  private let words: Words
  private let location: Location?

  init(_ words: Words, _ location: Location?) {
    self.words = words
    self.location = location
  }

  /// Becomes the Deployfile's program, which goes on with hosts; where there is none, says what can be said without, and leaves.
  func run() throws(LauncherError) -> Never {
    var findings = [library, compiler]
    guard let location else {
      findings.append(cache)
      findings.append(Finding("Deployfile", .note, noDeployfileYet(Location.searched)))
      leave(findings, isBroken: false)
    }
    let program: CompiledProgram
    do throws(LauncherError) { program = try Launcher.program(of: location) } catch {
      if case .interrupted = error { throw error }
      Notice.write(error.compilerText)
      findings.append(cache)
      // The same trouble has been told already where it is the compiler's or the cache's.
      if !findings.contains(where: { $0.state == .problem }) { findings.append(Finding("Deployfile", .problem, error.failure)) }
      leave(findings, isBroken: true)
    }
    // With what has just been compiled.
    findings += [cache, Finding("Deployfile", .good, location.path)]
    setenv(DoctorHandover.variable, DoctorHandover.text(of: findings), 1)
    try program.start(at: location)
    exit(ExitStatus.invalid.rawValue)
  }

  private func leave(_ findings: [Finding], isBroken: Bool) -> Never {
    exit(Doctor.withoutProgram(words.all, findings, isBroken: isBroken).rawValue)
  }

  /// Where version managers look for the version that is wanted, when there is no Deployfile.
  private var place: Location {
    location ?? Location(folder: File.workingFolder, name: "Deployfile.swift", trust: FileTrust(isOff: words.trustsFiles))
  }

  private var library: Finding {
    do throws(LauncherError) {
      let library = try Library.find()
      let built = library.compiler.map { ", built by Swift \(CompilerVersion.number($0))" } ?? ""
      return Finding("Pushbutton", .good, "\(Usage.version)\(built), \(Path.parent(library.archive))")
    } catch {
      return Finding("Pushbutton", .problem, error.failure)
    }
  }

  private var compiler: Finding {
    do throws(LauncherError) {
      guard let toolchain = try Toolchain.find(for: place) else { return noCompilerFinding }
      let identity = try Identity.ask(toolchain.compiler, in: place.folder)
      if let library = try? Library.find(), let built = library.compiler, built != identity.version {
        throw .otherCompiler(of: library, built: built, found: identity)
      }
      return Finding("Swift", .good, "\(CompilerVersion.number(identity.version)), \(toolchain.compiler)")
    } catch {
      if case .interrupted(let signal) = error { HeldSignals.die(of: signal) }
      return Finding("Swift", .problem, error.failure)
    }
  }

  private var cache: Finding {
    do throws(LauncherError) {
      let cache = try CacheFolder.open()
      guard File.exists(cache.folder) else { return Finding("cache", .good, "\(cache.folder), which the first compilation makes") }
      guard access(cache.folder, W_OK | X_OK) == 0 else { throw .cacheUnusable(SystemError("open", cache.folder)) }
      let sizes = Folder.names(in: cache.programs).compactMap { File.status(Path.join(cache.programs, "\($0)/run"))?.st_size }
      let size = ByteCount.text(Int(sizes.reduce(0, +)))
      return Finding("cache", .good, "\(cache.folder), \(sizes.count) compiled \(sizes.count == 1 ? "Deployfile" : "Deployfiles"), \(size)")
    } catch {
      // A folder that cannot be written has one beside the temporary files in its place.
      let isReplaced = if case .cacheUnusable = error { true } else { false }
      return Finding("cache", isReplaced ? .warning : .problem, error.failure)
    }
  }
}
