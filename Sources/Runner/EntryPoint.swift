import Tasks

/// What the launcher's stub in every compiled Deployfile calls.
///
/// The stub declares this symbol instead of importing Runner: Runner's module brings the whole C library's module along,
/// which costs the first compile on a machine more than a second. Stub and archive always come from the same build.
@_silgen_name("pushbutton_main")
public func pushbuttonMain(_ deployfile: Deployfile) -> Never { Program.main(deployfile) }

/// The same for a program that `run --build` makes.
///
/// `functions` are addresses of the C library's, by name: a static program has no table in which they could be looked up.
@_silgen_name("pushbutton_built_main")
public func pushbuttonBuiltMain(_ deployfile: Deployfile, _ sources: String, _ functions: [String: UInt]) -> Never {
  Origin.current = .built(name: CommandLine.arguments.first ?? "run", sources: sources)
  Platform.linked = functions
  Program.main(deployfile)
}
