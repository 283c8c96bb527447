extension Failure {
  /// A file of `--output`; `isLate` when the run is over, which has its own exit status.
  package init(cannotWrite error: SystemError, isLate: Bool = false) {
    self.init(
      "cannot write \(error.path): \(error.reason)", at: "--output",
      help: isLate ? "The run itself is over; its exit status tells how it ended." : "Nothing was touched.")
  }
}
