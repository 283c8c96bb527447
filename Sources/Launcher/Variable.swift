import Runner

/// The environment variables that steer the launcher.
enum Variable {
  /// A variable's value; an empty one counts as unset, as convention has it for `NO_COLOR` and the XDG folders.
  static subscript(_ name: String) -> String? {
    guard let value = ProcessEnvironment.value(name), !value.isEmpty else { return nil }
    return value
  }
}
