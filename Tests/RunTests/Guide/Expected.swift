import Foundation
import TestSupport

/// Files of the checkout that say what is expected.
///
/// With `PUSHBUTTON_TEST_RECORD=1` they are written anew, and the tests pass: the difference is for a person to look at.
enum Expected {
  static let isRecorded = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_RECORD"] == "1"

  /// What a file holds, or now holds.
  static func text(_ path: String, recording text: String) throws -> String {
    if isRecorded { try text.write(toFile: "\(BuiltRun.root)/\(path)", atomically: true, encoding: .utf8) }
    return try String(contentsOfFile: "\(BuiltRun.root)/\(path)", encoding: .utf8)
  }
}
