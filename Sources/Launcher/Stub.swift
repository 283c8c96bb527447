/// The few lines that make a program of a Deployfile.
enum Stub {
  static let name = "PushbuttonMain.swift"

  /// Declares Runner's entry point instead of importing Runner: see `pushbuttonMain` there.
  static let text = """
    import Tasks
    @_silgen_name("pushbutton_main") private func pushbuttonMain(_ deployfile: Tasks.Deployfile) -> Never
    @main private enum PushbuttonMain { static func main() { pushbuttonMain(deployfile) } }

    """
}
