import Runner

/// The environment variables.
enum Environment {
  /// A variable's value; an empty one counts as unset, as convention has it for `NO_COLOR` and the XDG folders.
  static subscript(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// All of them, as `NAME=value`.
  static var all: [String] {
    #if canImport(Darwin)
      var next = _NSGetEnviron().pointee
    #else
      var next = environ
    #endif
    var variables: [String] = []
    while let entry = next.pointee {
      variables.append(String(cString: entry))
      next = next.advanced(by: 1)
    }
    return variables
  }
}
