import Foundation
import TestSupport

/// What a person has seen of a run.
struct Screen: Decodable {
  var status: Int
  /// All that is left in the end.
  var screen: [String]
  /// Every line that any picture showed.
  var seen: [String]
  var pictures: Int
  var seconds: Double
  /// Whether the cursor shows in the end.
  var cursor: Bool

  static let python = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_PYTHON"]
}

extension Bench {
  /// Runs on an emulated terminal of this size; `acts` are those of Tests/Support/screen.py.
  func screen(
    _ words: [String], _ size: String = "80x24", acts: [String] = [], environment: [String: String] = [:]
  ) throws -> Screen {
    var all = self.environment.merging(environment) { $1 }
    all["PUSHBUTTON_CACHE_DIR"] = BuiltRun.cache
    all["TERM"] = environment["TERM"] ?? "xterm-256color"
    all["LC_ALL"] = environment["LC_ALL"] ?? "C.UTF-8"
    let ended = try Started(
      [Screen.python ?? "python3", "\(BuiltRun.root)/Tests/Support/screen.py", size] + acts + ["--", BuiltRun.path ?? "run"] + words,
      folder: project.folder.path, environment: all, without: ["NO_COLOR", "CI"].filter { environment[$0] == nil }
    ).end()
    return try JSONDecoder().decode(Screen.self, from: Data(ended.output.utf8))
  }
}
