/// The system's programs, by name.
package enum SystemProgram {
  /// Where a program is, as posix_spawnp would find it, or nothing; `path` is ours unless it is given.
  package static func find(_ name: String, in path: String? = nil) -> String? {
    guard !name.isEmpty else { return nil }
    if name.contains("/") { return File.isExecutable(name) ? name : nil }
    let folders = (path ?? ProcessEnvironment.value("PATH") ?? "/bin:/usr/bin").split(separator: ":", omittingEmptySubsequences: false)
    // An empty entry is the working folder, as it always was.
    return folders.lazy.map { $0.isEmpty ? "./\(name)" : "\($0)/\(name)" }.first(where: File.isExecutable)
  }
}
