import Foundation
import TestSupport
import Testing

/// A login on a real host, at a terminal.
@Suite(.needsFleet, .ownThreads) struct LoginTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  private func terminal(_ project: SSHProject, _ host: String, _ answers: [String]) throws -> Ended {
    // Compiled now: that it takes a while is told on a terminal.
    #expect(try project.start("--list").end().status == 0)
    let script = "\(BuiltRun.root)/Tests/Support/terminal.py"
    let environment = project.environment.merging(["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "TERM": "xterm"]) { $1 }
    return try Started(
      ["/usr/bin/env", "python3", script] + answers + ["--", BuiltRun.path ?? "run", "--shell", host],
      folder: project.project.folder.path, environment: environment
    ).end()
  }

  @Test(.needsUser("pbdash")) func theHostsOwnShellOnATerminal() throws {
    let host = fleet.host("web1", at: 1, user: "pbdash")
    let other = fleet.host("web2", at: 2, user: "pbbash")
    let project = try SSHProject(hosts: [host, other])
    let ended = try terminal(
      project, "web1",
      ["$ ", "echo \"$(id -un) $SSH_CONNECTION\" | cut -d' ' -f1,4; tty; exit 5\n"])
    #expect(ended.status == 5, "\(ended)")
    #expect(ended.output.contains("\r\npbdash \(host.address)\r\n/dev/pts/"), "\(ended.output.debugDescription)")
  }

  /// What ssh says when it does not get there, and its own status.
  @Test func aHostThatIsNotReached() throws {
    var host = fleet.host("closed")
    host.port = "1"
    let project = try SSHProject(hosts: [host])
    let ended = try terminal(project, "closed", [])
    #expect(ended.status == 255)
    let shown = String(String.UnicodeScalarView(ended.output.unicodeScalars.filter { $0 != "\r" }))
    #expect(shown == "ssh: connect to host \(host.address) port 1: Connection refused\n")
  }
}
