extension Failure {
  /// An environment that asks before it runs, and nobody to ask.
  init(unattended environment: String) {
    self.init(
      "the environment \"\(environment)\" is protected, and there is no terminal to ask on",
      help: "Add --yes to run it all the same; nothing was touched.")
  }

  /// A person said no.
  init(notConfirmed: Void) { self.init("not confirmed", help: "Nothing was touched.") }

  /// The system gives this process no pipe, or no thread.
  init(cannotStart error: SystemError) {
    self.init(
      "cannot start: \(error.call): \(error.reason)",
      help: "The system is short of files, processes or memory, or ulimit allows this process too few. Nothing was touched.")
  }
}
