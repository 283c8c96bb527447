import Tasks
import Testing

@testable import Runner

/// Words up to the cursor, the last of which is being typed, and what could stand there.
struct CompletionRow: CustomTestStringConvertible, Sendable {
  let words: [String]
  /// Those that begin with what is typed; nothing where the shell completes files.
  let expected: [String]?

  init(_ words: String, _ expected: String?) {
    self.words = words.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    self.expected = expected?.split(separator: " ").map(String.init)
  }

  var testDescription: String { words.joined(separator: " ") }
}

@Suite struct CompletionTests {
  static let production = [Host("web1", roles: ["web", "it's"]), Host("web2", roles: ["web"]), Host("::1")]
  static let staging = [Host("stage1", roles: ["web"])]

  static var sources: Completion.Sources {
    Completion.Sources(inventories: { environments, invocation in
      let lists = invocation.inventory == nil ? environments.map { $0.name == "staging" ? staging : production } : [[Host("elsewhere")]]
      return lists.compactMap { try? Inventory($0) }
    })
  }

  static func answer(_ words: [String], _ deployfile: Deployfile = Shop.deployfile, _ sources: Completion.Sources = sources)
    -> CompletionAnswer?
  {
    CompletionRequest(["--complete", "fish"] + words).map { Completion.answer($0, deployfile, sources) }
  }

  private struct NoWords: Error {}

  private static func words(_ typed: String...) throws -> [Candidate] {
    guard case .words(let words)? = answer(typed) else { throw NoWords() }
    return words
  }

  static let rows = [
    CompletionRow("", "deploy: rollback: warm:cache:"),
    CompletionRow("de", "deploy:"),
    CompletionRow("deploy:", "deploy:staging deploy:production"),
    CompletionRow("deploy:pro", "deploy:production"),
    CompletionRow("warm:", "warm:cache:"),
    CompletionRow("warm:cache:", "warm:cache:staging warm:cache:production"),
    // With an environment for all of them, tasks need none.
    CompletionRow("-e staging de", "deploy"),
    CompletionRow("-i x.ini de", "deploy"),
    CompletionRow("-e staging deploy:", "deploy:staging deploy:production"),
    CompletionRow("--plan roll", "rollback:"),
    // Behind a task, what it takes comes first.
    CompletionRow(
      "deploy:staging ", "--version --migrate --no-migrate --count --tag --color deploy: rollback: warm:cache:"),
    CompletionRow("deploy:staging --version 1 --no-migrate ", "--count --tag --color deploy: rollback: warm:cache:"),
    CompletionRow("deploy:staging --ver", "--version --verbose"),
    CompletionRow("deploy:staging --tag a --t", "--tag --trust-files"),
    CompletionRow("deploy:staging --no-", "--no-migrate"),
    CompletionRow("deploy:staging rollback:staging --ver", "--version --verbose"),
    CompletionRow("deploy:staging rollback:staging --col", ""),
    CompletionRow("deploy:staging --color ", "red green"),
    CompletionRow("deploy:staging --color g", "green"),
    CompletionRow("deploy:staging --color=", "--color=red --color=green"),
    CompletionRow("deploy:staging --migrate=", "--migrate=true --migrate=false"),
    CompletionRow("deploy:staging --migrate ro", "rollback:"),
    CompletionRow("deploy:staging --version ", "latest"),
    CompletionRow("deploy:staging --count ", ""),
    CompletionRow("deploy:staging --tag ", nil),
    // Options of ours.
    CompletionRow("--ver", "--version --verbose"),
    CompletionRow("-v --ver", "--version"),
    CompletionRow("--output a.xml --out", "--output"),
    CompletionRow("-e ", "staging production"),
    CompletionRow("-epro", "-eproduction"),
    CompletionRow("--environment=", "--environment=staging --environment=production"),
    CompletionRow("-ve ", "staging production"),
    CompletionRow("--init --from ", "fabric capistrano deployer ansible nothing"),
    CompletionRow("--format ", "live plain json"),
    CompletionRow("--format=j", "--format=json"),
    CompletionRow("--unknown ", "again done"),
    CompletionRow("--completion ", "bash zsh fish"),
    CompletionRow("--help ", "deploy rollback warm:cache"),
    CompletionRow("--jobs ", ""),
    CompletionRow("--unlock ", ""),
    CompletionRow("-f ", nil),
    CompletionRow("-i ", nil),
    CompletionRow("--output ", nil),
    CompletionRow("--output=", nil),
    // Hosts and roles, of the environment that is named or of all.
    CompletionRow("-l ", "all web it's stage1 web1 web2 ::1"),
    CompletionRow("deploy:staging -l ", "all web stage1"),
    CompletionRow("-e production --on ", "all web it's web1 web2 ::1"),
    CompletionRow("-i other.ini --hosts ", "all elsewhere"),
    CompletionRow("--limit=web:&we", "--limit=web:&web --limit=web:&web1 --limit=web:&web2"),
    CompletionRow("-l web,!st", "web,!stage1"),
    CompletionRow("-l web[0:1", ""),
    CompletionRow("--shell ", "stage1 web1 web2 ::1"),
    CompletionRow("--hosts --js", "--json"),
    // Behind -- it is the hosts' own command.
    CompletionRow("--on web -- de", ""),
    CompletionRow("--on web -- -", ""),
    // Words that mean nothing are no reason to stop.
    CompletionRow("nothing:here --nope de", "deploy:"),
    CompletionRow("-e nowhere -l st", "stage1"),
  ]

  @Test(arguments: rows) func completes(row: CompletionRow) {
    switch Self.answer(row.words) {
    case .files?: #expect(row.expected == nil)
    case .words(let words)?:
      let current = row.words.last ?? ""
      #expect(words.map(\.text).filter { $0.hasPrefix(current) } == row.expected ?? ["files"])
    case nil: Issue.record("no question")
    }
  }

  @Test func addressesHaveColonsOfTheirOwn() throws {
    #expect(try Self.words("-l", "::").last == Candidate("::1", "host"))
    #expect(try Self.words("-l", "web:").allSatisfy { $0.text.hasPrefix("web:") })
  }

  @Test func allOptions() throws {
    let words = try Self.words("-")
    #expect(words.map(\.text) == Option.all.map(\.long) + Option.all.compactMap { $0.short.map { "-\($0)" } })
    #expect(words.allSatisfy { !$0.help.isEmpty })
  }

  @Test func oneEnvironmentNeedsNoName() {
    let deployfile = Deployfile {
      environment("production", inventory: "x", protected: true)
      Shop.deploy
    }
    #expect(Self.answer(["d"], deployfile) == .words([Candidate("deploy", "Install a version")]))
    #expect(
      Self.answer(["deploy:"], deployfile)
        == .words([Candidate("deploy", "Install a version"), Candidate("deploy:production", "Install a version")]))
    #expect(Self.answer(["-e", ""], deployfile) == .words([Candidate("production", "protected")]))
  }

  @Test func withoutADeployfile() {
    #expect(Self.answer(["d"], Deployfile {}, Completion.Sources()) == .words([]))
    #expect(Self.answer(["-l", ""], Deployfile {}, Completion.Sources()) == .words([]))
    #expect(Self.answer(["-f", ""], Deployfile {}, Completion.Sources()) == .files)
  }

  @Test func whatIsNoQuestion() {
    for words in [
      [], ["--complete"], ["--complete", "bash"], ["--complete", "tcsh", "x"], ["--complete", "bash", "run x", "x", "y"],
      ["x", "fish", "x"],
    ] { #expect(CompletionRequest(words) == nil, "\(words)") }
  }
}
