import Foundation
import TestSupport
import Testing

/// Every command that README and the guide tell people to type does what it should, one page after the other: on hosts that are this machine,
/// with a real package index, or in the test that is named here.
@Suite(.ownThreads, .enabled(if: PipBench.isAvailable, "no pypiserver: start bin/test"))
struct CommandTests {
  /// Commands of these pages, or those that begin so, are typed in other tests, or are no business of ours.
  static let elsewhere: [(page: String, beginning: String, place: String)] = [
    ("docs/init.md", "", "InitTests"), ("", "run --init", "InitTests"),
    ("docs/install.md", "", "InstallTests"), ("docs/completion.md", "", "BashCompletionTests and its like"),
    ("docs/resume.md", "run --resume", "ResumeTests"),
    ("Examples/tested/README.md", "swift ", "RehearsalTests"), ("docs/from-", "", "ComparisonTests"),
    ("docs/api.md", "", "bin/docs in .ci/run"),
    ("", "bin/", ".ci/run, or timings"), ("Examples/", "", "ExamplePlanTests and ExampleRunTests"),
    ("docs/build.md", "scp ", "needs another machine: ChrootTests"), ("docs/build.md", "ssh ", "needs another machine: ChrootTests"),
    ("docs/locks.md", "install ", "needs a group on hosts: LockTests"),
  ]

  static let commands = Page.all.flatMap(PageCommand.all(of:)).filter { !$0.isForm }

  static func isElsewhere(_ command: PageCommand) -> Bool {
    elsewhere.contains { command.page.hasPrefix($0.page) && command.text.hasPrefix($0.beginning) }
  }

  @Test func nothingIsTypedInVain() throws {
    #expect(Self.commands.count > 60)
    for (page, beginning, place) in Self.elsewhere {
      #expect(Self.commands.contains { $0.page.hasPrefix(page) && $0.text.hasPrefix(beginning) }, "\(page) \(beginning): \(place)")
    }
  }

  @Test func everyCommandDoesWhatItShould() throws {
    let shop = try Shop()
    for command in Self.commands where !Self.isElsewhere(command) {
      try shop.prepare(for: command)
      let ended = try shop.type(command)
      #expect(ended.status == 0, "\(command.testDescription)\n\(ended.output)\(ended.errors)")
    }
  }
}

/// The project that the pages speak of: a Python application on hosts that are this machine.
private struct Shop {
  private let example: Example
  private let canary: Example
  private let index: IndexServer
  private let programs = Scratch()

  init() throws {
    index = try IndexServer(wheels: ["shop-1.1.0", "shop-1.4.1", "shop-1.4.2", "shop-2.0rc1"], origin: "guide")
    canary = try Example("canary")
    example = try Example("python-app")
    try example.replace("https://pypi.example.com/simple", with: index.index("simple"), in: "Deployfile/Index.swift")
    // Its environments get pip in no time.
    _ = PipBench.project
    try example.replace("index: index)", with: "index: index, python: \"\(PipBench.tools.path)/python\")", in: "Deployfile.swift")
    try example.replace(
      "  environment(\"production\", inventory: \"inventory/production.ini\", protected: true)\n", with: "", in: "Deployfile.swift")
    try example.replace("environment(\"local\"", with: "environment(\"production\"", in: "Deployfile.swift")
    try example.replace(
      "  setup\n", with: "  setup\n  task(\"uptime\", \"Show the load\") { hosts(\"web\") { run(\"uptime\") } }\n", in: "Deployfile.swift")
    try programs.write("run", "#!/bin/sh\nexec \"$PUSHBUTTON_TEST_RUN\" \"$@\"\n", mode: 0o755)
    try programs.write("xdg-open", "#!/bin/sh\n[ -s \"$1\" ]\n", mode: 0o755)
    for words in [["setup"], ["deploy", "--version", "1.1.0"], ["deploy", "--version", "1.4.1"]] {
      let ended = try example.run(words)
      #expect(ended.status == 0, "\(ended)")
    }
  }

  /// Going back needs something that is newer than what was good before.
  func prepare(for command: PageCommand) throws {
    guard command.text.hasPrefix("run rollback") else { return }
    for version in ["1.4.1", "1.4.2"] {
      let ended = try example.run("deploy", "--version", version)
      #expect(ended.status == 0, "\(ended)")
    }
  }

  func type(_ command: PageCommand) throws -> Ended {
    var text = command.text.replacing(" ...", with: " --version 1.4.2")
    // A run of the page, which here is the last one.
    text = text.replacing(
      #/\b\d{8}T\d{6}\b/#, with: "$(run --history --json | grep -o '[0-9]\\{8\\}T[0-9]\\{6\\}-[0-9a-f]\\{8\\}' | tail -1)")
    // The canary asks whether to go on, and nobody is there.
    if command.page == "docs/recipes.md" {
      text = text.replacing("cd Examples/canary", with: "true").replacing("run deploy", with: "run --yes deploy")
    }
    let place = command.page == "docs/recipes.md" ? canary : example
    return try place.shell(
      text,
      environment: [
        "PATH": "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")", "PUSHBUTTON_TEST_RUN": BuiltRun.path ?? "run",
        "TASK": "deploy", "ENVIRONMENT": "production", "VERSION": "1.4.2",
      ])
  }
}
