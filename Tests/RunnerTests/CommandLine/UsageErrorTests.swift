import Tasks
import Testing

@testable import Runner

/// A command line that means nothing, and what a person reads.
struct UsageRow: CustomTestStringConvertible, Sendable {
  let words: [String]
  let text: String

  init(_ words: String, _ text: String) {
    self.words = words.split(separator: " ").map(String.init)
    self.text = text
  }

  var testDescription: String { words.joined(separator: " ") }
}

@Suite struct UsageErrorTests {
  static let rows = [
    UsageRow("depoly", "there is no task \"depoly\"\n  Did you mean \"deploy\"?"),
    UsageRow("xyz", "there is no task \"xyz\"\n  The tasks are deploy, rollback, warm:cache."),
    UsageRow("-", "there is no task \"-\"\n  The tasks are deploy, rollback, warm:cache."),
    UsageRow("depoly:production", "there is no task \"depoly\"\n  Did you mean \"deploy\"?"),
    UsageRow("warm:cahce", "there is no task \"warm:cahce\"\n  Did you mean \"warm:cache\"?"),
    UsageRow("warm:production", "there is no task \"warm\"\n  Did you mean \"warm:cache\"?"),
    UsageRow("deploy:prodction", "there is no environment \"prodction\"\n  Did you mean \"production\"?"),
    UsageRow("deploy:", "there is no environment \"\"\n  The environments are staging, production."),
    UsageRow("warm:cache:x", "there is no environment \"x\"\n  The environments are staging, production."),
    UsageRow("-e qa deploy", "there is no environment \"qa\"\n  The environments are staging, production."),
    UsageRow("--environmnt x", "run takes no option --environmnt\n  Did you mean \"--environment\"?"),
    UsageRow("--nada", "run takes no option --nada\n  run --help shows them all."),
    UsageRow(
      "deploy --versoin 1", "neither the task \"deploy\" nor run takes the option --versoin\n  Did you mean \"--version\" or \"--verbose\"?"
    ),
    UsageRow("deploy --nada", "neither the task \"deploy\" nor run takes the option --nada\n  run --help deploy shows what it takes."),
    UsageRow(
      "rollback --no-migrate",
      "neither the task \"rollback\" nor run takes the option --no-migrate\n  run --help rollback shows what it takes."),
    UsageRow("deploy --no-version", "neither the task \"deploy\" nor run takes the option --no-version\n  Did you mean \"--version\"?"),
    UsageRow("-x", "run takes no option -x\n  Did you mean \"-K\", \"-e\" or \"-f\"?"),
    UsageRow("deploy --build", "--build takes no tasks\n  run --help shows the form of the command line."),
    UsageRow(
      "--edit", "--edit is for run itself: this program has its Deployfile built in\n  Type it where the Deployfile is, and run."),
    UsageRow("-l", "-l needs a value: PATTERN\n  Write -l VALUE; -l=VALUE if the value begins with -."),
    UsageRow("--limit -v", "--limit needs a value: PATTERN\n  Write --limit VALUE; --limit=VALUE if the value begins with -."),
    UsageRow("deploy --version", "--version needs a value: version\n  Write --version VALUE; --version=VALUE if the value begins with -."),
    UsageRow("deploy --count -v", "--count needs a value: integer\n  Write --count VALUE; --count=VALUE if the value begins with -."),
    UsageRow("deploy --tag --migrate", "--tag needs a value: list of text\n  Write --tag VALUE; --tag=VALUE if the value begins with -."),
    UsageRow("deploy --tag -- x", "--tag needs a value: list of text\n  Write --tag VALUE; --tag=VALUE if the value begins with -."),
    UsageRow("--yes=no", "--yes takes no value, but \"no\" was given\n  Write --yes alone."),
    UsageRow("deploy --no-migrate=true", "--no-migrate takes no value, but \"true\" was given\n  Write --no-migrate alone."),
    UsageRow(
      "deploy --migrate=maybe", "--migrate is a flag: its value is true or false, not \"maybe\"\n  Write --migrate, or --no-migrate."),
    UsageRow("deploy --version 1 --version 2", "--version is given more than once\n  It takes one value."),
    UsageRow("deploy --migrate --no-migrate", "--migrate is given more than once\n  It takes one value."),
    UsageRow("-j 0", "-j takes a whole number of 1 or more, not \"0\"\n  For example -j 10."),
    UsageRow("--jobs many", "--jobs takes a whole number of 1 or more, not \"many\"\n  For example --jobs 10."),
    UsageRow("--jobs=-1", "--jobs takes a whole number of 1 or more, not \"-1\"\n  For example --jobs 10."),
    UsageRow("rollback --format jsn", "there is no format \"jsn\"\n  Did you mean \"json\"?"),
    UsageRow(
      "rollback --output report.pdf",
      "--output report.pdf: what it is to hold is told by the end of its name\n  It is one of .html (a page), .md (Markdown), .xml (JUnit) and .jsonl (the events of --format json)."
    ),
    UsageRow(
      "rollback --output xml",
      "--output xml: what it is to hold is told by the end of its name\n  It is one of .html (a page), .md (Markdown), .xml (JUnit) and .jsonl (the events of --format json)."
    ),
    UsageRow("rollback --format xml", "there is no format \"xml\"\n  Formats are live, plain and json."),
    UsageRow("--from fabric", "--from goes with --init\n  For example: run --init --from capistrano"),
    UsageRow("--init --from x", "--from does not know \"x\"\n  It takes fabric, capistrano, deployer, ansible, nothing."),
    UsageRow("--init rollback", "--init takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--list --hosts", "--list and --hosts exclude each other\n  Choose one."),
    UsageRow("--plan --check rollback", "--plan and --check exclude each other\n  Choose one."),
    UsageRow(
      "--json rollback",
      "--json goes with --list, --hosts, --plan, --history and --doctor\n  For the events of a run as JSON lines, write --format json."),
    UsageRow(
      "--check --json",
      "--json goes with --list, --hosts, --plan, --history and --doctor\n  For the events of a run as JSON lines, write --format json."),
    UsageRow("--on web", "--on needs a command after --\n  For example: run --on web -- uptime"),
    UsageRow("--on web --", "--on needs a command after --\n  For example: run --on web -- uptime"),
    UsageRow("--on", "--on needs a value: PATTERN\n  Write --on VALUE; --on=VALUE if the value begins with -."),
    UsageRow("-- uptime", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow("rollback -- uptime", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow("--plan rollback -- x", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow("--plan", "--plan needs a task\n  run --list shows them."),
    UsageRow("--list rollback", "--list takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("rollback --hosts", "--hosts takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--report rollback -- x", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow("rollback --report", "--report takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("rollback --open", "--open goes with --report\n  For example: run --report --open"),
    UsageRow("--history --open", "--open goes with --report\n  For example: run --report --open"),
    UsageRow(
      "--report --output r.xml",
      "--report cannot make r.xml of a run that is over\n  It makes .html and .md; the others are written while a run goes on."),
    UsageRow("--history rollback", "--history takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("rollback --resume", "--resume takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--unlock shop rollback", "--unlock takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--unlock", "--unlock needs a value: NAME\n  Write --unlock VALUE; --unlock=VALUE if the value begins with -."),
    UsageRow("--resume --unlock shop", "--resume and --unlock exclude each other\n  Choose one."),
    UsageRow("--history --resume", "--history and --resume exclude each other\n  Choose one."),
    UsageRow("--history=yes", "--history takes no value, but \"yes\" was given\n  Write --history alone."),
    UsageRow("--resume -- x", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow(
      "--resume --json",
      "--json goes with --list, --hosts, --plan, --history and --doctor\n  For the events of a run as JSON lines, write --format json."),
    UsageRow(
      "--resume --unknown maybe",
      "--unknown takes done or again, not \"maybe\"\n  done: the steps of which nobody knows are done; again: they are done once more."),
    UsageRow("--resume --unknown", "--unknown needs a value: WORD\n  Write --unknown VALUE; --unknown=VALUE if the value begins with -."),
    UsageRow("rollback --unknown done", "--unknown goes with --resume\n  For example: run --resume --unknown done"),
    UsageRow("--unknown again", "--unknown goes with --resume\n  For example: run --resume --unknown done"),
    UsageRow("--resume -e staging", "--resume takes no --environment\n  That run has its own environment, hosts and number of jobs."),
    UsageRow("--report -l web", "--report takes no --limit\n  That run has its own environment, hosts and number of jobs."),
    UsageRow("--plan rollback -o x.md", "--plan takes no --output\n  run --help shows the form of the command line."),
    UsageRow("-o x.md", "--list takes no --output\n  run --help shows the form of the command line."),
    UsageRow("--report --unknown done", "--unknown goes with --resume\n  For example: run --resume --unknown done"),
    UsageRow("-fx rollback", "run takes no option -fx\n  Did you mean \"-f\"?"),
    UsageRow("-l web --resume", "--resume takes no --limit\n  That run has its own environment, hosts and number of jobs."),
    UsageRow("--resume -j 2", "--resume takes no --jobs\n  That run has its own environment, hosts and number of jobs."),
    UsageRow("--resume 2026 -i x.ini", "--resume takes no --inventory\n  That run has its own environment, hosts and number of jobs."),
    UsageRow("--resume --limit", "--limit needs a value: PATTERN\n  Write --limit VALUE; --limit=VALUE if the value begins with -."),
    UsageRow("--shell", "--shell needs a value: HOST\n  Write --shell VALUE; --shell=VALUE if the value begins with -."),
    UsageRow("--shell web1 rollback", "--shell takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--shell web1 --hosts", "--shell and --hosts exclude each other\n  Choose one."),
    UsageRow("--shell web1 -- uptime", "a command after -- needs --on\n  For example: run --on web -- uptime"),
    UsageRow(
      "--completion", "--completion needs a value: SHELL\n  Write --completion VALUE; --completion=VALUE if the value begins with -."),
    UsageRow("--completion bsh", "there is no completion for the shell \"bsh\"\n  Did you mean \"bash\" or \"zsh\"?"),
    UsageRow("--completion powershell", "there is no completion for the shell \"powershell\"\n  Shells are bash, zsh and fish."),
    UsageRow("--completion bash rollback", "--completion takes no tasks\n  run --help shows the form of the command line."),
    UsageRow("--on web rollback -- x", "--on takes no tasks\n  run --help shows the form of the command line."),
  ]

  @Test(arguments: rows) func tells(row: UsageRow) {
    var parser = CommandLineParser(deployfile: Shop.deployfile, words: row.words)
    do throws(UsageError) {
      let invocation = try parser.parse()
      Issue.record("understood as \(invocation)")
    } catch {
      #expect(Failure(error).text == "error: \(row.text)\n")
      #expect(Failure(error).status == .invalid)
    }
  }

  @Test func withoutTasksOrEnvironments() {
    let empty = Deployfile {}
    for (word, text) in [
      ("deploy", "error: there is no task \"deploy\"\n  The Deployfile has no tasks.\n"),
      ("-estaging", "error: there is no environment \"staging\"\n  The Deployfile declares no environment.\n"),
    ] {
      var parser = CommandLineParser(deployfile: empty, words: [word])
      do throws(UsageError) { _ = try parser.parse() } catch { #expect(Failure(error).text == text) }
    }
  }
}
