/// placeholder: the words that `run` can answer without compiling a Deployfile.
package enum Usage {
  /// Answers and returns the status to leave with, or returns nothing when the words need a Deployfile.
  ///
  /// Asked before the Deployfile is compiled; `found` says whether there is one.
  package static func answer(_ words: [String], found: Bool) -> ExitStatus? {
    switch words.first {
    case "--version": print("pushbutton 0")
    case "--help" where !found, "-h" where !found: print("usage: run TASK[:ENVIRONMENT] ...")
    default: return nil
    }
    return .done
  }
}
