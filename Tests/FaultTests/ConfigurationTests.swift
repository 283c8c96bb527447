import Foundation
import TestSupport
import Testing

/// Rows 16 to 20: what a user's configuration, a missing ssh, an inventory and a command can say.
@Suite(.needsFleet, .ownThreads) struct ConfigurationTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  private func host(_ name: String, _ lines: [String]) throws -> RemoteHost {
    var host = fleet.host(name)
    host.configuration = try fleet.configuration(lines, in: scratch, name: name)
    return host
  }

  @Test("row 16: configurations that would break or fake a result") func row16_hostile() throws {
    let hostile = [
      "clean": ["Compression no"], "tty": ["RequestTTY force"], "command": ["RemoteCommand echo hijacked"], "none": ["SessionType none"],
      "null": ["StdinNull yes"], "fork": ["ForkAfterAuthentication yes"],
      "local": ["PermitLocalCommand yes", "LocalCommand touch \(scratch.path)/ran"],
      "forward": ["LocalForward \(fleet.address(0)):\(fleet.port) localhost:1", "ExitOnForwardFailure yes"], "quiet": ["LogLevel QUIET"],
      "art": ["VisualHostKey yes"],
    ]
    let hosts = try hostile.keys.sorted().map { try host($0, hostile[$0] ?? []) }
    let project = try SSHProject(hosts)
    let report = try project.report("exit255")
    #expect(report.status == 1)
    for host in hosts {
      report.expect(host, "failed", "[1] s: status 255")
      #expect(report.events(of: host) == report.events(of: hosts[0]), "\(host.name)")
    }
    #expect(project.counts() == hosts.map { _ in 1 })
    #expect(!scratch.exists("ran"))
    project.expectNothingLeft()
  }

  @Test("row 17: a word that ssh does not know, and an Include that is wrong") func row17_misspelt() throws {
    try scratch.write("included", "Port nineteen\n")
    let misspelt = try host("misspelt", ["Compression no", "NoSuchOption yes"])
    let included = try host("included", ["Include \"\(scratch.path)/included\""])
    let well = fleet.host("well", at: 1)
    let project = try SSHProject([misspelt, included, well])
    let report = try project.report("touches")
    #expect(report.status == 4)
    report.expect(
      misspelt, "unreachable",
      "ssh's configuration is not valid: \(scratch.path)/misspelt.config: line 2: Bad configuration option: nosuchoption")
    report.expect(included, "unreachable", "ssh's configuration is not valid: \(scratch.path)/included line 1: Bad port 'nineteen'.")
    report.expect(well, "succeeded")
    #expect(project.counts() == [0, 0, 1])
  }

  @Test("row 18: no ssh, or one that cannot be executed", arguments: [nil, 0o644]) func row18_missing(mode: Int?) throws {
    let project = try SSHProject([fleet.host("web1")])
    #expect(try project.start("--list").end().status == 0)
    for name in ["sh", "env", "cat", "uname"] {
      try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/\(name)", withDestinationPath: "/bin/\(name)")
    }
    if let mode { try scratch.write("ssh", "#!/bin/sh\n", mode: mode) }
    let ended = try project.start("touches", environment: ["PATH": scratch.path]).end()
    #expect(ended == Ended(status: 2, output: "", errors: "error: ssh is not in PATH\n  Install OpenSSH's client; nothing was touched.\n"))
    #expect(project.counts() == [0])
  }

  @Test("row 18: an ssh that is too old for our options") func row18_ancient() throws {
    let ssh = try FakeSSH(
      "echo 'command-line: line 0: Bad configuration option: clearallforwardings' >\"$log\"; exit 255")
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("touches", environment: ssh.environment)
    #expect(report.status == 4)
    report.expect(host, "unreachable", "command-line: line 0: Bad configuration option: clearallforwardings")
    #expect(ssh.calls.count == 1)
  }

  @Test(
    "row 19: names that would be options or commands",
    arguments: [
      "x ansible_host=-oProxyCommand=touch${IFS}ran", "x ansible_user=-oProxyCommand=touch${IFS}ran", "x ansible_user=a$HOME",
      "x ansible_host='a;touch ran'", "x ansible_host=ssh://a", "x ansible_host=''", "x ansible_host=a@b@c", "x ansible_host=a\u{202E}b",
      "x ansible_host=ä", "x ansible_port=22x", "-oProxyCommand=touch",
    ])
  func row19_names(line: String) throws {
    let ssh = try FakeSSH()
    let project = try SSHProject([])
    try project.project.folder.write("inventory.ini", "\n\(line)\n")
    let ended = try project.start("touches", environment: ssh.environment).end()
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.hasPrefix("error: inventory.ini:2: "), "\(ended)")
    #expect(ended.output == "")
    #expect(ssh.calls == [])
    #expect(!project.project.folder.exists("ran"))
  }

  @Test("row 20: a command that begins with a dash") func row20_dash() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("dash")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: status 127: the command was not found")
    let adHoc = try project.start("--on", "web1", "--", "-oProxyCommand=touch ran").end()
    #expect(adHoc.status == 1, "\(adHoc)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: project.dir(host)) == [])
    #expect(!project.project.folder.exists("ran") && !project.home.exists("ran"))
  }
}
