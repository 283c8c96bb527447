/// Configurations that curl reads on its input, because anybody on this machine may read its arguments.
enum CurlConfig {
  /// The value of an option: these are all the escapes that curl knows, and an open line's end would begin another option.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{B}": quoted += "\\v"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
