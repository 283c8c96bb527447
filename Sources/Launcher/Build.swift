import Runner

/// One Deployfile on its way to a program: looked up, or compiled and kept.
struct Build {
  let location: Location
  let library: Library
  /// Nothing when there is no compiler here.
  let toolchain: Toolchain?
  let cache: Cache
  let form: Form

  func program() throws(LauncherError) -> CompiledProgram {
    // Without a compiler the last one used here decides: its programs still run.
    if let identity = toolchain.map(cache.identity) ?? cache.lastIdentity, let program = cache.program(try key(identity).text) {
      guard toolchain != nil || identity.isUsable else { throw .noRuntime(identity) }
      if identity.isUsable { return program }
    }
    guard let toolchain else { throw .noCompiler(form) }
    return try program(with: toolchain, in: try cache.writable())
  }

  private func program(with toolchain: Toolchain, in cache: Cache) throws(LauncherError) -> CompiledProgram {
    let identity = try identify(toolchain, in: cache)
    if let built = library.compiler, built != identity.version { throw .otherCompiler(of: library, built: built, found: identity) }
    if form == .built, let missing = identity.missingStaticRuntime { throw .noStaticRuntime(identity, missing) }
    for _ in 1...3 {
      if let program = try program(with: toolchain, of: identity, in: cache) { return program }
    }
    throw .keepsChanging(location)
  }

  /// Nothing when the sources changed while they were being compiled: what came out belongs to neither state.
  private func program(with toolchain: Toolchain, of identity: Identity, in cache: Cache) throws(LauncherError) -> CompiledProgram? {
    let key = try key(identity)
    if let program = cache.program(key.text) { return program }
    let lock = try Lock(cache.lock(key.text), for: location)
    defer { lock.release() }
    // Whoever held the lock has probably compiled the same.
    if let program = cache.program(key.text) { return program }

    let scratch = try Scratch(in: cache, stub: Stub.text(for: form, of: key.sources))
    defer { scratch.remove() }
    try compile(key.sources, with: toolchain, of: identity, in: scratch, of: cache)
    guard try self.key(identity).text == key.text else { return nil }
    let program = try cache.keep(scratch.output, as: key.text)
    Pruning(cache).run()
    return program
  }

  private func compile(
    _ sources: Sources, with toolchain: Toolchain, of identity: Identity, in scratch: Scratch, of cache: Cache
  ) throws(LauncherError) {
    if let notice = cache.notice { Notice.write(notice) }
    let compilation = Compilation(
      form: form, sources: sources, library: library, stub: scratch.stub, moduleCache: cache.modules, output: scratch.output,
      colored: Notice.isColored)
    let compiler = ChildProcess(
      toolchain.compiler, compilation.arguments, folder: location.folder, scratch: scratch.folder,
      notice: "compiling \(location.name) ...")
    let answer = try compiler.run()
    if let signal = answer.signal { throw .compilerEnded(signal) }
    guard answer.status != 0 else {
      // Once, while the program is new: a warning such as "result unused" is the only word on a step that does nothing.
      if !answer.output.isEmpty { Notice.write(Diagnosis(answer.output, stub: scratch.stub).text) }
      return
    }
    throw .didNotCompile(location, by: identity, Diagnosis(answer.output, stub: scratch.stub))
  }

  private func identify(_ toolchain: Toolchain, in cache: Cache) throws(LauncherError) -> Identity {
    if let known = cache.identity(of: toolchain), known.isUsable { return known }
    let lock = try Lock(cache.lock("compiler"), for: location)
    defer { lock.release() }
    if let known = cache.identity(of: toolchain), known.isUsable { return known }
    let identity = try Identity.ask(toolchain.compiler, in: location.folder)
    try cache.remember(identity, of: toolchain)
    return identity
  }

  private func key(_ identity: Identity) throws(LauncherError) -> CacheKey {
    CacheKey(sources: try Sources.read(location), library: library, identity: identity, form: form)
  }
}
