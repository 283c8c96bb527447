extension Failure {
  init(_ problem: Login.Problem) {
    switch problem {
    case .noTerminal:
      self.init("--shell needs a terminal", help: "For a command: run --on HOST -- COMMAND")
    case .noHost(let pattern):
      self.init("the pattern \"\(pattern)\" selects no host", help: "Name one host; run --hosts shows them.")
    case .severalHosts(let names, let pattern):
      self.init("the pattern \"\(pattern)\" selects \(names.count) hosts: \(folded(names))", help: "Name one of them.")
    case .doesNotStart(let error):
      self.init("cannot be started: \(error.reason)", at: error.path)
    }
  }
}
