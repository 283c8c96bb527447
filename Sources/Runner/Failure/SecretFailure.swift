import Tasks

extension Failure {
  init(_ problem: SecretValues.Problem) {
    switch problem {
    case .noVariable(let name):
      self.init("the secret in the environment variable \(name) is not set", help: "Set it; nothing was touched.")
    case .file(let error):
      self.init("cannot read the secret in \(error.path): \(error.reason)", help: "Nothing was touched.")
    case .untrusted(let problem): self.init(problem)
    case .command(let command, let status, let output):
      let last = output.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
      let how = status.map { "ended with status \($0)" } ?? "could not be run"
      self.init("the command for a secret, \(command.split(separator: " ").first ?? ""), \(how)\(last)", help: "Nothing was touched.")
    case .noTerminal(let question) where Secret.prompt(question) == .askedForSudo:
      self.init(
        "-K asks for the password of sudo, and there is no terminal to ask on",
        help: "Without one, sudoPassword: of the environment names a secret; nothing was touched.")
    case .noTerminal(let question):
      self.init(
        "\"\(question)\" asks for a secret, and there is no terminal to ask on", help: "Use Secret.environment or Secret.file in CI.")
    case .empty(let secret): self.init("the secret from \(secret.origin) is empty", help: "Nothing was touched.")
    case .lost: self.init("a secret went through an ordinary String", help: "Nothing was touched.")
    case .holdsLineBreak(let secret):
      self.init("the password of sudo from \(secret.origin) is more than one line", help: "Nothing was touched.")
    case .holdsZeroByte(let secret):
      self.init("the secret from \(secret.origin) holds a NUL byte, which no shell takes", help: "Nothing was touched.")
    }
  }
}

extension Failure {
  /// One that only the code of a `perform` knows of.
  init(unread secret: Secret, at place: SourceLocation) {
    self.init(
      "the secret from \(secret.origin) was not read, because no step of the plan names it", at: "\(place)",
      help: "Hand it over in the scope: with([\"TOKEN\": \"\\(token)\"]) { perform(...) }.")
  }
}

extension Secret {
  /// Where it comes from, for people; never what it is.
  package var origin: String {
    switch source {
    case .environment(let name): "the environment variable \(name)"
    case .file(let path): "the file \(path)"
    case .command(let command): "the command \(command.split(separator: " ").first ?? "")"
    case .lost: "an ordinary String"
    case .prompt(let question): "the question \"\(question)\""
    }
  }
}
