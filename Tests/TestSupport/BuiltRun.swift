import Foundation

/// The built `run`, which process tests start as a person would: `PUSHBUTTON_TEST_RUN`, or what was built along with the tests.
package enum BuiltRun {
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  package static let path: String? = {
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_RUN"], "\(root)/.build/release/run", "\(root)/.build/debug/run",
    ]
    return candidates.compactMap { $0 }.first { path in
      let archive = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("libPushbutton.a").path
      return FileManager.default.isExecutableFile(atPath: path) && FileManager.default.fileExists(atPath: archive)
    }
  }()

  package static let isAvailable = path != nil

  /// One compile cache for a whole test run, so that equal Deployfiles are compiled once.
  package static let cache: String = {
    let path = NSTemporaryDirectory() + "/pushbutton-tests-cache-\(getuid())"
    mkdir(path, 0o700)
    mkdir("\(path)/home", 0o700)
    return path
  }()
}
