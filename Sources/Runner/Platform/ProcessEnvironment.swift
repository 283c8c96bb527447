/// The environment variables that this process was started with.
///
/// Not called `Environment`, which is a word of the Deployfile (production, staging).
package enum ProcessEnvironment {
  /// The value of one variable; an empty one counts as set.
  package static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// All variables as `NAME=value`, without some and with others added or replaced.
  package static func list(without removed: Set<String> = [], setting added: [(name: String, value: String)] = []) -> [String] {
    let dropped = removed.union(added.map(\.name))
    return all().filter { !dropped.contains(name(of: $0)) } + added.map { "\($0.name)=\($0.value)" }
  }

  private static func all() -> [String] {
    guard var entry = Platform.environmentBlock else { return [] }
    var list: [String] = []
    while let text = entry.pointee {
      list.append(String(cString: text))
      entry += 1
    }
    return list
  }

  private static func name(of entry: String) -> String { String(entry.prefix { $0 != "=" }) }
}
