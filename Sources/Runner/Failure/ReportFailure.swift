extension Failure {
  static var noRunToReport: Failure {
    Failure("there is no run of this Deployfile to tell of", help: "run --history shows the runs from this machine.")
  }

  /// The file of `--report`.
  init(cannotReport error: SystemError) {
    self.init("cannot write \(error.path): \(error.reason)", at: "--report", help: "Name another file with --output FILE.html.")
  }

  /// The page is there, and nobody has seen it.
  static func cannotOpen(_ page: String, _ program: String, _ reason: String) -> Failure {
    Failure("\(program) did not open the page: \(reason)", at: "--open", help: "Open it yourself: \(page)", status: .failed)
  }
}
