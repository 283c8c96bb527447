import Foundation
import TestSupport

/// What a real browser says of a page.
struct Browser: Decodable, Equatable {
  /// The values of the expressions, as text.
  var results: [String?]
  /// What the console has said.
  var problems: [String]
  /// What the page has asked for beside itself.
  var requests: [String]

  static let isAvailable =
    find("python3") && (find("chromium") || find("chromium-browser") || find("google-chrome"))

  private static func find(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  struct DidNotLook: Error { var ended: Ended }

  /// Opens a page and evaluates expressions in it; each gives a text.
  static func look(at page: String, options: [String] = [], _ expressions: [String]) throws -> Browser {
    let script = "\(BuiltRun.root)/Tests/Support/browser.py"
    let ended = try Started(["/usr/bin/env", "python3", script, page] + options + expressions).end()
    guard ended.status == 0, let browser = try? JSONDecoder().decode(Browser.self, from: Data(ended.output.utf8)) else {
      throw DidNotLook(ended: ended)
    }
    return browser
  }
}
