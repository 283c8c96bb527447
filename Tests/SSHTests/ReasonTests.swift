import Foundation
import TestSupport
import Testing

/// Why a host is not reached, told by the real ssh in one sentence each.
@Suite(.needsFleet, .ownThreads) struct ReasonTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  private struct Row {
    var host: RemoteHost
    var reason: String
  }

  /// Runs a task on all hosts at once: each has its own reason, nothing is run anywhere, and every host is asked once.
  private func check(_ rows: [Row], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let project = try SSHProject(hosts: rows.map(\.host))
    let report = try project.report("touches")
    #expect(report.status == 4, "\(report.testDescription)", sourceLocation: sourceLocation)
    for row in rows {
      let finished = report.events.last { $0.event == "host.finished" && $0.host == row.host.name }
      #expect(finished?.outcome == "unreachable", sourceLocation: sourceLocation)
      #expect(finished?.text == row.reason, sourceLocation: sourceLocation)
      #expect(project.count(row.host) == 0, sourceLocation: sourceLocation)
    }
  }

  private func row(_ name: String, _ reason: String, change: (inout RemoteHost) throws -> Void) rethrows -> Row {
    var host = fleet.host(name)
    try change(&host)
    return Row(host: host, reason: reason)
  }

  private var knownName: String { "[\(fleet.address(0))]:\(fleet.port)" }

  @Test func notConnected() throws {
    try check([
      row("closed", "connection refused (\(fleet.address(0)):1)") { $0.port = "1" },
      row("quiet", "connection refused (\(fleet.address(0)):1)") {
        $0.port = "1"
        $0.configuration = try fleet.configuration(["LogLevel QUIET"], in: scratch, name: "quiet")
      },
      row("unnamed", "cannot resolve no-such-host.invalid: Name or service not known") { $0.address = "no-such-host.invalid" },
      row(
        "misspelt",
        "ssh's configuration is not valid: \(scratch.path)/misspelt.config: line 1: Bad configuration option: nosuchoption"
      ) { $0.configuration = try fleet.configuration(["NoSuchOption yes"], in: scratch, name: "misspelt") },
    ])
  }

  @Test func hostKeys() throws {
    try Fleet.makeKey("\(scratch.path)/other")
    let known = try fleet.hostKey()
    let other = scratch.read("other.pub").split(separator: " ").prefix(2).joined(separator: " ")
    let file = try scratch.write("server.pub", known + "\n")
    let key = "ED25519 \(try Fleet.fingerprint(file))"
    let names = ["none": "", "changed": "\(knownName) \(other)\n", "revoked": "@revoked \(knownName) \(known)\n"]
    for (name, text) in names { try scratch.write(name, text) }
    func configured(_ name: String, _ reason: String) throws -> Row {
      try row(name, reason) {
        $0.configuration = try fleet.configuration(
          ["UserKnownHostsFile \"\(scratch.path)/\(name)\"", "StrictHostKeyChecking no"], in: scratch, name: name)
      }
    }
    try check([
      configured(
        "none",
        "the host key of \(knownName) is not known (\(key)): compare it with the host's own, then add it to known_hosts by connecting once with ssh, or accept it with --accept-new-host-keys"
      ),
      configured(
        "changed",
        "THE HOST KEY OF \(knownName) HAS CHANGED (now \(key), another one stands in \(scratch.path)/changed:1): somebody may be between you and the host; if you know why it changed, remove the old one with ssh-keygen -R '\(knownName)' -f '\(scratch.path)/changed'"
      ),
      configured("revoked", "the host key of \(knownName) is revoked (\(key)): it may have been stolen"),
    ])
    for (name, text) in names { #expect(scratch.read(name) == text) }
  }

  @Test func keys() throws {
    let paths = ["other", "open", "locked", "missing"].map { "\(scratch.path)/\($0)" }
    try Fleet.makeKey(paths[0])
    for path in paths[1...2] {
      try FileManager.default.copyItem(atPath: fleet.key, toPath: path)
      try FileManager.default.copyItem(atPath: "\(fleet.key).pub", toPath: "\(path).pub")
    }
    #expect(try Started(["/usr/bin/ssh-keygen", "-q", "-p", "-P", "", "-N", "secret", "-f", paths[2]]).end().status == 0)
    chmod(paths[1], 0o644)
    func configured(_ name: String, _ path: String, _ reason: String) throws -> Row {
      try row(name, reason) {
        $0.configuration = try fleet.configurationWithoutKey(
          ["IdentityFile \"\(path)\"", "IdentityAgent none"], in: scratch, name: name)
      }
    }
    let denied = "permission denied (publickey) as \(NSUserName())"
    try check([
      configured("stranger", paths[0], "\(denied); keys tried: \(paths[0])"),
      configured(
        "open", paths[1],
        "\(denied); keys tried: \(paths[1]); \(paths[1]) is ignored because others may read it (mode 0644): chmod 600 \(paths[1])"),
      configured(
        "locked", paths[2],
        "\(denied); keys tried: \(paths[2]); \(paths[2]) has a passphrase, and no agent holds it: ssh-add \(paths[2])"),
      configured("missing", paths[3], "\(denied); no key was tried; cannot read \(paths[3]): No such file or directory"),
    ])
  }

  @Test func theInventorysKeyIsNotThere() throws {
    let path = "\(scratch.path)/nowhere"
    var host = fleet.host("keyless")
    host.configuration = try fleet.configurationWithoutKey(["IdentityAgent none"], in: scratch, name: "keyless")
    let project = try SSHProject(hosts: [host], variables: "ansible_ssh_private_key_file=\(path)")
    let report = try project.report("touches")
    let text = report.events.last { $0.event == "host.finished" }?.text ?? ""
    #expect(text.hasPrefix("permission denied (publickey) as \(NSUserName()); "), "\(report.testDescription)")
    #expect(text.hasSuffix("; cannot read \(path): No such file or directory"))
  }

  /// A person at a terminal is asked for no passphrase, and the run does not wait for one.
  @Test(.enabled(if: Page.isAvailable, "python3 is missing")) func nobodyIsAskedForAPassphrase() throws {
    let path = "\(scratch.path)/locked"
    try Fleet.makeKey(path, passphrase: "secret")
    var host = fleet.host("locked")
    host.configuration = try fleet.configurationWithoutKey(
      ["IdentityFile \"\(path)\"", "IdentityAgent none", "BatchMode no", "NumberOfPasswordPrompts 3"], in: scratch, name: "locked")
    let project = try SSHProject(hosts: [host])
    let ended = try Started(
      ["/usr/bin/env", "python3", "\(BuiltRun.root)/Tests/Support/terminal.py", "--", BuiltRun.path ?? "run", "touches"],
      folder: project.project.folder.path,
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "TERM": "xterm", "SSH_ASKPASS": "/bin/true", "SSH_ASKPASS_REQUIRE": "force"]
    ).end()
    #expect(ended.status == 4, "\(ended)")
    #expect(ended.output.contains("permission denied (publickey) as \(NSUserName()); keys tried: \(path)"))
    #expect(!ended.output.contains("passphrase for"))
  }

  @Test func jumpHosts() throws {
    func jumping(_ name: String, over jump: String, port: String? = nil, _ reason: String) throws -> Row {
      try row(name, reason) {
        $0.configuration = try fleet.configuration(
          ["Match host \(fleet.address(0))", "ProxyJump \(jump)", "Match all"], in: scratch, name: name)
        if let port { $0.port = port }
      }
    }
    let jump = fleet.address(1)
    try check([
      jumping("down", over: "\(jump):1", "the jump host \(jump):1: connection refused (\(jump):1)"),
      jumping(
        "nowhere", over: "no-such-host.invalid",
        "the jump host no-such-host.invalid: cannot resolve no-such-host.invalid: Name or service not known"),
      jumping("behind", over: jump, port: "1", "the jump host \(jump) cannot reach \(fleet.address(0)):1: Connection refused"),
      jumping(
        "first", over: "\(jump):1,\(fleet.address(2))", "the jump host \(jump):1: connection refused (\(jump):1)"),
      jumping(
        "second", over: "\(jump),\(fleet.address(2)):1", "the jump host \(jump) cannot reach \(fleet.address(2)):1: Connection refused"),
    ])
  }

  @Test(.needsUser("pbnologin")) func noShell() throws {
    try check([
      row("nologin", "the login shell ended before the first command (status 1): This account is currently not available.") {
        $0.user = "pbnologin"
      }
    ])
  }

  @Test func verboseShowsWhatSSHSaid() throws {
    var closed = fleet.host("closed")
    closed.port = "1"
    let project = try SSHProject(hosts: [closed])
    let line = "closed # debug1: connect to address \(closed.address) port 1: Connection refused"
    let verbose = try project.start("-v", "touches").end()
    #expect(verbose.output.contains("\n\(line)\n"), "\(verbose)")
    let usual = try project.start("touches").end()
    #expect(!usual.output.contains("debug1"))
    #expect(usual.errors == "")
  }
}
