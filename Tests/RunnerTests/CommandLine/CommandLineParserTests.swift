import Tasks
import Testing

@testable import Runner

/// A command line, and what it means.
struct ParsingRow: CustomTestStringConvertible, Sendable {
  let words: [String]
  let expected: Invocation

  init(_ words: String, _ expect: (inout Invocation) -> Void) {
    self.init(words.split(separator: " ").map(String.init), expect)
  }

  init(_ words: [String], _ expect: (inout Invocation) -> Void) {
    self.words = words
    var expected = Invocation()
    expect(&expected)
    self.expected = expected
  }

  var testDescription: String { words.joined(separator: " ") }

  static func running(_ words: String, _ calls: TaskCall..., also: (inout Invocation) -> Void = { _ in }) -> ParsingRow {
    ParsingRow(words) {
      $0.action = .run
      $0.calls = calls
      also(&$0)
    }
  }
}

@Suite struct CommandLineParserTests {
  private static let rollback = TaskCall(task: "rollback")
  private static func deploy(_ words: [String: [String]], in environment: String? = nil) -> TaskCall {
    TaskCall(task: "deploy", environment: environment, words: words)
  }

  static let actions = [
    ParsingRow("") { $0.action = .list },
    ParsingRow("--list") { $0.action = .list },
    ParsingRow("--list --list") { $0.action = .list },
    ParsingRow("--list --json") {
      $0.action = .list
      $0.wantsJSON = true
    },
    ParsingRow("--json") { $0.wantsJSON = true },
    ParsingRow("--hosts") { $0.action = .hosts(nil) },
    ParsingRow("--hosts web:!web3") { $0.action = .hosts("web:!web3") },
    ParsingRow("--hosts=web") { $0.action = .hosts("web") },
    ParsingRow("--hosts --json -e staging") {
      $0.action = .hosts(nil)
      $0.wantsJSON = true
      $0.environment = "staging"
    },
    ParsingRow("--help") { $0.action = .help(nil) },
    ParsingRow("-h") { $0.action = .help(nil) },
    ParsingRow("--help deploy") { $0.action = .help("deploy") },
    ParsingRow("-h warm:cache") { $0.action = .help("warm:cache") },
    ParsingRow("rollback --help") {
      $0.action = .help("rollback")
      $0.calls = [rollback]
    },
    ParsingRow("--version") { $0.action = .version },
    ParsingRow("--check") { $0.action = .check },
    ParsingRow("--history") { $0.action = .history },
    ParsingRow("--report") { $0.action = .report(nil) },
    ParsingRow("--open --report 2026 --output r.html --output r.md") {
      $0.action = .report("2026")
      $0.opensReport = true
      $0.outputs = ["r.html", "r.md"].compactMap { Invocation.Output($0) }
    },
    ParsingRow("--history --json") {
      $0.action = .history
      $0.wantsJSON = true
    },
    ParsingRow("--resume") { $0.action = .resume(nil) },
    ParsingRow("--resume 20261125T22") { $0.action = .resume("20261125T22") },
    ParsingRow("--resume=2026 --unknown done -yv --output r.xml") {
      $0.action = .resume("2026")
      $0.unknownSteps = .done
      $0.answersYes = true
      $0.detail = .verbose
      $0.outputs = ["r.xml"].compactMap { Invocation.Output($0) }
    },
    ParsingRow("--unknown=again --resume --format json") {
      $0.action = .resume(nil)
      $0.unknownSteps = .again
      $0.format = .json
    },
    ParsingRow("--shell web1 -e staging") {
      $0.action = .shell("web1")
      $0.environment = "staging"
    },
    ParsingRow("--completion fish") { $0.action = .completion(.fish) },
    ParsingRow("--unlock shop") { $0.action = .unlock("shop") },
    ParsingRow("--unlock=shop -e staging -l web1 -y") {
      $0.action = .unlock("shop")
      $0.environment = "staging"
      $0.limit = "web1"
      $0.answersYes = true
    },
    ParsingRow("--plan rollback") {
      $0.action = .plan
      $0.calls = [rollback]
    },
    ParsingRow("rollback:staging --plan --json") {
      $0.action = .plan
      $0.calls = [TaskCall(task: "rollback", environment: "staging")]
      $0.wantsJSON = true
    },
    ParsingRow("--on web -- uptime -s --json") { $0.action = .on("web", command: ["uptime", "-s", "--json"]) },
    ParsingRow("--on=web -e staging -- uptime -- x") {
      $0.action = .on("web", command: ["uptime", "--", "x"])
      $0.environment = "staging"
    },
    ParsingRow(["--on", "web", "--", "echo a b"]) { $0.action = .on("web", command: ["echo a b"]) },
  ]

