/// A program that this process becomes: with the same number, terminal and parent, so that its end is ours.
struct OwnSuccessor {
  var program: String
  var argv: [String]
  var environment: [String]
  var folder: String?

  /// Returns only by failing.
  func become() throws(SystemError) -> Never {
    if let folder, chdir(folder) != 0 { throw SystemError("chdir", folder) }
    // What is ignored or held back here would be so there; handlers end with this program by themselves.
    signal(SIGPIPE, SIG_DFL)
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    let words = CStrings(argv), variables = CStrings(environment)
    execve(program, words.pointers, variables.pointers)
    throw SystemError("exec", program)
  }
}
