import Foundation
import TestSupport
import Testing

/// `run --init`: in folders as other tools leave them, and in an empty one.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct InitTests {
  private let folder = Scratch()
  private let home = Scratch()

  /// The folder with the files of these tools in it, as `Tests/Beginnings` has them.
  private func begin(_ tools: String..., words: [String] = ["--init", "--yes"]) throws -> Ended {
    for tool in tools {
      let source = "\(BuiltRun.root)/Tests/Beginnings/\(tool)"
      for name in try FileManager.default.subpathsOfDirectory(atPath: source) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(source)/\(name)", isDirectory: &isFolder), !isFolder.boolValue else { continue }
        try folder.write(name, try String(contentsOfFile: "\(source)/\(name)", encoding: .utf8))
      }
    }
    return try run(words)
  }

  private func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended { try run(words, environment: environment) }

  private func run(_ words: [String], environment: [String: String] = [:]) throws -> Ended {
    try Started(
      [BuiltRun.path ?? "run"] + words, folder: folder.path,
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "HOME": home.path, "XDG_STATE_HOME": "\(home.path)/state"].merging(environment)
      {
        $1
      }
    ).end()
  }

  private struct Listed: Decodable {
    struct Host: Decodable {
      var name: String
      var address: String
      var port: Int?
      var user: String?
      var roles: [String]
    }

    var hosts: [Host]
  }

  /// What `--hosts --json` says of an environment, a line for each host.
  private func hosts(_ environment: String) throws -> [String] {
    let ended = try run("--hosts", "-e", environment, "--json")
    #expect(ended.errors == "")
    return try JSONDecoder().decode(Listed.self, from: Data(ended.output.utf8)).hosts.map { host in
      var text = (host.user.map { "\($0)@" } ?? "") + host.name + (host.port.map { ":\($0)" } ?? "")
      if host.address != host.name { text += " = \(host.address)" }
      return ([text] + host.roles).joined(separator: " ")
    }
  }

  private struct Listing: Decodable {
    struct Named: Decodable { var name: String }

    var tasks: [Named]
    var environments: [Named]
  }

  private func environments() throws -> [String] {
    let ended = try run("--list", "--json")
    #expect(ended.errors == "")
    let listing = try JSONDecoder().decode(Listing.self, from: Data(ended.output.utf8))
    #expect(listing.tasks.map(\.name) == ["deploy", "status"])
    return listing.environments.map(\.name)
  }

  /// The lines of the plan that name hosts.
  private func plan(_ environment: String) throws -> [String] {
    let ended = try run("--plan", "deploy:\(environment)")
    #expect(ended.errors == "")
    return ended.output.split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { $0.hasPrefix("hosts ") }
  }

  // MARK: A new one

  @Test func nothingThere() throws {
    let ended = try begin()
    #expect(
      ended
        == Ended(
          status: 0,
          output: """
            made Deployfile.swift and hosts.ini
            next:
              run --plan deploy  what it would do
              run deploy         do it
              run status         see what has become of it

            """, errors: ""))
    #expect(try environments() == ["local"])
    #expect(try plan("local") == ["hosts web: web[1-2]"])
    let deploy = try run("deploy")
    #expect(deploy.status == 0, "\(deploy)")
    #expect(deploy.rows == ["deploy: done in _", "  web1  succeeded  _", "  web2  succeeded  _"])
    #expect(try run("deploy", "--version", "it's 2").status == 0)
    for host in ["web1", "web2"] { #expect(folder.read("deployed/\(host)/version") == "it's 2\n") }
    let status = try run("status")
    #expect(status.output.contains("web1 | it's 2\n") && status.output.contains("web2 | it's 2\n"))
    #expect(try run("--check").status == 0)
  }

  @Test func nothingIsOverwritten() throws {
    try folder.write("Deployfile.swift", "mine")
    #expect(
      try begin()
        == Ended(
          status: 2, output: "",
          errors: """
            error: \(real)/Deployfile.swift: exists already, and nothing was written
              Move it away to begin anew, or name another file: run --init --file PATH

            """))
    #expect(folder.read("Deployfile.swift") == "mine")
    #expect(!folder.exists("hosts.ini"))
    try folder.write("hosts.ini", "[web]\nmine\n")
    let ended = try run("--init", "--from", "nothing", "--file", "Other.swift")
    #expect(ended.status == 0)
    #expect(
      ended.output.hasPrefix("\(real)/hosts.ini exists already and stays as it is: see that it has a role web\nmade Other.swift\n"),
      "\(ended)")
    #expect(folder.read("hosts.ini") == "[web]\nmine\n")
    #expect(folder.read("Deployfile.swift") == "mine")
  }

  private var real: String { URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path }

  @Test func withoutATerminalNothingIsAssumed() throws {
    #expect(
      try begin(words: ["--init"])
        == Ended(
          status: 2, output: "",
          errors: """
            error: there is no terminal to ask on, and nothing was written
              Add --yes to begin from all that is here (an example over this machine), or --from TOOL.

            """))
    #expect(
      try run("--init", "--from", "fabric")
        == Ended(
          status: 2, output: "",
          errors: "error: there is nothing of Fabric in \(real)\n  It would be fabfile.py. Go to the folder that has it.\n"))
    #expect(
      try run("--init", "--from", "fabrik").errors == "error: --from does not know \"fabrik\"\n  Did you mean \"fabric\"?\n")
    #expect(!folder.exists("Deployfile.swift"))
  }

  @Test func onATerminalItAsks() throws {
    let script = "\(BuiltRun.root)/Tests/Support/terminal.py"
    _ = try begin("fabric", "deployer", words: ["--version"])
    let ended = try Started(
      [
        "/usr/bin/env", "python3", script, "Start from Fabric", "n\n", "Start from Deployer", "\n", "--", BuiltRun.path ?? "run", "--init",
      ], folder: folder.path, environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "HOME": home.path]
    ).end()
    #expect(ended.output.contains("Start from Fabric (fabfile.py): production (6 hosts)? [Y/n] n"), "\(ended)")
    #expect(ended.output.contains("Start from Deployer (deploy.php): production (6 hosts), staging (2 hosts)? [Y/n]"), "\(ended)")
    #expect(try environments() == ["production", "staging", "local"])
    #expect(try hosts("production").first == "deploy@web1.example.com:2222 web")
  }

  // MARK: What other tools leave

  @Test func fabric() throws {
    let ended = try begin("fabric")
    #expect(
      ended
        == Ended(
          status: 0,
          output: """
            found Fabric (fabfile.py): production (6 hosts)
            could not be read, so look at these yourself:
              fabfile.py:23: Connection: "cache.{region}.example.com"
              fabfile.py:38: @task(hosts=...): [h for h in WEB if "1" in h]
            made Deployfile.swift
            next:
              run --hosts -e production     are these your hosts?
              run deploy:local              try it on this machine
              run --doctor -e production    would a deploy get through?
              run --plan deploy:production  what it would do there

            """, errors: ""))
    #expect(try environments() == ["production", "local"])
    #expect(try hosts("production") == Self.fabricHosts)
    #expect(
      try plan("production") == [
        "hosts all: web[1-2].example.com, worker[1-2].example.com, db1.example.com, bastion.example.com", "hosts web: web[1-2].example.com",
        "hosts workers: worker[1-2].example.com",
      ])
    #expect(try run("deploy:local").status == 0)
  }

  private static let fabricHosts = [
    "deploy@web1.example.com web", "deploy@web2.example.com web", "jobs@worker1.example.com workers",
    "deploy@worker2.example.com:2222 workers", "postgres@db1.example.com:2222", "admin@bastion.example.com",
  ]

  @Test func fabricOfOldTimes() throws {
    #expect(try begin("fabric1").status == 0)
    #expect(try environments() == ["production", "staging", "local"])
    #expect(
      try hosts("production") == [
        "deploy@web1.example.com:2200 web", "deploy@web2.example.com:2200 web queue", "postgres@db1.example.com:22 db",
        "deploy@cache1.example.com:2200 cache", "deploy@cache2.example.com:2200 cache", "deploy@stats.example.com:2200",
      ])
    #expect(try hosts("staging") == ["vagrant@staging.example.com:2200"])
    #expect(try plan("staging") == ["hosts all: staging.example.com"])
  }

  private static let capistranoProduction = [
    "deploy@app1.example.com app web", "rails@app2.example.com:2222 app web worker", "postgres@db1.example.com db",
    "jobs@worker1.example.com worker", "deploy@worker2.example.com worker",
  ]

  @Test func capistrano() throws {
    let ended = try begin("capistrano")
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.output.hasPrefix(
        """
        found Capistrano (Capfile, config/deploy.rb, config/deploy/production.rb and 1 more): production (5 hosts), staging (1 host)
        could not be read, so look at these yourself:
          config/deploy/production.rb:14: server: "#{name}.example.com"
        made Deployfile.swift

        """), "\(ended)")
    #expect(try environments() == ["production", "staging", "local"])
    #expect(try hosts("production") == Self.capistranoProduction)
    #expect(try hosts("staging") == ["deployer@staging.example.com:2201 app web db worker"])
    #expect(
      try plan("production") == [
        "hosts app: app[1-2].example.com", "hosts web: app[1-2].example.com", "hosts worker: app2.example.com, worker[1-2].example.com",
        "hosts db: db1.example.com",
      ])
    #expect(folder.read("Deployfile.swift").contains("//   deploy_to is \"/var/www/shop\"\n"))
  }

  private static let deployerProduction = [
    "deploy@web1.example.com:2222 web", "deploy@web2.example.com:2222 web", "jobs@worker01.example.com worker cron",
    "jobs@worker02.example.com worker cron", "jobs@worker03.example.com worker cron", "deploy@db = 10.0.0.5 db",
  ]
  private static let deployerStaging = [
    "vagrant@staging.example.com-blue = staging.example.com web", "deploy@staging.example.com-green = staging.example.com web",
  ]

  @Test func deployer() throws {
    let ended = try begin("deployer")
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.output.hasPrefix(
        """
        found Deployer (deploy.php): production (6 hosts), staging (2 hosts)
        could not be read, so look at these yourself:
          deploy.php:38: host: getenv("CANARY")
          deploy.php:39: import: "inventory.yaml"
        made Deployfile.swift

        """), "\(ended)")
    #expect(try hosts("production") == Self.deployerProduction)
    #expect(try hosts("staging") == Self.deployerStaging)
    #expect(
      try plan("staging") == [
        "hosts all: staging.example.com-blue, staging.example.com-green", "hosts web: staging.example.com-blue, staging.example.com-green",
      ])
  }

  private static let ansibleProduction = [
    "deploy@web1.example.com eu web", "deploy@web2.example.com eu web", "db1:2222 = 10.0.0.5 db eu",
  ]

  @Test func ansible() throws {
    let ended = try begin("ansible")
    #expect(ended.status == 0, "\(ended)")
    #expect(
      ended.output.hasPrefix(
        """
        found Ansible (ansible.cfg, inventory/production.ini, inventory/staging.yml): production (3 hosts), staging (hosts that are read later)
        could not be read, so look at these yourself:
          inventory/staging.yml: it is YAML, which ansible-inventory reads for each run; its roles are not known here
        made Deployfile.swift

        """), "\(ended)")
    #expect(try environments() == ["production", "staging", "local"])
    #expect(try hosts("production").map(Self.sorted) == Self.ansibleProduction)
    #expect(try plan("production") == ["hosts all: web[1-2].example.com, db1"])
    guard let folder = ProcessInfo.processInfo.environment["PUSHBUTTON_TEST_ANSIBLE"] else { return }
    let path = "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    let staging = try run("--hosts", "-e", "staging", environment: ["PATH": path])
    #expect(staging == Ended(status: 0, output: "staging.example.com  web\n", errors: ""))
  }

  /// Groups are in the order of their first mention, which is not what this is about.
  private static func sorted(_ line: String) -> String {
    let words = line.split(separator: " ")
    let count = words.contains("=") ? 3 : 1
    return (words.prefix(count) + words.dropFirst(count).sorted()).joined(separator: " ")
  }

  @Test func allOfThem() throws {
    let ended = try begin("fabric", "capistrano", "deployer", "ansible")
    #expect(ended.status == 0, "\(ended)")
    #expect(
      try environments() == [
        "production", "capistrano-production", "staging", "deployer-production", "deployer-staging", "ansible-production",
        "ansible-staging", "local",
      ])
    #expect(try hosts("production") == Self.fabricHosts)
    #expect(try hosts("capistrano-production") == Self.capistranoProduction)
    #expect(try hosts("deployer-production") == Self.deployerProduction)
    #expect(try hosts("deployer-staging") == Self.deployerStaging)
    #expect(try hosts("ansible-production").map(Self.sorted) == Self.ansibleProduction)
    #expect(try plan("capistrano-production").count == 1)
    #expect(try run("deploy:local").status == 0)
  }

  @Test func onlyOneOfThem() throws {
    #expect(try begin("fabric", "deployer", words: ["--init", "--from", "deployer"]).status == 0)
    #expect(try environments() == ["production", "staging", "local"])
    #expect(try hosts("production") == Self.deployerProduction)
  }
}
