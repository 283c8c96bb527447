/// Where this machine remembers what runs have done: `$XDG_STATE_HOME/pushbutton`, or `~/.local/state/pushbutton`.
package enum StateFolder {
  /// Nothing when there is no home; by the XDG rules a path that is not absolute is ignored.
  package static var path: String? {
    if let folder = ProcessEnvironment.value("XDG_STATE_HOME"), folder.hasPrefix("/") { return "\(folder)/pushbutton" }
    guard let home = ProcessEnvironment.value("HOME"), home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/pushbutton"
  }

  /// Writes a file below the folder in one rename; nobody else may read it.
  package static func write(_ bytes: [UInt8], to name: String) throws(SystemError) {
    guard let path else { return }
    let file = "\(path)/\(name)"
    let old = umask(0o077)
    defer { umask(old) }
    try File.createFolders(above: file)
    let part = "\(file).\(Nonce.make(bytes: 4)).part"
    try File.write(bytes, to: part, mode: 0o600)
    guard rename(part, file) == 0 else {
      let error = SystemError("rename", file)
      unlink(part)
      throw error
    }
  }
}
