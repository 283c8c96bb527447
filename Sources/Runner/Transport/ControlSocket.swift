/// The socket over which a second program uses a host's connection.
///
/// Whoever holds it speaks to the host as we do, and ssh asks nobody whose it is: it lies in the run's private folder.
package struct ControlSocket: Sendable, Equatable {
  package enum Problem: Error, Equatable {
    case missing(String)
    case notPrivate(String)
  }

  /// The longest path that works everywhere: ssh adds 17 bytes while it binds it, and macOS takes 103.
  static let longest = 86

  package let path: String
  private let folder: String

  /// A new name in the folder; nothing where ssh could not use it, because it is too long or would be read in another way.
  package init?(in folder: String) {
    path = "\(folder)/\(Nonce.make(bytes: 8))"
    self.folder = folder
    guard path.utf8.count <= Self.longest, path.utf8.allSatisfy(Self.isPlain) else { return nil }
  }

  /// Throws unless the folder is ours alone; to be asked before each use.
  package func check() throws(Problem) {
    var status = stat()
    guard lstat(folder, &status) == 0 else { throw .missing(folder) }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(), status.st_mode & 0o777 == 0o700 else {
      throw .notPrivate(folder)
    }
  }

  /// ssh expands `%`, `$` and `~`, and splits at blanks.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "/._-+".utf8.contains(byte)
    }
  }
}
