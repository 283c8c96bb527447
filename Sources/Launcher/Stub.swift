/// The few lines that make a program of a Deployfile.
enum Stub {
  static let name = "PushbuttonMain.swift"

  /// Declares Runner's entry point instead of importing Runner: see `pushbuttonMain` there.
  static func text(for form: Form, of sources: Sources) -> String {
    switch form {
    case .launched: launched
    case .built: built.replacing("SOURCES", with: sources.digest)
    }
  }

  private static let launched = """
    import Tasks
    @_silgen_name("pushbutton_main") private func pushbuttonMain(_ deployfile: Tasks.Deployfile) -> Never
    @main private enum PushbuttonMain { static func main() { pushbuttonMain(deployfile) } }

    """

  #if os(Linux)
    // A static program has no table of names in which Runner could look these up, and what the C library loads when it is asked for
    // users (LDAP's, systemd's) must be of its own version: on another machine it rarely is, so those are the ones of /etc/passwd.
    // And where there is no /proc, Swift's runtime knows no arguments, and gives up looking for its program for crash reports: it gets the
    // ones of `main`, and is told that there is none, as on every machine without Swift.
    private static let built = """
      import Tasks
      @_silgen_name("pushbutton_built_main")
      private func pushbuttonMain(_ deployfile: Tasks.Deployfile, _ sources: String, _ functions: [String: UInt]) -> Never
      @_silgen_name("posix_spawn_file_actions_addchdir_np")
      private func addFolder(_ actions: UnsafeMutableRawPointer, _ path: UnsafePointer<CChar>) -> Int32
      @_silgen_name("__nss_configure_lookup")
      private func lookUp(_ database: UnsafePointer<CChar>, _ services: UnsafePointer<CChar>) -> Int32
      @_silgen_name("_swift_stdlib_overrideUnsafeArgvArgc")
      private func setArguments(_ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, _ count: Int32)
      @_cdecl("swift_copyAuxiliaryExecutablePath")
      public func pushbuttonNoCompanion(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar>? { nil }
      @_cdecl("main")
      public func pushbuttonStart(_ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
        setArguments(words, count)
        for database in ["passwd", "group"] { _ = lookUp(database, "files") }
        let add: @convention(c) (UnsafeMutableRawPointer, UnsafePointer<CChar>) -> Int32 = { addFolder($0, $1) }
        pushbuttonMain(deployfile, "SOURCES", ["posix_spawn_file_actions_addchdir_np": unsafeBitCast(add, to: UInt.self)])
      }

      """
  #else
    private static let built = """
      import Tasks
      @_silgen_name("pushbutton_built_main")
      private func pushbuttonMain(_ deployfile: Tasks.Deployfile, _ sources: String, _ functions: [String: UInt]) -> Never
      @main private enum PushbuttonMain { static func main() { pushbuttonMain(deployfile, "SOURCES", [:]) } }

      """
  #endif
}
