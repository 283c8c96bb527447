/// What `-v` says of the system's `ssh`.
enum SSHVersionWords {
  /// The version, and what is known to be wrong with it; distributions mend such things without a new number.
  static func lines(_ version: SSHVersion) -> [String] {
    var lines = ["ssh is \(version.text.isEmpty ? "a program that tells no version" : version.text.safe)"]
    if version.isBefore(9, 6) {
      lines.append(
        "  before 9.6 it hands metacharacters in host and user names to the shell of a ProxyCommand; Pushbutton refuses such names")
    }
    if version.isBefore(10, 6) {
      lines.append("  before 10.6 it lets the shell of a ProxyCommand expand $ in a user name; Pushbutton refuses such names")
    }
    return lines
  }
}
