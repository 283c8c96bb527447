import Runner

/// The built Pushbutton that Deployfiles are compiled against: a module and an archive, from one build.
struct Library {
  /// Holds `Tasks.swiftmodule`.
  let modules: String
  /// `libPushbutton.a`.
  let archive: String

  private var module: String { Path.join(modules, "Tasks.swiftmodule") }

  /// Tells one build of it from the next.
  var stamps: [String] { [archive, module].map { Stamp($0)?.text ?? "" } }

  /// Looks beside the running executable, wherever that really is: the caller's folder and `argv[0]` prove nothing.
  static func find() throws(LauncherError) -> Library {
    let places = candidates
    for place in places where File.exists(place.archive) && File.exists(place.module) { return place }
    throw .noLibrary(probed: places.map(\.modules))
  }

  private static var candidates: [Library] {
    if let folder = Variable["PUSHBUTTON_LIB_DIR"] { return layouts(of: folder) }
    let folder = Path.parent(Executable.path ?? CommandLine.arguments.first ?? ".")
    return layouts(of: Path.join(Path.parent(folder), "lib/pushbutton")) + layouts(of: folder)
  }

  /// SwiftPM keeps modules in a folder of their own; an installed copy, and SwiftPM's newer build system, keep all in one.
  private static func layouts(of folder: String) -> [Library] {
    let archive = Path.join(folder, "libPushbutton.a")
    return [Library(modules: Path.join(folder, "Modules"), archive: archive), Library(modules: folder, archive: archive)]
  }

  /// The compiler that built the module, for example `Swift version 6.3.1 (swift-6.3.1-RELEASE)`: the module says so itself.
  ///
  /// Compilers released as open source do not check this: they read a module of another release and fail in odd ways later.
  var compiler: String? {
    (try? File.read(module)).flatMap(CompilerVersion.find)
  }
}
