import Foundation
import TestSupport
import Testing

/// `run --doctor`, with hosts behind a fake ssh.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct DoctorTests {
  static let deployfile = #"""
    let copy = task("copy", "Copies a folder") { hosts("web") { sync("folder", to: "there") } }
    let become = task("become", "Becomes another user") { hosts("db1") { sudo(as: "shop") { run("true") } } }
    """#

  /// Says which version it is, and runs what it is told with a PATH that has what a test puts there.
  private static func ssh(_ version: String = "OpenSSH_10.6p1 Test") -> String {
    #"""
    if [ -z "$host" ]; then echo '\#(version), OpenSSL 3' >&2; exit 0; fi
    if [ "$host" = gone ]; then echo "ssh: connect to host $host port 22: Connection refused" >"$log"; exit 255; fi
    if [ -d "$D/bin" ]; then PATH=$D/bin; fi
    export PATH
    exec /bin/sh -c "$command"
    """#
  }

  private func bench(_ version: String = "OpenSSH_10.6p1 Test", inventory: String = "[web]\nweb1\nweb2\n[db]\ndb1\n") throws -> Bench {
    let bench = try Bench(Self.deployfile, ssh: Self.ssh(version), inventory: inventory)
    try bench.project.folder.write("folder/file", "x")
    return bench
  }

  struct Answer: Decodable {
    struct Finding: Decodable, Equatable {
      var name: String
      var state: String
      var found: String
      var remedy: String?
    }

    struct Host: Decodable {
      var name: String
      var reached: Bool
      var took: Double?
      var user: String?
      var sudo: String?
      var clock: Int?
      var tools: [String]
      var findings: [Finding]
    }

    var version: Int
    var status: Int
    var environment: String?
    var here: [Finding]
    var hosts: [Host]

    func here(_ name: String) -> Finding? { here.first { $0.name == name } }
  }

  private func answer(_ ended: Ended) throws -> Answer {
    let answer = try JSONDecoder().decode(Answer.self, from: Data(ended.output.utf8))
    #expect(answer.status == Int(ended.status))
    return answer
  }

  @Test func thisMachineAndItsHosts() throws {
    let bench = try bench()
    let ended = try bench.run("--doctor", "web", "--json")
    let answer = try answer(ended)
    #expect(ended.errors == "")
    #expect(answer.version == 1)
    #expect(answer.environment == "test")
    #expect(answer.here("ssh") == Answer.Finding(name: "ssh", state: "ok", found: "OpenSSH_10.6p1 Test", remedy: nil))
    let names = ["Pushbutton", "Swift", "cache", "Deployfile"]
    #expect(answer.here.prefix(4).map(\.name) == names)
    #expect(answer.here.prefix(4).map(\.state) == ["ok", "ok", "ok", "ok"])
    #expect(answer.here("Deployfile")?.found.hasSuffix("/Deployfile.swift") == true)
    #expect(answer.here("state")?.found.hasPrefix("\(bench.home.path)/state/pushbutton, ") == true)
    #expect(answer.hosts.map(\.name) == ["web1", "web2"])
    #expect(answer.hosts.allSatisfy { $0.reached && $0.took != nil && $0.clock == 0 && $0.tools.contains("tar") })
    // It only looks: no run is remembered, and nothing is left here or there.
    #expect(bench.runs == [])
    #expect(bench.leftFolders == [])
    #expect(!FileManager.default.fileExists(atPath: "\(bench.home.path)/.pushbutton"))
  }

  @Test func hostsThatCannotBeReached() throws {
    let bench = try bench(inventory: "[web]\nweb1\ngone\n")
    try bench.marks.write("bin/none", "")
    let ended = try bench.run("--doctor", "gone")
    #expect(ended.status == 4, "\(ended)")
    #expect(
      ended.output.contains("\n1 host of test\n        host  reached  login  sudo  home  /tmp  clock  not there\n  fail  gone  no\n"),
      "\(ended)")
    #expect(
      ended.output.hasSuffix(
        """

        what to do
          fail  gone: connection refused (gone:22)
                Start sshd there, or correct the port (ansible_port): run --hosts shows where hosts are looked for.

        1 host not reached: a deploy would be stopped

        """), "\(ended)")
    #expect(bench.ssh?.calls.count == 2)
  }

  /// A host with next to nothing: what tasks need there is missed, and only that.
  @Test func toolsThatAreNotThere() throws {
    let bench = try bench()
    for tool in ["date", "id", "df", "tail", "tr", "setsid"] {
      try bench.marks.write("bin/\(tool)", "#!/bin/sh\nPATH=/usr/bin:/bin exec \(tool) \"$@\"\n", mode: 0o755)
    }
    let answer = try answer(try bench.run("--doctor", "--json"))
    #expect(answer.status == 1)
    let web = Answer.Finding(
      name: "tools", state: "problem", found: "rsync is not there, and copy copies folders", remedy: "Install rsync there.")
    let db = Answer.Finding(name: "sudo", state: "problem", found: "there is none, and become becomes shop", remedy: "Install sudo there.")
    #expect(answer.hosts.map(\.findings) == [[web], [web], [db]])
    #expect(answer.hosts.map(\.tools) == [["setsid"], ["setsid"], ["setsid"]])
    #expect(answer.hosts.map(\.sudo) == ["none", "none", "none"].map { getuid() == 0 ? "is root" : $0 })
  }

  @Test(arguments: [
    ("sudo: a password is required", "warning", ["--doctor", "db1", "--json"]),
    ("sudo: a password is required", "", ["--doctor", "db1", "--json", "-K"]),
    ("Sorry, you may not.", "problem", ["--doctor", "db1", "--json"]),
  ])
  func sudoThatDoesNotLetUs(said: String, state: String, words: [String]) throws {
    let bench = try bench()
    for tool in ["date", "id", "df", "tail", "tr", "setsid", "rsync"] {
      try bench.marks.write("bin/\(tool)", "#!/bin/sh\nPATH=/usr/bin:/bin exec \(tool) \"$@\"\n", mode: 0o755)
    }
    try bench.marks.write(
      "bin/sudo", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>'\(bench.marks.path)/asked'\necho '\(said)' >&2\nexit 1\n", mode: 0o755)
    let answer = try answer(try bench.project.start(words, environment: bench.environment).end())
    #expect(answer.hosts.first?.findings.map(\.state) == (state.isEmpty ? [] : [state]))
    #expect(answer.status == (state == "problem" ? 1 : 0))
    #expect(bench.marks.read("asked") == "-n -u root -- sh -c :\n-n -u shop -- sh -c :\n")
  }

  @Test func anSSHThatIsTooOld() throws {
    let bench = try bench("OpenSSH_7.4p1")
    let ended = try bench.run("--doctor")
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.output.contains(
        "  fail  ssh: OpenSSH_7.4p1 does not know all options that Pushbutton gives it, and reaches no host\n        Install OpenSSH 7.6 or newer.\n"
      ), "\(ended)")
    // There is no point in trying.
    #expect(bench.ssh?.calls == ["CALL [-V]"])
  }

  @Test func knownProblemsOfSSHAreNotes() throws {
    let ended = try bench("OpenSSH_9.2p1 Debian-2").run("--doctor", "web1", "--json")
    #expect(try answer(ended).here("ssh")?.state == "note")
    #expect(try answer(ended).here("ssh")?.found.hasPrefix("OpenSSH_9.2p1 Debian-2\nbefore 9.6 it hands metacharacters ") == true)
  }

  @Test func whatTheStateAndTheLimitsSay() throws {
    let bench = try bench()
    let answer = try answer(
      try bench.shell("ulimit -n 60; exec \"$run\" --doctor web1 --json", environment: ["XDG_STATE_HOME": "/proc/nothing"]).end())
    #expect(answer.status == 0)
    #expect(
      answer.here("state")
        == Answer.Finding(
          name: "state", state: "warning", found: "/proc/nothing/pushbutton cannot be written, so that no run can be gone on with",
          remedy: "Make it yours, or set XDG_STATE_HOME to another folder."))
    #expect(answer.here("open files")?.state == "warning")
  }

  @Test func unknownHostsAndInventories() throws {
    let bench = try bench()
    let ended = try bench.run("--doctor", "wob")
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("error: "))
    #expect(bench.ssh?.calls == [])
    try bench.project.folder.write("inventory.ini", "[web\n")
    let broken = try answer(try bench.run("--doctor", "--json"))
    #expect(broken.status == 1)
    #expect(broken.here("inventory")?.state == "problem")
    #expect(broken.hosts.isEmpty)
  }

  @Test func withoutADeployfile() throws {
    let folder = Scratch()
    let bench = try bench()
    func run(_ words: String..., environment: [String: String] = [:]) throws -> Ended {
      let all = bench.environment.merging(["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]) { $1 }.merging(environment) { $1 }
      return try Started([BuiltRun.path ?? "run"] + words, folder: folder.path, environment: all).end()
    }
    let ended = try run("--doctor")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.columns.hasPrefix("this machine\n  ok  Pushbutton  "), "\(ended)")
    #expect(ended.output.columns.contains("  note  Deployfile  none in "))
    #expect(ended.output.hasSuffix("\nall is well\n"), "\(ended)")
    // An inventory alone will do.
    try folder.write("hosts.ini", "[web]\nweb1\n")
    let answer = try answer(try run("--doctor", "web", "-i", "hosts.ini", "--json"))
    #expect(answer.hosts.map(\.name) == ["web1"])
    #expect(try run("--doctor", "web").errors.hasPrefix("error: the Deployfile declares no environment"))
    // Neither a compiler nor a folder for what it makes.
    let bare = try self.answer(
      try run(
        "--doctor", "--json",
        environment: [
          "PATH": "\(bench.ssh?.folder.path ?? ""):/usr/bin:/bin", "SWIFT_EXEC": "/no/swiftc",
          "PUSHBUTTON_CACHE_DIR": folder.path + "/open",
        ]))
    #expect(bare.here("Swift")?.state == "problem")
    #expect(bare.status == 1)
  }

  @Test func aDeployfileThatDoesNotCompile() throws {
    let bench = try bench()
    try bench.project.folder.write("Deployfile.swift", "import Tasks\nlet deployfile = Deployfile { nonsense }\n")
    let ended = try bench.run("--doctor")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("cannot find 'nonsense' in scope"))
    #expect(ended.output.columns.contains("  fail  Deployfile  Deployfile.swift did not compile (swiftc "), "\(ended)")
  }

  @Test func severalEnvironments() throws {
    let bench = try Bench(
      """
      let deployfile = Deployfile {
        environment("a", inventory: "inventory.ini")
        environment("b", inventory: "inventory.ini")
        task("t", "T") { hosts("web") { run("true") } }
      }
      """, ssh: Self.ssh())
    let ended = try bench.run("--doctor")
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.columns.contains("  note  hosts  not looked at: name an environment with -e, one of a, b\n"), "\(ended)")
    #expect(bench.ssh?.calls == ["CALL [-V]"])
    #expect(try answer(try bench.run("--doctor", "-e", "b", "--json")).environment == "b")
  }
}

extension String {
  /// Whatever is beside it in its table.
  fileprivate var columns: String { replacing(#/ {2,}/#, with: "  ") }
}
