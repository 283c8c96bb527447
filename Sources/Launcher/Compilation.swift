/// The compiler's arguments.
struct Compilation {
  /// Those that do not depend on where anything is.
  ///
  /// The linker leaves out the archive's debug information (`-S`): a third of the size, written in 0.1 s less.
  static func flags(for form: Form) -> [String] { language + ["-Onone", "-wmo", "-Xlinker", "-S"] + (form == .built ? alone : []) }

  /// What a Deployfile is, for everybody who reads one.
  static let language = ["-module-name", "Deployfile", "-parse-as-library", "-swift-version", "6"]

  #if os(Linux)
    /// The C library as well, which otherwise would have to be as new on the other machine.
    private static let alone = ["-static-executable"]
  #else
    /// The system brings the runtime.
    private static let alone: [String] = []
  #endif

  let form: Form
  let sources: Sources
  let library: Library
  /// The stub, written to disk.
  let stub: String
  /// Where the C modules that Deployfiles import are kept once built.
  let moduleCache: String
  let output: String
  let colored: Bool

  var arguments: [String] {
    // The archive stands after the sources: the linker takes from it only what was asked for before.
    Self.flags(for: form) + [colored ? "-color-diagnostics" : "-no-color-diagnostics"]
      + ["-I", library.modules, "-module-cache-path", moduleCache]
      + sources.files.map { Self.operand($0.name) } + [stub, library.archive, "-o", output]
  }

  /// A name that the compiler cannot take for an option or a response file.
  static func operand(_ name: String) -> String { name.hasPrefix("-") || name.hasPrefix("@") ? "./\(name)" : name }
}
