import Tasks

/// What a person is told when sudo did not begin a step.
///
/// What sudo itself said is shown and never read: it speaks many languages.
enum SudoWords {
  /// `last` is the last line that sudo printed.
  static func refused(_ user: String?, on host: Host, last: String?) -> String {
    "sudo did not start the command on \(host.name) as \(user ?? "root")\(last.map { ": \($0)" } ?? "")"
  }
}
