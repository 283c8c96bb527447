import Foundation
import TestSupport
import Testing

/// Row 68: sudo that asks for no password, for one, for one that is wrong, and sudo that never lets anybody do anything.
@Suite(.needsUser("pbpass"), .serialized, .ownThreads) struct SudoTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  private func project(_ user: String) throws -> SSHProject { try project(fleet.logins(of: user).prefix(1)) }

  private func project(_ hosts: some Collection<RemoteHost>) throws -> SSHProject {
    let project = try SSHProject(sudoDeployfile, hosts: Array(hosts))
    try project.project.folder.write("small", "owned by root\n")
    try project.project.folder.write("template", "{{ what }}")
    try project.project.folder.write("tree/file", "1")
    return project
  }

  private func environment(_ password: String? = nil) -> [String: String] {
    ["SUDO_PASSWORD": password ?? fleet.sudoPassword, "TOKEN": "t0ken"]
  }

  /// Whoever asks for a password, and whoever does not: what is done is the same.
  @Test(arguments: ["pbpass", "pbsudo"]) func everyKindOfStep(user: String) throws {
    let project = try project(fleet.logins(of: user).filter { user == "pbpass" || !$0.name.hasSuffix("busybox") })
    let report = try project.report("everything:known", environment: environment())
    #expect(report.status == 0, "\(report.testDescription)")
    for host in project.hosts {
      #expect(report.lines(host, "root") == ["root", "read 0"], "\(host.name)")
      #expect(report.lines(host, "self") == [user])
      #expect(report.lines(host, "other") == ["pbdash"])
      #expect(report.finished(host, "126")?.text == "status 126: the command is not executable, ignored")
      #expect(report.finished(host, "1")?.text == "status 1, ignored")
      #expect(project.count(host, "tries") == 3)
      #expect(report.lines(host, "yes") == ["yes"])
      #expect(report.lines(host, "no2") == ["no"])
      #expect(!report.isBegun(host, "no") && !report.isBegun(host, "yes2"))
      #expect(project.text(host, "captured") == "it's root")
      #expect(report.lines(host, "secret") == ["T0KEN"])
      #expect(project.text(host, "owned") == "owned by root\n")
      #expect(project.text(host, "rendered") == "it's root")
      for file in ["owned", "rendered", "performed"] {
        let owner = try FileManager.default.attributesOfItem(atPath: project.path(host, file))[.ownerAccountID] as? Int
        #expect(owner == 0, "\(file)")
      }
      #expect(FileManager.default.contents(atPath: "\(project.project.folder.path)/down/\(host.name)") == Data("owned by root\n".utf8))
      #expect(project.text(host, "performed") == "root\nroot\n")
      #expect(report.lines(host, "end") == ["end"])
    }
  }

  @Test(arguments: ["unknown", "known"]) func stepsInheritNothingOfOurs(environment: String) throws {
    let project = try project(fleet.logins(of: environment == "known" ? "pbpass" : "pbsudo").filter { !$0.name.hasSuffix("busybox") })
    let report = try project.report("inherits:\(environment)", environment: self.environment())
    #expect(report.status == 0, "\(report.testDescription)")
    for host in project.hosts {
      for step in ["plain", "secret", "limited", "sudo", "sudo secret", "captured", "sudo captured"] {
        #expect(report.lines(host, step) == ["end"], "\(host.name) \(step)")
      }
    }
  }

  @Test func aTimeoutEndsWhatRootRuns() throws {
    let project = try project(fleet.logins(of: "pbpass"))
    let report = try project.report("limited:known", environment: environment())
    #expect(report.status == 1)
    for host in project.hosts {
      #expect(report.finished(host)?.text == "not done within 1 s, ended", "\(report.testDescription)")
      for file in ["pid", "pid2"] { #expect(Processes.isGone(project.process(host, file)), "\(host.name)") }
      #expect(project.count(host) == 0)
    }
  }

  @Test func oneInterruptLetsAStepOfRootEnd() throws {
    let project = try project(fleet.logins(of: "pbpass"))
    let run = try project.start("--format", "json", "waits:known", environment: environment())
    for host in project.hosts { #expect(project.process(host) != nil) }
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("nothing new starts") })
    for host in project.hosts { Files.write(project.path(host, "go"), []) }
    let report = Report(run.end())
    #expect(report.status == 130)
    for host in project.hosts {
      #expect(report.finished(host)?.outcome == "succeeded", "\(host.name)")
      #expect(!report.isBegun(host, "next"))
      #expect(project.count(host) == 1)
    }
  }

  @Test(arguments: [[SIGINT, SIGINT], [SIGTERM], [SIGKILL]]) func endingTheRunEndsWhatRootRuns(signals: [Int32]) throws {
    let project = try project(fleet.logins(of: "pbpass"))
    let run = try project.start("--format", "json", "hangs:known", environment: environment())
    let processes = try project.hosts.flatMap { [try #require(project.process($0)), try #require(project.process($0, "pid2"))] }
    for signal in signals {
      run.signal(signal)
      if signals.count > 1 { #expect(run.wait { $0.soFar.contains("nothing new starts") }) }
    }
    #expect(run.end().status == [SIGINT: 130, SIGTERM: 143, SIGKILL: 137][signals[0]])
    for process in processes { #expect(Processes.isGone(process)) }
    for host in project.hosts { #expect(project.count(host) == 1) }
  }

  /// The process that runs the steps dies: what has begun is not known to have ended.
  @Test func aLostShellIsUnknown() throws {
    let project = try project(fleet.logins(of: "pbpass"))
    let run = try project.start("--format", "json", "dies:known", environment: environment())
    let report = Report(run.end())
    #expect(report.status == 1)
    for host in project.hosts {
      #expect(report.finished(host)?.outcome == "unknown", "\(report.testDescription)")
      #expect(project.count(host) == 1)
      #expect(Processes.isGone(project.process(host)))
    }
  }

  /// One wrong password is one attempt, whatever the step and its caller would try again.
  @Test(arguments: ["tries", "sends", "performs"]) func aWrongPasswordIsTriedOnce(task: String) throws {
    let project = try project("pbpass")
    let before = fleet.sudoLog(of: "pbpass").count
    let report = try project.report("\(task):known", environment: environment("wr0ng password"))
    #expect(report.status == 1)
    let host = project.hosts[0]
    #expect(
      report.finished(host)?.text?.hasPrefix("sudo refused the password for root on \(host.name)") == true, "\(report.testDescription)")
    #expect(report.outcome(host) == "failed")
    #expect(!report.isBegun(host, "next"))
    #expect(project.count(host) == 0)
    let log = fleet.sudoLog(of: "pbpass").dropFirst(before)
    #expect(log.count == 1 && log.allSatisfy { $0.contains(" 1 incorrect password attempt ") }, "\(log)")
    #expect(!report.ended.output.contains("wr0ng"))
  }

  static let refusals: [(user: String, environment: String, text: String)] = [
    (
      "pbpass", "unknown",
      "sudo did not start the command on HOST as root: sudo: a password is required; a password is given with -K, or sudoPassword: of the environment"
    ),
    ("pbtty", "known", "sudo did not start the command on HOST as root: sudo: sorry, you must have a tty to run sudo"),
    ("pbnosudo", "known", "sudo did not start the command on HOST as root: pbnosudo is not in the sudoers file."),
  ]

  @Test(arguments: refusals) func sudoHasTheLastWord(user: String, environment: String, text: String) throws {
    let project = try project(user)
    let host = project.hosts[0]
    let report = try project.report("performs:\(environment)", environment: self.environment())
    #expect(report.status == 1)
    #expect(report.finished(host)?.text == text.replacing("HOST", with: host.name), "\(report.testDescription)")
    let asked = try project.report("asks:\(environment)", environment: self.environment())
    #expect(asked.status == 1)
    #expect(asked.events.last { $0.event == "step.finished" }?.text == text.replacing("HOST", with: host.name))
    #expect(asked.events.count { $0.event == "step.started" } == 1)
    #expect(project.count(host) == 0)
  }

  @Test(arguments: ["known", "unknown"]) func noSudo(environment: String) throws {
    let project = try project(fleet.shells.filter { $0.name == "sh-busybox" })
    guard let host = project.hosts.first else { return }
    let report = try project.report("asks:\(environment)", environment: self.environment())
    #expect(report.status == 1)
    let text = report.events.last { $0.event == "step.finished" }?.text ?? ""
    #expect(text.hasPrefix("sudo did not start the command on sh-busybox as root: ") && text.contains("not found"), "\(text)")
    #expect(project.count(host) == 0)
  }

  /// Where sudo remembers, nobody is asked: the second step needs no answer, and the run after it none at all.
  @Test func sudoMayRemember() throws {
    let project = try project("pbcached")
    let host = project.hosts[0]
    _ = try project.report("forget:unknown")
    #expect(try project.report("twice:unknown").status == 1)
    for environment in ["known", "unknown"] {
      let report = try project.report("twice:\(environment)", environment: self.environment())
      #expect(report.status == 0, "\(report.testDescription)")
      for step in ["first", "second"] { #expect(report.lines(host, step) == ["root"]) }
    }
    _ = try project.report("forget:unknown")
  }

  @Test func aFolderNeedsASudoThatDoesNotAsk() throws {
    let refused = try project("pbpass")
    let report = try refused.report("syncs:known", environment: environment())
    #expect(report.status == 1)
    let host = refused.hosts[0]
    #expect(
      report.finished(host)?.text
        == "sudo did not start rsync on \(host.name) as root: sudo: a password is required; sync needs a sudo that asks for no password",
      "\(report.testDescription)")
    let allowed = try project("pbsudo")
    #expect(try allowed.report("syncs:known", environment: environment()).status == 0)
    #expect(allowed.text(allowed.hosts[0], "tree/file") == "1")
  }

  /// The password is found nowhere: not in what is printed or written, nor in what any process was started with.
  @Test(arguments: [["everything:known"], ["tries:known"], ["-v", "hangs:known"]]) func thePasswordShowsNowhere(words: [String]) throws {
    let project = try project(fleet.logins(of: "pbpass"))
    let state = Scratch()
    let password = words[0].hasPrefix("tries") ? "pbk4n4ri too" : fleet.sudoPassword
    var all = environment(password)
    all["XDG_STATE_HOME"] = state.path
    // The tests have the password in their own environment.
    let ours = "PUSHBUTTON_TEST_SSH_SUDO_PASSWORD"
    let run = try project.project.start(
      ["--format", "json", "--output", "events.jsonl", "--output", "report.xml"] + words, environment: all, without: [ours])
    var seen: Set<String> = []
    var isHanging = false
    while run.isRunning {
      // The run itself is told by its environment, and a child is the run until it becomes what it was started for.
      seen.formUnion(Self.startedWith().filter { !$0.contains(words.last ?? "") })
      if words.last == "hangs:known", !isHanging, project.hosts.allSatisfy({ project.count($0, "pid2") > 0 }) {
        isHanging = true
        run.signal(SIGTERM)
      }
      usleep(3_000)
    }
    let ended = run.end()
    #expect(seen.contains { $0.contains("sudo") })
    #expect(seen.filter { $0.contains("pbk4n4ri") && !$0.contains("\(ours)=") } == [])
    #expect(!(ended.output + ended.errors).contains("pbk4n4ri"))
    for folder in [project.project.folder.path, state.path] {
      for file in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data()
        #expect(bytes.range(of: Data("pbk4n4ri".utf8)) == nil, "\(file)")
      }
    }
    #expect(!fleet.sudoLog(of: "pbpass").joined().contains("pbk4n4ri"))
  }

  /// Arguments and environment of everything that runs here, and so on the hosts of the fleet.
  ///
  /// A process that is just becoming another program has no arguments for that moment, and so cannot be told: the next look has it.
  private static func startedWith() -> [String] {
    let processes = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { Int32($0) != nil }
    return processes.compactMap { process in
      let files = ["cmdline", "environ"].map { FileManager.default.contents(atPath: "/proc/\(process)/\($0)") ?? Data() }
      return files[0].isEmpty ? nil : files.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\0")
    }
  }
}
