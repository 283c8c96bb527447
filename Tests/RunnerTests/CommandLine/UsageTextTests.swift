import Tasks
import Testing

@testable import Runner

@Suite struct UsageTextTests {
  @Test func listing() {
    #expect(
      Listing.text(of: Shop.deployfile) == """
        tasks:
          deploy --version VERSION  Install a version
          rollback                  Go back
          warm:cache                Fill the cache

        environments:
          staging
          production  protected: asks before it runs

        """)
    #expect(Listing.text(of: Deployfile {}) == "no tasks\n")
  }

  @Test func helpOfATask() {
    #expect(
      Usage.text(for: Shop.deploy) == """
        deploy: Install a version

        usage: run deploy[:ENVIRONMENT] --version VERSION [--[no-]migrate] [--count INTEGER] [--tag TEXT] ... [--color red|green]

          --version VERSION  the version to install (a version, latest, or a specifier such as '>=1.4,<2'; required)
          --[no-]migrate     migrate the database first (default: no)
          --count INTEGER    how many workers
          --tag TEXT         labels of the release (may be repeated)
          --color red|green  (one of red, green; default: red)

        """)
    #expect(Usage.text(for: task("t", "T") {}) == "t: T\n\nusage: run t[:ENVIRONMENT]\n")
  }

  @Test func help() {
    #expect(
      Usage.text == """
        Deploy with the push of a button.

        usage: run                                              list the tasks and environments
               run TASK[:ENVIRONMENT] [--parameter value ...] [TASK ...]
               run --plan TASK[:ENVIRONMENT] ...                show what would happen; connects to no host
               run --on PATTERN [-e ENVIRONMENT] -- COMMAND     run one command on hosts
               run --resume [RUN] | --history | --unlock NAME   go on with a run; what was run; remove a lock
               run --report [RUN] [--open]                      make a page that tells of a run
               run --doctor [PATTERN]                           what would stop a deploy?
               run --shell HOST | --completion SHELL            log in on a host; have a shell complete all of this
               run --init                                       begin a Deployfile
               run --build -o FILE | --edit                     one program for machines without Swift; help in editors

        options, anywhere before --:
              --plan                  show what would happen, on which hosts; connects to no host
              --diff                  with --plan: only how it differs from the last run of the same
              --list                  list the tasks and environments
              --hosts [PATTERN]       list the hosts of an environment
              --check                 compile, and plan every task in every environment
              --on PATTERN            run the command after -- on these hosts
              --history               list the runs from this machine: outcome, who, when, how long
              --report [RUN]          make a page that tells of the last run, or of this one
              --open                  with --report: show it in the browser
              --resume [RUN]          go on with a run that was cut off, has failed or was interrupted
              --unknown WORD          with --resume: steps of which nobody knows whether they were done are "done", or done "again"
              --unlock NAME           show who holds a lock, and remove it after asking
              --doctor [PATTERN]      look at this machine and at hosts: what would stop a deploy?
              --init                  make a Deployfile.swift here, from what another tool has, or a new one
              --from TOOL             with --init: fabric, capistrano, deployer, ansible or nothing; may be repeated
              --build                 make one program of the Deployfile, for machines without Swift: --build -o FILE
              --edit                  set up completion and hover for the Deployfile in editors
              --shell HOST            log in on one host, as a run would reach it
              --completion SHELL      print what makes bash, zsh or fish complete these words
          -h, --help [TASK]           this text, or what a task does and takes
              --version               the version of Pushbutton
          -e, --environment ENV       the environment of tasks that name none
          -l, --limit PATTERN         only these of the selected hosts
          -j, --jobs N                hosts at once, in place of every phase's own limit
          -y, --yes                   answer every question with yes
          -K, --ask-sudo-password     ask for the password that sudo wants on hosts
          -f, --file PATH             this Deployfile, not the next one upwards
          -i, --inventory PATH        this inventory, not the environment's
              --accept-new-host-keys  take down keys of hosts that ssh does not know
              --trust-files           use files that others could have written
              --format FORMAT         live (on a terminal), plain, or json: one event a line
          -o, --output FILE           tell FILE, too: .html, .md, .xml (JUnit) or .jsonl; may be repeated
              --json                  JSON from --list, --hosts, --plan, --history and --doctor
          -v, --verbose               show commands, attempts and ssh's own messages
          -q, --quiet                 show failures and the summary only

        exit status: 0 done; 1 a step failed; 2 nothing was touched, because the command line, the Deployfile, the inventory or the
        plan is invalid; 3 done except for tolerated hosts; 4 a host could not be reached; 5 a lock is held; 130, 143 interrupted

        """)
  }

  @Test func helpOfABuiltProgram() {
    let lines = Usage.text(of: .built(name: "./shop", sources: "")).split(separator: "\n").map(String.init)
    #expect(
      lines.filter { $0.contains("./shop") } == [
        "usage: ./shop                                              list the tasks and environments",
        "       ./shop TASK[:ENVIRONMENT] [--parameter value ...] [TASK ...]",
        "       ./shop --plan TASK[:ENVIRONMENT] ...                show what would happen; connects to no host",
        "       ./shop --on PATTERN [-e ENVIRONMENT] -- COMMAND     run one command on hosts",
        "       ./shop --resume [RUN] | --history | --unlock NAME   go on with a run; what was run; remove a lock",
        "       ./shop --report [RUN] [--open]                      make a page that tells of a run",
        "       ./shop --doctor [PATTERN]                           what would stop a deploy?",
        "       ./shop --shell HOST | --completion SHELL            log in on a host; have a shell complete all of this",
      ])
    for word in ["run --", "--build", "--edit", "--file"] { #expect(!lines.contains { $0.contains(word) }, "\(word)") }
  }

  @Test func optionsAreDistinct() {
    #expect(Set(Option.all.map(\.name)) == Set(Option.Name.allCases))
    #expect(Option.all.count == Option.Name.allCases.count)
    #expect(Set(Option.all.compactMap(\.short)).count == Option.all.compactMap(\.short).count)
  }

  @Test func hosts() {
    #expect(
      Listing.text(of: [
        Host("web1", roles: ["web", "eu"]), Host("db1", address: "10.0.0.5", port: 2222, user: "deploy", roles: ["db"]),
        Host("x", user: "root"), Host("lone", port: 22),
      ]) == """
        web1                        web, eu
        db1   deploy@10.0.0.5:2222  db
        x     root@x
        lone  :22

        """)
    #expect(Listing.text(of: [Host("a", roles: ["web"]), Host("b")]) == "a  web\nb\n")
  }
}
