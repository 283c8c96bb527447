import Foundation
import Tasks
import Testing

@testable import Runner

/// Runs a step's shell text in the shells that hosts have, with a folder of the test's own first in PATH.
struct ShellBench {
  static let shells = [["/usr/bin/dash"], ["/bin/bash", "--posix"], ["/usr/bin/busybox", "sh"]].filter {
    FileManager.default.isExecutableFile(atPath: $0[0])
  }

  let shell: [String]
  private let folder: ScratchFolder

  init(_ shell: [String]) throws {
    self.shell = shell
    folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: true)
  }

  var path: String { folder.path }

  func write(_ name: String, _ text: String, mode: Int = 0o644) throws { try folder.write(text, to: name, mode: mode) }

  func read(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }

  /// A program that the text finds before the system's.
  func program(_ name: String, _ text: String) throws { try write("bin/\(name)", "#!/bin/sh\n\(text)\n", mode: 0o755) }

  /// The status and what was printed; `only` leaves nothing in PATH but the bench's own programs.
  func run(_ command: Command, only: Bool = false) throws -> (status: Int32, text: String) {
    let text = try command.rendered(for: Host("h")).shown
    let search = only ? "\(path)/bin" : "\(path)/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    let argv = ["/usr/bin/env", "PATH=\(search)", "D=\(path)", "LC_ALL=C"] + shell + ["-c", text]
    let result = try TestProgram.run(argv, folder: path)
    return (result.status, String(decoding: result.output + result.errorOutput, as: UTF8.self))
  }

  /// Links to the system's programs, for texts that shall find no others.
  func link(_ names: String...) throws {
    for name in names {
      let found = ["/usr/bin", "/bin"].map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
      try FileManager.default.createSymbolicLink(atPath: "\(path)/bin/\(name)", withDestinationPath: try #require(found))
    }
  }

  /// A process in the background, ended by the caller; its number is in the file of that name.
  func start(_ argv: [String], pidFile: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: argv[0])
    process.arguments = Array(argv.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try write(pidFile, "\(process.processIdentifier)\n")
    return process
  }

  func waits(for name: String) -> Bool {
    for _ in 0..<500 {
      if FileManager.default.fileExists(atPath: "\(path)/\(name)") { return true }
      usleep(20_000)
    }
    return false
  }
}
