import Foundation
import TestSupport
import Testing

/// Rows 36 to 41 and 43: login shells, start-up files, forced commands, banners, and what a script may hold.
@Suite(.needsFleet, .ownThreads) struct ShellTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  @Test("row 36: login shells of all kinds", .needsRoot) func row36_loginShells() throws {
    let hosts = fleet.shells
    let project = try SSHProject(hosts)
    let report = try project.report("captures")
    #expect(report.status == 0, "\(report)")
    for host in hosts {
      #expect(project.text(host, "value") == "one \n\n it's\ttwo", "\(host.name)")
      #expect(report.events(of: host) == report.events(of: hosts[0]), "\(host.name)")
    }
    project.expectNothingLeft()
  }

  @Test("row 36: login shells that run nothing", .needsUser("pbrbash")) func row36_noShell() throws {
    let nologin = fleet.host("nologin", user: "pbnologin"), restricted = fleet.host("rbash", user: "pbrbash")
    let project = try SSHProject([nologin, restricted])
    let report = try project.report("touches")
    #expect(report.status == 4)
    let ended = "the login shell ended before the first command"
    report.expect(nologin, "unreachable", "\(ended) (status 1): This account is currently not available.")
    report.expect(restricted, "unreachable", "\(ended) (status 1): rbash: line 1: exec: restricted")
    #expect(project.counts() == [0, 0])
  }

  @Test("row 37: start-up files that print, take their time, exit and read", .needsUser("pbreader")) func row37_startUpFiles() throws {
    let hosts = ["pbnoisy", "pbcshrc", "pbsleepy"].filter(fleet.has).map { fleet.host($0, user: $0) }
    let exits = fleet.host("pbexit7", user: "pbexit7"), reads = fleet.host("pbreader", user: "pbreader")
    let project = try SSHProject(hosts + [exits, reads])
    let report = try project.report("captures")
    #expect(report.status == 4)
    for host in hosts {
      report.expect(host, "succeeded")
      #expect(project.text(host, "value") == "one \n\n it's\ttwo", "\(host.name)")
      #expect(report.lines(host) == ["out"])
      #expect(report.lines(host, "s", "stderr") == ["err"])
    }
    report.expect(exits, "unreachable", "the login shell ended before the first command (status 7)")
    report.expect(reads, "unreachable", "no answer from the login shell within 30 s")
    project.expectNothingLeft()
  }

  @Test(
    "row 38: a server that forces another command",
    arguments: [
      ("sleep 1000", "no answer from the login shell within 30 s"),
      ("internal-sftp", "the login shell ended before the first command (status 1): This service allows sftp connections only."),
      ("echo go away", "the login shell ended before the first command (status 0): go away"),
    ])
  func row38_forced(command: String, reason: String) throws {
    let server = try PrivateServer(fleet, ["ForceCommand \(command)"])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let project = try SSHProject([host])
    let report = try project.report("touches")
    #expect(report.status == 4)
    report.expect(host, "unreachable", reason)
    #expect(project.counts() == [0])
    #expect(server.count("Connection from") == 1)
    project.expectNothingLeft()
  }

  @Test("row 39: a banner, and a huge one", arguments: [1, 4000]) func row39_banner(lines: Int) throws {
    let file = try scratch.write("banner", String(repeating: "Authorised users only, and be nice.\n", count: lines))
    let server = try PrivateServer(fleet, ["Banner \(file)"])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let project = try SSHProject([host])
    let report = try project.report("captures")
    #expect(report.status == 0, "\(report)")
    #expect(report.lines(host) == ["out"])
    #expect(report.lines(host, "s", "stderr") == ["err"])
    #expect(!report.ended.output.contains("Authorised"))
    #expect(project.text(host, "value") == "one \n\n it's\ttwo")
  }

  @Test("row 40: scripts that no argument could hold", arguments: [65_536, 131_071, 131_072, 3_000_000]) func row40_large(size: Int) throws
  {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("big", "--size", "\(size)")
    #expect(report.status == 0, "\(report)")
    #expect(project.text(host, "size") == "\(size)\n\(size / 5 * 5)\n")
    #expect(project.counts() == [2])
    project.expectNothingLeft()
  }

  @Test("row 41: a step that reads its input") func row41_readsInput() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("eats")
    #expect(report.status == 0, "\(report)")
    #expect(project.counts() == [3])
    #expect(project.text(host, "eaten") == "")
  }

  @Test("row 43: values that shells read as something else") func row43_values() throws {
    let project = try SSHProject(fleet.shells)
    let report = try project.report("words")
    #expect(report.status == 0, "\(report)")
    let long = String(repeating: "100 KiB: it's \\ \n", count: 6000)
    let words = [
      "a b", "'", "\"", "$(touch ran)", "`touch ran`", "*", "~", "!", "!x", "\\", "a\nb\n", "-n", "", "\u{7}\u{1B}[31m", "%s%d", "#x",
      "a'\\''b", long,
    ]
    for host in project.hosts {
      #expect(words.indices.map { project.text(host, "\($0)") } == words, "\(host.name)")
      #expect(project.text(host, "ran") == nil)
    }
  }
}
