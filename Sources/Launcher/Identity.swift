import Runner

/// Which compiler, as it tells of itself: two with the same identity make the same program.
struct Identity: Equatable {
  /// For example `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  let version: String
  /// The folder of the runtime that its programs load; empty where the system brings the runtime.
  let runtime: String

  var text: String { "\(version)\n\(runtime)\n" }

  init(version: String, runtime: String) {
    self.version = version
    self.runtime = runtime
  }

  /// What `text` was written as.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 3, !lines[0].isEmpty else { return nil }
    self.init(version: lines[0], runtime: lines[1])
  }

  /// Whether a program of this compiler finds its runtime.
  var isUsable: Bool { runtime.isEmpty || File.isFolder(runtime) }

  /// The first file without which no program can take its runtime along, if it is not there.
  var missingStaticRuntime: String? {
    guard !runtime.isEmpty else { return nil }
    // .../lib/swift/linux, and beside it .../lib/swift_static/linux
    let folder = Path.join(Path.parent(Path.parent(runtime)), "swift_static/\(Path.name(runtime))")
    return ["static-executable-args.lnk", "libswiftCore.a"].map { Path.join(folder, $0) }.first { !File.exists($0) }
  }

  /// Asks the compiler: one process, 60 ms, so the answer is kept in the cache.
  static func ask(_ compiler: String, in folder: String) throws(LauncherError) -> Identity {
    // The compiler leaves a folder behind in the one for temporary files whenever it is asked.
    let scratch = Folder.temporary()
    defer { scratch.map { Folder.remove($0) } }
    let answer = try ChildProcess(compiler, ["-print-target-info"], folder: folder, scratch: scratch).run()
    let text = String(decoding: answer.output, as: UTF8.self)
    guard answer.status == 0, let version = CompilerVersion.find(in: answer.output) else {
      throw .compilerDoesNotRun(compiler, said: text)
    }
    return Identity(version: version, runtime: runtime(in: text))
  }

  /// The first of `"runtimeLibraryPaths": [ "..." ]`.
  private static func runtime(in text: String) -> String {
    #if canImport(Darwin)
      return ""
    #else
      guard let key = text.firstRange(of: "\"runtimeLibraryPaths\"") else { return "" }
      let values = text[key.upperBound...].prefix { $0 != "]" }.split(separator: "\"", omittingEmptySubsequences: false)
      return values.count > 1 ? String(values[1]) : ""
    #endif
  }
}
