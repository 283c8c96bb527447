import Foundation
import Tasks

@testable import Runner

/// Ansible's own answers to all rows of the tables, asked once per test run.
enum AnsibleOracle {
  /// The folder with `python`, `ansible` and `ansible-inventory`.
  static let folder = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_ANSIBLE"].flatMap { $0.isEmpty ? nil : $0 }
  static let isAvailable = folder != nil
  static let reason = "PUSHBUTTON_TEST_ANSIBLE is not the folder of an installed ansible-core"

  struct Answer {
    var list: Value
    var order: [String]
    var groups: Value
    var patterns: [String: [String]]
  }

  /// By id of the row.
  static let answers: [String: Answer] = ask()

  /// Where the inventories of the tables are written as files.
  static let files: URL = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pushbutton-inventories-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for row in INIRow.all { try? Data(row.text.utf8).write(to: folder.appendingPathComponent(row.id + ".ini")) }
    return folder
  }()

  static func path(_ id: String) -> String { files.appendingPathComponent(id + ".ini").path }

  private static func ask() -> [String: Answer] {
    let patterns = Dictionary(grouping: PatternRow.all, by: \.inventory).mapValues { $0.map(\.pattern) }
    let requests = INIRow.all.map { row -> Value in
      ["path": .string(path(row.id)), "patterns": .array((patterns[row.id] ?? []).map { .string($0) })]
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Support/ansible_oracle.py").standardizedFileURL.path
    let output = program("python", [script], input: JSON.bytes(["inventories": .array(requests)]))
    guard case .array(let answers)? = try? JSON.parse(output) else { return [:] }
    var found: [String: Answer] = [:]
    for (row, answer) in zip(INIRow.all, answers) {
      guard let list = answer["list"], let order = answer["order"]?.strings, let groups = answer["groups"] else { continue }
      var selected: [String: [String]] = [:]
      if case .array(let results)? = answer["patterns"] {
        for (pattern, hosts) in zip(patterns[row.id] ?? [], results) { selected[pattern] = hosts.strings }
      }
      found[row.id] = Answer(list: list, order: order, groups: groups, patterns: selected)
    }
    return found
  }

  /// Standard output of one of Ansible's programs.
  static func program(_ name: String, _ arguments: [String], input: [UInt8] = []) -> [UInt8] {
    guard let folder else { return [] }
    let result = try? TestProgram.run(["\(folder)/\(name)"] + arguments, folder: "/tmp", input: input)
    return result?.output ?? []
  }
}

/// Starts programs for tests, where Foundation is allowed.
enum TestProgram {
  static func run(
    _ argv: [String], folder: String, input: [UInt8] = []
  ) throws -> (status: Int32, output: [UInt8], errorOutput: [UInt8]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: argv[0].contains("/") ? argv[0] : "/usr/bin/env")
    process.arguments = argv[0].contains("/") ? Array(argv.dropFirst()) : argv
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    if let ansible = AnsibleOracle.folder { environment["PATH"] = "\(ansible):\(environment["PATH"] ?? "")" }
    process.environment = environment
    // Files instead of pipes: nobody has to read both at once.
    let files = try (0..<3).map { _ in try scratchFile() }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    try Data(input).write(to: files[0])
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, Array(try Data(contentsOf: files[1])), Array(try Data(contentsOf: files[2])))
  }

  private static func scratchFile() throws -> URL {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("pushbutton-" + UUID().uuidString)
    try Data().write(to: file)
    return file
  }
}

extension Value {
  var strings: [String]? {
    guard case .array(let elements) = self else { return nil }
    return elements.map(\.plainText)
  }

  /// The same value with the members of all objects sorted, as `ansible-inventory` prints them.
  var sorted: Value {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(members.map { Member(key: $0.key, value: $0.value.sorted) }.sorted { $0.key < $1.key })
    default: self
    }
  }
}