  static let options = [
    ParsingRow.running("rollback -e staging", rollback) { $0.environment = "staging" },
    ParsingRow.running("-e=staging rollback", rollback) { $0.environment = "staging" },
    ParsingRow.running("-estaging rollback", rollback) { $0.environment = "staging" },
    ParsingRow.running("--environment staging rollback", rollback) { $0.environment = "staging" },
    ParsingRow.running("--environment=staging rollback", rollback) { $0.environment = "staging" },
    ParsingRow.running("rollback -l !web3", rollback) { $0.limit = "!web3" },
    ParsingRow.running("rollback --limit=-x", rollback) { $0.limit = "-x" },
    ParsingRow.running("rollback --limit=a=b", rollback) { $0.limit = "a=b" },
    ParsingRow.running("rollback --limit a --limit b", rollback) { $0.limit = "b" },
    ParsingRow.running("rollback -j4", rollback) { $0.jobs = 4 },
    ParsingRow.running("rollback -j 4", rollback) { $0.jobs = 4 },
    ParsingRow.running("rollback -j=4", rollback) { $0.jobs = 4 },
    ParsingRow.running("rollback --jobs 4", rollback) { $0.jobs = 4 },
    ParsingRow.running("-y rollback", rollback) { $0.answersYes = true },
    ParsingRow.running("rollback --yes", rollback) { $0.answersYes = true },
    ParsingRow.running("-K rollback", rollback) { $0.asksSudoPassword = true },
    ParsingRow.running("rollback --ask-sudo-password", rollback) { $0.asksSudoPassword = true },
    ParsingRow.running("-f x/Deployfile.swift rollback --file y", rollback),
    ParsingRow.running("-i hosts.ini rollback", rollback) { $0.inventory = "hosts.ini" },
    ParsingRow.running("rollback --inventory=hosts.ini", rollback) { $0.inventory = "hosts.ini" },
    ParsingRow.running("rollback --output a.xml --output=b/C.JSONL", rollback) {
      $0.outputs = ["a.xml", "b/C.JSONL"].compactMap { Invocation.Output($0) }
    },
    ParsingRow.running("rollback --format json", rollback) { $0.format = .json },
    ParsingRow.running("rollback --format=plain", rollback) { $0.format = .plain },
    ParsingRow.running("rollback -v", rollback) { $0.detail = .verbose },
    ParsingRow.running("rollback --quiet", rollback) { $0.detail = .quiet },
    ParsingRow.running("rollback -vyj4", rollback) {
      $0.detail = .verbose
      $0.answersYes = true
      $0.jobs = 4
    },
    ParsingRow.running("-yj 4 rollback -qe staging", rollback) {
      $0.answersYes = true
      $0.jobs = 4
      $0.detail = .quiet
      $0.environment = "staging"
    },
  ]

  static let tasks = [
    ParsingRow.running("rollback", rollback),
    ParsingRow.running("rollback rollback", rollback, rollback),
    ParsingRow.running("rollback:production", TaskCall(task: "rollback", environment: "production")),
    ParsingRow.running("warm:cache", TaskCall(task: "warm:cache")),
    ParsingRow.running("warm:cache:staging", TaskCall(task: "warm:cache", environment: "staging")),
    ParsingRow.running("deploy:production --version 1.4.2", deploy(["version": ["1.4.2"]], in: "production")),
    ParsingRow.running("deploy --version=1.4.2", deploy(["version": ["1.4.2"]])),
    ParsingRow.running("deploy --version=", deploy(["version": [""]])),
    ParsingRow.running("deploy --version 1 rollback", deploy(["version": ["1"]]), rollback),
    ParsingRow.running(
      "deploy:staging --version 1 deploy:production --version 2", deploy(["version": ["1"]], in: "staging"),
      deploy(["version": ["2"]], in: "production")),
    ParsingRow.running("deploy -v --version 1 -e staging --migrate", deploy(["version": ["1"], "migrate": ["true"]])) {
      $0.detail = .verbose
      $0.environment = "staging"
    },
    ParsingRow.running("deploy --migrate", deploy(["migrate": ["true"]])),
    ParsingRow.running("deploy --no-migrate", deploy(["migrate": ["false"]])),
    ParsingRow.running("deploy --migrate=true", deploy(["migrate": ["true"]])),
    ParsingRow.running("deploy --migrate=false", deploy(["migrate": ["false"]])),
    ParsingRow.running("deploy --migrate rollback", deploy(["migrate": ["true"]]), rollback),
    ParsingRow.running("deploy --tag a --tag b", deploy(["tag": ["a", "b"]])),
    ParsingRow.running("deploy --tag=a --tag -b", deploy(["tag": ["a", "-b"]])),
    ParsingRow.running("deploy --count -3", deploy(["count": ["-3"]])),
    ParsingRow.running("deploy --count=-3", deploy(["count": ["-3"]])),
    ParsingRow.running("deploy --count=--3", deploy(["count": ["--3"]])),
    ParsingRow.running("deploy --count -", deploy(["count": ["-"]])),
    ParsingRow.running("deploy --color green", deploy(["color": ["green"]])),
    ParsingRow.running("deploy --tag rollback", deploy(["tag": ["rollback"]])),
  ]

  @Test(arguments: actions + options + tasks) func reads(row: ParsingRow) throws {
    var parser = CommandLineParser(deployfile: Shop.deployfile, words: row.words)
    #expect(try parser.parse() == row.expected)
  }

  @Test func aTasksOptionComesBeforeOurs() throws {
    let other = Deployfile { task("t", "T", Parameter<String>("limit")) { _ in } }
    var parser = CommandLineParser(deployfile: other, words: ["--limit", "web", "t", "--limit", "5"])
    let invocation = try parser.parse()
    #expect(invocation.limit == "web")
    #expect(invocation.calls == [TaskCall(task: "t", words: ["limit": ["5"]])])
  }
}
