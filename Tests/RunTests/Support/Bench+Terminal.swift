import Foundation
import TestSupport

extension Bench {
  /// Starts the program on a pseudo-terminal of its own, and types each answer once the text before it has appeared.
  func terminal(
    _ words: [String], program: [String] = [BuiltRun.path ?? "run"], answers: [(expected: String, answer: String)] = [],
    environment: [String: String] = [:]
  ) throws -> Started {
    var all = self.environment.merging(environment) { $1 }
    all["PUSHBUTTON_CACHE_DIR"] = BuiltRun.cache
    all["TERM"] = environment["TERM"] ?? "xterm"
    let script = "\(BuiltRun.root)/Tests/Support/terminal.py"
    return try Started(
      ["/usr/bin/env", "python3", script] + answers.flatMap { [$0.expected, $0.answer] } + ["--"] + program + words,
      folder: project.folder.path, environment: all, without: environment["NO_COLOR"] == nil ? ["NO_COLOR"] : [])
  }
}

/// What Ctrl-C types.
let controlC = "\u{3}"
