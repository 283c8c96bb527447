import Tasks

extension Failure {
  /// A file that somebody else could have written.
  package init(_ problem: FileTrust.Problem) {
    let what = problem.isFolder ? "this folder" : "this file"
    let facts = "(mode \(problem.modeText), owner \(Accounts.name(ofUser: problem.owner)))"
    let anyway = "add --trust-files to use it all the same."
    switch problem.cause {
    case .everyone, .group:
      self.init(
        "\(what) can be written by \(problem.writers) \(facts), and what is in it decides what a run does", at: problem.path,
        help: "Take that right away with: chmod go-w \(shellQuoted(problem.path)), or \(anyway)")
    case .owner:
      self.init(
        "\(what) belongs to another user \(facts), and what is in it decides what a run does", at: problem.path,
        help: "Use a copy of your own, or \(anyway)")
    }
  }
}

extension FileTrust.Problem {
  fileprivate var modeText: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  fileprivate var writers: String {
    if case .group(let group) = cause { "the group \(Accounts.name(ofGroup: group))" } else { "everybody" }
  }
}
