import Foundation
import Synchronization

/// A folder of a test's own, removed with it.
package final class Scratch: Sendable {
  package let path: String

  package init() {
    // Short: sockets have names in some of them.
    path = (NSTemporaryDirectory() as NSString).appendingPathComponent("pushbutton-test-\(UUID().uuidString.prefix(13))")
    mkdir(path, 0o755)
    _ = Self.kept.withLock { $0.insert(path) }
  }

  /// Those that are still there when the tests end: what suites share is never released.
  private static let kept: Mutex<Set<String>> = {
    atexit { Scratch.removeAll() }
    return Mutex([])
  }()

  /// Held while a program is written and while one is started: a program that another one's start has open for writing is "busy".
  static let spawning = Mutex<Void>(())

  private static func removeAll() {
    for path in kept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    _ = Self.kept.withLock { $0.remove(path) }
  }

  @discardableResult
  package func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Self.spawning.withLock { _ in
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }
    return file
  }

  package func read(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }

  package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  /// How many lines a file has: what a step that appends a line has really done.
  package func lines(_ name: String) -> Int { read(name).split(separator: "\n").count }
}
