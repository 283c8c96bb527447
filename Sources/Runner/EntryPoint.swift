import Tasks

/// What the launcher's stub in every compiled Deployfile calls.
///
/// The stub declares this symbol instead of importing Runner: Runner's module brings the whole C library's module along,
/// which costs the first compile on a machine more than a second. Stub and archive always come from the same build.
@_silgen_name("pushbutton_main")
public func pushbuttonMain(_ deployfile: Deployfile) -> Never { Program.main(deployfile) }
