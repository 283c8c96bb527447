import Foundation
import TestSupport
import Testing

/// A project whose words are completed by a real shell, with `run` on PATH, in `bin`, and as an alias.
struct CompletionProject {
  static let deployfile = #"""
    enum Mood: String, CaseIterable, Sendable { case odd = "it's $HOME \"a\\b\"!", calm = "calm;still", tilde = "~me" }
    let version = Parameter<Version>("version", "what to install; it's $HOME")
    let mood = Parameter<Mood?>("mood", "how: it's \"done\"")
    let deploy = task("deploy", "Install: it's \"x\", $HOME", version, mood) { _, _ in hosts("web") { run("true") } }
    let fails = task("fails", "Fails") { hosts("web") { run("false") } }
    let cache = task("warm:cache", "Fill it") { hosts("web") { run("true") } }
    let deployfile = Deployfile {
      environment("production", inventory: "inventory.ini", protected: true)
      environment("staging", inventory: "staging.ini")
      deploy
      fails
      cache
    }
    """#

  let project: Project
  let home = Scratch()

  init(_ deployfile: String = Self.deployfile) throws {
    project = try Project(deployfile)
    let folder = project.folder
    try folder.write("inventory.ini", "[web]\nweb1 ansible_connection=local\nweb2 ansible_connection=local\n[$x'y]\ndb1\n")
    try folder.write("staging.ini", "[web]\nstage1 ansible_connection=local\n")
    try folder.write("a folder/x.txt", "")
    // Not a word of whose it is: it must not be started.
    try folder.write("other/run", "#!/bin/sh\necho x >>\"$D/ran\"\n", mode: 0o755)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/bin", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/bin/run", withDestinationPath: BuiltRun.path ?? "")
    try FileManager.default.createSymbolicLink(atPath: "\(home.path)/bin", withDestinationPath: "\(folder.path)/bin")
  }

  var environment: [String: String] {
    [
      "PATH": "\(project.folder.path)/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")", "HOME": home.path,
      "XDG_STATE_HOME": "\(home.path)/state", "XDG_CONFIG_HOME": "\(home.path)/config", "XDG_DATA_HOME": "\(home.path)/data",
      "ZDOTDIR": home.path, "D": home.path, "PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "TERM": "xterm", "LC_ALL": "C.UTF-8",
    ]
  }

  static func has(_ shell: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)")
    }
  }

  func start(_ argv: [String]) throws -> Started {
    try Started(["/usr/bin/env"] + argv, folder: project.folder.path, environment: environment, without: ["BASH_ENV", "ENV"])
  }

  /// A run that failed, which can be gone on with: its ID.
  func failedRun() throws -> String {
    #expect(try project.start("fails:staging", environment: environment).end().status == 1)
    let history = try project.start("--history", environment: environment).end().output
    return String(history.prefix { $0 != " " })
  }

  /// Types each line into a shell on a pseudo-terminal, then TAB, and has the shell tell what it makes of the line.
  func typed(_ shell: [String], _ lines: [String]) throws -> [String] {
    var answers: [String] = []
    // To the beginning of the line, where the function of the start-up file goes in front.
    for line in lines { answers += ["ready> ", "\(line)\t\u{1}tell \r", ":END", ""] }
    let script = "\(BuiltRun.root)/Tests/Support/terminal.py"
    let ended = try start(["python3", script] + answers + ["ready> ", "exit\r", "--"] + shell).end()
    #expect(ended.status == 0, "\(ended.output.debugDescription)")
    #expect(!ended.output.contains("error"), "\(ended.output.debugDescription)")
    // A folder keeps its slash, or loses it with the next key: shells differ.
    return ended.output.matches(of: #/BEGIN:(.*?):END/#).map { String($0.output.1).replacing("/>", with: ">") }
  }

  /// What is typed, and the words that are there once TAB was pressed: the same in every shell.
  static func rows(_ id: String) -> [(line: String, words: [String])] {
    [
      ("run dep", ["run", "deploy:"]),
      ("run deploy:pr", ["run", "deploy:production"]),
      ("run warm:cache:st", ["run", "warm:cache:staging"]),
      ("run -e pro", ["run", "-e", "production"]),
      ("run --environment=st", ["run", "--environment=staging"]),
      ("run -e staging dep", ["run", "-e", "staging", "deploy"]),
      ("run deploy:staging --moo", ["run", "deploy:staging", "--mood"]),
      ("run deploy:staging --mood it", ["run", "deploy:staging", "--mood", #"it's $HOME "a\b"!"#]),
      ("run deploy:staging --mood cal", ["run", "deploy:staging", "--mood", "calm;still"]),
      ("run deploy:staging --mood 'cal", ["run", "deploy:staging", "--mood", "calm;still"]),
      (#"run deploy:staging --mood "it"#, ["run", "deploy:staging", "--mood", #"it's $HOME "a\b"!"#]),
      ("run --no-such --limi", ["run", "--no-such", "--limit"]),
      ("run -l sta", ["run", "-l", "stage1"]),
      ("run --limit=db", ["run", "--limit=db1"]),
      ("run -l 'web:!d", ["run", "-l", "web:!db1"]),
      ("run -l web,db", ["run", "-l", "web,db1"]),
      (#"run -l \$"#, ["run", "-l", "$x'y"]),
      ("run --format j", ["run", "--format", "json"]),
      ("run -f Deploy", ["run", "-f", "Deployfile.swift"]),
      ("run --output=inven", ["run", "--output=inventory.ini"]),
      (#"run -i a\ fol"#, ["run", "-i", "a folder"]),
      ("run --resume 2", ["run", "--resume", id]),
      ("run --completion z", ["run", "--completion", "zsh"]),
      ("./bin/run fai", ["./bin/run", "fails:"]),
      ("r fai", ["r", "fails:"]),
      ("prod fai", ["prod", "fails"]),
      ("run --on web -- dep", ["run", "--on", "web", "--", "dep"]),
      ("other/run fai", ["other/run", "fai"]),
    ]
  }

  static func texts(_ rows: [(line: String, words: [String])]) -> [String] { rows.map { $0.words.map { "<\($0)>" }.joined() } }
}
