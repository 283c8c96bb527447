import Foundation
import TestSupport
import Testing

/// Rows 21 to 24 and 45 to 47: how a command, its shell or its connection ends, and what is known then.
@Suite(.needsFleet, .ownThreads) struct EndingTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  @Test("row 21: a command that ends with status 255") func row21_status255() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("exit255")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: status 255")
    #expect(report.finished(host)?.status == 255)
    #expect(project.count(host) == 1)
    project.expectNothingLeft()
  }

  @Test("row 22: commands that are killed") func row22_killed() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("signalled")
    #expect(report.status == 1)
    #expect(report.finished(host, "killed")?.text == "ended by signal 9 (KILL, perhaps out of memory), ignored")
    report.expect(host, "failed", "[2] s: ended by signal 11 (SEGV)")
    #expect(project.count(host) == 2)
  }

  /// Starts what hangs on one host and something short on another, and does something to the first once it runs.
  private func interrupt(_ reason: String? = nil, _ act: (_ step: Int32) throws -> Void, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let host = fleet.host("web1"), well = fleet.host("well", at: 1)
    let project = try SSHProject([host, well])
    let run = try project.start("--format", "json", "hangs")
    let steps = try [host, well].map { try #require(project.process($0)) }
    let children = try [host, well].map { try #require(project.process($0, "pid2")) }
    try act(steps[0])
    #expect(run.wait { $0.soFar.contains("the connection was lost") }, sourceLocation: sourceLocation)
    #expect(Processes.isAlive(steps[1]), sourceLocation: sourceLocation)
    // Its step ends well for all that anybody can see.
    kill(children[1], SIGTERM)
    let report = Report(run.end())
    #expect(report.status == 1, sourceLocation: sourceLocation)
    if let reason {
      report.expect(host, "unknown", "[1] s: the connection was lost: \(reason)", sourceLocation: sourceLocation)
    } else {
      report.expectClosed(host, sourceLocation: sourceLocation)
    }
    #expect(report.lines(host) == ["partial"], sourceLocation: sourceLocation)
    report.expect(well, "succeeded", sourceLocation: sourceLocation)
    #expect(project.counts() == [1, 2], sourceLocation: sourceLocation)
    for process in steps + children { #expect(Processes.isGone(process), sourceLocation: sourceLocation) }
    project.expectNothingLeft(sourceLocation: sourceLocation)
  }

  @Test("row 23: the remote shell is killed in the middle of a step") func row23_shellKilled() throws {
    try interrupt("the remote shell was killed by a signal") { step in
      kill(try #require(Processes.leader(of: step)), SIGKILL)
    }
  }

  @Test("row 24: the session's sshd is killed in the middle of a step") func row24_sessionKilled() throws {
    try interrupt { step in
      kill(try #require(Processes.session(of: step)), SIGKILL)
    }
  }

  @Test("row 45: a process in the background holds the output") func row45_daemon() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("daemon")
    #expect(report.status == 0, "\(report)")
    #expect(report.lines(host) == ["started"])
    #expect(project.counts() == [1])
    let daemon = try #require(project.process(host))
    #expect(Processes.isAlive(daemon))
    kill(daemon, SIGKILL)
    project.expectNothingLeft()
  }

  @Test("row 46: a command that never ends") func row46_endless() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("endless")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: not done within 2 s, ended")
    #expect(project.counts() == [1])
    for name in ["pid", "pid2"] { #expect(Processes.isGone(project.process(host, name))) }
    project.expectNothingLeft()
  }

  @Test("row 47: a command that ignores TERM") func row47_stubborn() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("stubborn")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: not done within 1 s, ended")
    #expect(Processes.isGone(project.process(host)))
    project.expectNothingLeft()
  }
}
