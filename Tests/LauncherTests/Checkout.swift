import Foundation
import Testing

/// A throw-away folder with a Deployfile, a cache of its own and a `swiftc` that counts how often it is asked to compile.
final class Checkout {
  let root: String
  var environment: [String: String] = [:]

  var project: String { "\(root)/project" }
  var cache: String { "\(root)/cache" }

  /// Starts with the probe as its Deployfile, unless told otherwise.
  init(_ deployfile: String? = Checkout.probe()) throws {
    let temporary = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
    root = "\(temporary)/launcher-\(UUID().uuidString.prefix(8))"
    environment = [
      "HOME": "\(root)/home", "PUSHBUTTON_CACHE_DIR": cache, "TMPDIR": "\(root)/tmp", "PATH": "\(root)/bin:/usr/bin:/bin",
    ]
    for folder in ["project", "home", "tmp", "bin"] { try make(folder) }
    try write(
      "bin/swiftc",
      """
      #!/bin/sh
      case $* in *-print-target-info*) ;; *) echo compile >>"\(root)/count" ;; esac
      exec "\(Launched.swiftc ?? "swiftc")" "$@"
      """, executable: true)
    if let deployfile { try write("project/Deployfile.swift", deployfile) }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// A Deployfile whose program tells how it was started, whatever Runner does with its tasks.
  static func probe(_ text: String = "probe") -> String {
    """
    import Tasks
    @_silgen_name("exit") func leave(_ status: Int32) -> Never
    @_silgen_name("getpid") func processNumber() -> Int32
    @_silgen_name("getenv") func variable(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar>
    let deployfile = { () -> Deployfile in
      print("\(text)")
      let words = CommandLine.arguments.dropFirst()
      if words.contains("--tell") {
        print(processNumber())
        print(String(cString: variable("PUSHBUTTON_ROOT")))
        print(String(cString: variable("PUSHBUTTON_DEPLOYFILE")))
        print(words)
      }
      leave(7)
    }()

    """
  }

  func make(_ folder: String) throws {
    try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
  }

  func write(_ path: String, _ text: String, executable: Bool = false) throws {
    try make(URL(fileURLWithPath: path).deletingLastPathComponent().relativePath)
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/\(path)"))
    if executable { chmod("\(root)/\(path)", 0o755) }
  }

  /// How often the compiler was started.
  var compilations: Int {
    let text = try? String(contentsOfFile: "\(root)/count", encoding: .utf8)
    return text?.split(separator: "\n").count ?? 0
  }

  /// Starts the launcher and waits for it.
  func run(_ words: String..., in folder: String = "project") throws -> Outcome { try start(words, in: folder).wait() }

  func start(_ words: [String] = [], in folder: String = "project", by command: [String] = []) throws -> Started {
    try Started(command + [try #require(Launched.path)] + words, in: "\(root)/\(folder)", environment)
  }
}

/// A launcher that is under way.
struct Started {
  let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  init(_ command: [String], in folder: String, _ environment: [String: String]) throws {
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  func wait() -> Outcome {
    // Little is ever printed on the first stream, so reading them in turn cannot stall the other.
    let out = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let err = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: out, errors: err)
  }
}
