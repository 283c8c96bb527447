import Foundation
import TestSupport
import Testing

/// The CI files of `Examples/ci` hand over what they are given as it is, and call a Deployfile that can be planned.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct PipelineTests {
  private static let folder = "\(BuiltRun.root)/Examples/ci"

  /// The shell text of a deployment job.
  private static func script(_ file: String) throws -> String {
    let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    let (start, end) = file.hasPrefix("Jenkins") ? ("sh '''\n", "'''") : ("run: |\n", "      - uses: actions/upload")
    guard let from = text.firstRange(of: start)?.upperBound, let to = text[from...].firstRange(of: end)?.lowerBound else {
      return "exit 99"
    }
    return String(text[from..<to])
  }

  private static let rows: [(values: [String: String], words: [String])] = [
    (["TASK": "deploy", "VERSION": "1.4.2"], ["deploy:staging", "--version=1.4.2"]),
    (
      ["TASK": "deploy", "VERSION": "1; touch $(echo hacked) `touch hacked` \"'"],
      ["deploy:staging", "--version=1; touch $(echo hacked) `touch hacked` \"'"]
    ),
    (["TASK": "deploy", "VERSION": "--help"], ["deploy:staging", "--version=--help"]),
    (["TASK": "deploy", "VERSION": ""], ["deploy:staging", "--version="]),
    (["TASK": "rollback", "VERSION": ""], ["rollback:staging"]),
    (["TASK": "rollback", "VERSION": "1 2"], ["rollback:staging", "--to=1 2"]),
    (["TASK": "releases", "VERSION": "x"], ["releases:staging"]),
    (["TASK": "a b;touch hacked", "VERSION": "x"], ["a b;touch hacked:staging"]),
  ]

  @Test(arguments: ["Jenkinsfile.deploy", "github-deploy.yml"], rows.indices) func parametersAreWords(file: String, row: Int) throws {
    let programs = Scratch()
    try programs.write("run", "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n", mode: 0o755)
    let environment = Self.rows[row].values.merging([
      "ENVIRONMENT": "staging", "TARGET": "staging", "PATH": "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")",
    ]) { $1 }
    let ended = try Started(["/bin/sh", "-ec", try Self.script(file)], folder: programs.path, environment: environment).end()
    let options = ["--yes", "--output", "report.xml", "--output", "events.jsonl"]
    #expect(ended == Ended(status: 0, output: (options + Self.rows[row].words).map { "<\($0)>\n" }.joined(), errors: ""))
    #expect(!programs.exists("hacked"))
  }

  @Test func theDeployfileCanBePlanned() throws {
    let folder = Scratch()
    let inventory = try folder.write("hosts.ini", "[web]\nweb1\nweb2\n")
    let ended = try Started(
      [
        BuiltRun.path ?? "run", "-f", "\(Self.folder)/Deployfile.swift", "-i", inventory, "--plan", "deploy:production", "--version",
        "1.4.2",
      ],
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]
    ).end()
    #expect(ended.status == 0, "\(ended)")
    for text in ["install shop 1.4.2", "when it starts: notify slack", "if that fails:", "when it is done: notify newRelic"] {
      #expect(ended.output.contains(text), "\(text)")
    }
  }
}
