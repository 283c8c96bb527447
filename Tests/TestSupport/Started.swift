import Foundation
import Synchronization

/// How a program ended and what it printed.
package struct Ended: Sendable, Equatable {
  package var status: Int32
  package var output: String
  package var errors: String

  package init(status: Int32, output: String, errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }
}

/// A program that a test has started and can signal.
package final class Started: @unchecked Sendable {
  // Foundation's Process is not Sendable; it is only signalled and waited for here, which it allows from any thread.
  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()
  private let collected = Mutex<(output: Data, errors: Data)>((Data(), Data()))
  private let readers = DispatchGroup()

  package init(_ argv: [String], folder: String? = nil, environment: [String: String] = [:], without: [String] = []) throws {
    process.executableURL = URL(fileURLWithPath: argv[0])
    process.arguments = Array(argv.dropFirst())
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    var all = ProcessInfo.processInfo.environment
    for name in without { all[name] = nil }
    // Our own CI is no part of a test.
    for name in ["GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "CIRCLECI", "TEAMCITY_VERSION", "TF_BUILD", "BITBUCKET_BUILD_NUMBER"] {
      all[name] = nil
    }
    for name in ["DRONE", "TRAVIS", "JENKINS_URL", "CI"] { all[name] = nil }
    // Nor is what this machine remembers of real runs.
    all["XDG_STATE_HOME"] = "\(BuiltRun.cache)/state"
    // Nor is what hosts that are this machine keep for their login user.
    all["HOME"] = "\(BuiltRun.cache)/home"
    all.merge(environment) { $1 }
    process.environment = all
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try Scratch.spawning.withLock { _ in try process.run() }
    read(output) { data in self.collected.withLock { $0.output.append(data) } }
    read(errors) { data in self.collected.withLock { $0.errors.append(data) } }
  }

  private func read(_ pipe: Pipe, _ add: @escaping @Sendable (Data) -> Void) {
    let handle = pipe.fileHandleForReading
    DispatchQueue.global().async(group: readers) {
      while case let data = handle.availableData, !data.isEmpty { add(data) }
    }
  }

  package var identifier: Int32 { process.processIdentifier }
  package func signal(_ number: Int32) { kill(process.processIdentifier, number) }
  package var isRunning: Bool { process.isRunning }
  /// What has been printed so far.
  package var soFar: String { collected.withLock { String(decoding: $0.output, as: UTF8.self) } }

  /// Waits until a condition holds, looking every 20 ms; `false` when it does not within the time.
  package func wait(seconds: Double = 60, until condition: @Sendable (Started) -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if condition(self) { return true }
      usleep(20_000)
    }
    return false
  }

  /// Without the word that another test's compilation is waited for: whether it is, is chance.
  private static func own(_ errors: String) -> String {
    errors.replacing(#/^waiting for (process \d+, which is compiling [^\n]*|another process \.\.\.)\n/#.anchorsMatchLineEndings(), with: "")
  }

  package func end() -> Ended {
    process.waitUntilExit()
    readers.wait()
    return collected.withLock {
      Ended(
        status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
        output: String(decoding: $0.output, as: UTF8.self), errors: Self.own(String(decoding: $0.errors, as: UTF8.self)))
    }
  }
}

/// A folder with a Deployfile, in which `run` is started.
package struct Project: Sendable {
  package let folder = Scratch()

  /// Writes the Deployfile: `tasks` behind `import Tasks`, and the named ones listed with hosts on this machine unless they list themselves.
  package init(_ tasks: String, localHosts: [String] = ["a"], named names: [String] = ["t"]) throws {
    var text = "import Tasks\n\(tasks)\n"
    if !tasks.contains("let deployfile") {
      try folder.write(
        "inventory.ini", "[web]\n" + localHosts.map { "\($0) ansible_connection=local" }.joined(separator: "\n") + "\n")
      text +=
        "let deployfile = Deployfile {\n  environment(\"test\", inventory: \"inventory.ini\")\n  \(names.joined(separator: "\n  "))\n}\n"
    }
    try folder.write("Deployfile.swift", text)
  }

  package func start(_ words: String..., environment: [String: String] = [:], without: [String] = []) throws -> Started {
    try start(words, environment: environment, without: without)
  }

  package func start(_ words: [String], environment: [String: String] = [:], without: [String] = []) throws -> Started {
    let environment = ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache].merging(environment) { $1 }
    return try Started([BuiltRun.path ?? "run"] + words, folder: folder.path, environment: environment, without: without)
  }

  package func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended {
    try start(words, environment: environment).end()
  }
}
