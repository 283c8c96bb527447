/// The folder of one run below the state folder: who, what, plan, journal, output, result; closed to everybody else.
package struct RunFolder: Sendable, Equatable {
  package let path: String

  package init(path: String) { self.path = path }

  /// The run's ID.
  package var id: String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Where a host's output is kept; a name that is too long for a file is cut, and told apart by its digest.
  package func log(of host: String) -> String {
    let name =
      host.isEmpty
      ? "this machine" : host.utf8.count <= 200 ? host : "\(host.prefix(100))-\(SHA256.hex(SHA256.digest(Array(host.utf8))).prefix(16))"
    return path("hosts/\(name).log")
  }

  /// The folder of all runs of the Deployfile in a folder; nothing when this machine keeps no state.
  package static func all(of root: String) -> String? {
    StateFolder.path.map { "\($0)/runs/\(SHA256.hex(SHA256.digest(Array(root.utf8))).prefix(16))" }
  }

  /// Makes the folder of a new run.
  package static func make(_ id: String, in all: String) throws(SystemError) -> RunFolder {
    let old = umask(0o077)
    defer { umask(old) }
    try File.createFolders(above: "\(all)/\(id)/hosts/x")
    return RunFolder(path: "\(all)/\(id)")
  }

  /// Those of a Deployfile, the newest first: IDs begin with the time.
  package static func list(in all: String) -> [RunFolder] {
    File.names(in: all).filter { !$0.hasPrefix(".") }.sorted(by: >).map { RunFolder(path: "\(all)/\($0)") }
  }

  /// Writes a file in one rename.
  package func write(_ text: String, to name: String) throws(SystemError) { try write(Array(text.utf8), to: name) }

  package func write(_ bytes: [UInt8], to name: String) throws(SystemError) {
    let file = path(name), part = "\(file).part"
    do throws(SystemError) {
      try File.write(bytes, to: part, mode: 0o600)
      guard rename(part, file) == 0 else { throw SystemError("rename", file) }
    } catch {
      unlink(part)
      throw error
    }
  }

  /// The name of a journal that could not be kept to the end.
  package static let abandoned = "journal.broken.jsonl"

  /// Whether more was done than its journal tells.
  package var isAbandoned: Bool { File.exists(path(Self.abandoned)) }

  /// Whether a process works on the run.
  package var isAlive: Bool {
    let descriptor = open(path(isAbandoned ? Self.abandoned : "journal.jsonl"), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Closing gives the lock back.
    return !Platform.lock(descriptor) && errno == EWOULDBLOCK
  }

  /// Notes this start of the machine: what was written since is lost when it ends without warning.
  package func noteBoot() { try? write(Platform.boot, to: "boot") }

  /// Whether the machine has been up since the run wrote its journal, so that all of it is there.
  package var isOfThisBoot: Bool { (try? File.read(path("boot"))).map { $0 == Array(Platform.boot.utf8) } ?? false }

  package func remove() {
    for name in File.names(in: path("hosts")) { unlink(path("hosts/\(name)")) }
    rmdir(path("hosts"))
    for name in File.names(in: path) { unlink(path(name)) }
    rmdir(path)
  }

  /// How many runs of a Deployfile are kept.
  package static let kept = 50

  /// Removes the oldest ones; those that still go on stay.
  package static func prune(_ all: String) {
    for folder in list(in: all).dropFirst(kept) where !folder.isAlive { folder.remove() }
  }
}
