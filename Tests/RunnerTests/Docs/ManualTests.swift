import Foundation
import TestSupport
import Testing

@testable import Runner

/// The manual page has every option and status of the code, and nothing in it that a formatter stumbles over.
@Suite struct ManualTests {
  private static let lines = ReferencePage.file("docs/run.1").split(separator: "\n").map(String.init)

  /// The heads of the list below a heading.
  private static func items(_ heading: String) -> [String] {
    let section = lines.drop { $0 != ".Sh \(heading)" }.dropFirst().prefix { !$0.hasPrefix(".Sh ") }
    return section.filter { $0.hasPrefix(".It ") }.map { String($0.dropFirst(4)) }
  }

  @Test func options() {
    let expected = Option.all.map { option in
      let argument =
        switch option.argument {
        case .none: ""
        case .required(let name): " Ar \(name)"
        case .optional(let name): " Op Ar \(name)"
        }
      return "\(option.short.map { "Fl \($0) , " } ?? "")Fl -\(option.name.rawValue)\(argument)"
    }
    #expect(Self.items("OPTIONS") == expected)
  }

  @Test func exitStatuses() { #expect(Self.items("EXIT STATUS") == ExitStatus.allCases.map { String($0.rawValue) }) }

  @Test func variables() {
    let words: [Substring] = Self.items("ENVIRONMENT").flatMap { $0.split(separator: " ") }
    let names = words.map { String($0) }.filter { $0 != "Ev" && $0 != "," }
    #expect(!names.isEmpty)
    #expect(Set(names).subtracting(ReferencePage.names("Environment variables")) == [])
  }

  @Test(.enabled(if: Checker.first != nil, "neither mandoc nor groff is here"))
  func formatsWithoutWarnings() throws {
    let formatter = try #require(Checker.first)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: formatter.path)
    process.arguments = formatter.arguments + ["\(BuiltRun.root)/docs/run.1"]
    let output = Pipe()
    (process.standardOutput, process.standardError, process.standardInput) = (output, output, FileHandle.nullDevice)
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(said == "")
  }

  /// What can check a page: `mandoc` is stricter.
  private struct Checker {
    var path: String
    var arguments: [String]

    static let first = [
      Checker(path: "/usr/bin/mandoc", arguments: ["-T", "lint", "-W", "warning"]),
      Checker(path: "/usr/bin/groff", arguments: ["-mdoc", "-ww", "-Tutf8", "-z"]),
    ].first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
