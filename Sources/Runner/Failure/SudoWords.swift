import Tasks

/// What a person is told when sudo did not begin a step.
///
/// What sudo itself said is shown and never read: it speaks many languages.
enum SudoWords {
  /// `last` is the last line that sudo printed; a second question means that the first answer was wrong.
  static func refused(_ user: String?, on host: Host, last: String?, asked: Int, hasPassword: Bool) -> String {
    let user = user ?? "root"
    if asked > 1 { return "sudo refused the password for \(user) on \(host.name)" }
    let hint = hasPassword ? "" : "; a password is given with -K, or sudoPassword: of the environment"
    return "sudo did not start the command on \(host.name) as \(user)\(last.map { ": \($0)" } ?? "")\(hint)"
  }

  /// `sync` is a program of its own, which cannot be asked for anything.
  static func refusedSync(_ user: String?, on host: Host, said: String?) -> String {
    let words = said.map { ": \($0)" } ?? ""
    return "sudo did not start rsync on \(host.name) as \(user ?? "root")\(words); sync needs a sudo that asks for no password"
  }
}
