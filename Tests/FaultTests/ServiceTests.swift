import Foundation
import TestSupport
import Testing

/// Rows 70 and 71: services that only seem to run, and pid files that name nobody or somebody else.
@Suite(.needsRoot, .ownThreads) struct ServiceTests {
  private let fleet: Fleet
  private let programs = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// What systemd says of a unit, one time after the other; the last time stays.
  private func report(_ states: [String], restart: String = "exit 0") throws -> (report: Report, project: SSHProject) {
    try programs.write("states", states.joined(separator: "\n") + "\n")
    try programs.write(
      "systemctl",
      """
      #!/bin/sh
      cd '\(programs.path)' || exit
      if [ "$1" != show ]; then \(restart); fi
      echo x >>asked
      line=$(sed -n "$(wc -l <asked)p" states)
      for pair in ${line:-$(tail -n 1 states)}; do echo "$pair"; done
      """, mode: 0o755)
    try programs.write("journalctl", "#!/bin/sh\necho 'shop: no such file'\n", mode: 0o755)
    let server = try PrivateServer(fleet, ["SetEnv \"PATH=\(programs.path):/usr/bin:/bin\""])
    defer { server.stop() }
    let project = try SSHProject([try server.host("web1", fleet)])
    return (try project.report("unit"), project)
  }

  private static func state(_ active: String, _ sub: String, restarts: Int = 0, result: String = "success") -> String {
    "Type=simple MainPID=\(10 + restarts) NRestarts=\(restarts) Result=\(result) ActiveState=\(active) SubState=\(sub)"
  }

  @Test(
    "row 70: a unit that does not stay up",
    arguments: [
      ([state("active", "running"), state("failed", "failed", result: "exit-code")], "shop has failed (exit-code)"),
      (
        (0..<8).map { state("active", "running", restarts: $0) },
        "shop was not active for 2 s within 4 s: it is active (running), and systemd has restarted it"
      ),
      ([state("activating", "start")], "shop was not active for 2 s within 4 s: it is activating (start)"),
    ])
  func row70_unit(states: [String], words: String) throws {
    let (report, project) = try report(states)
    #expect(report.status == 1)
    report.expectFailure(project.hosts[0], saying: words)
    report.expectFailure(project.hosts[0], saying: "shop: no such file")
    #expect(project.counts() == [0])
  }

  @Test("row 70: a unit that comes up slowly") func row70_slow() throws {
    let (report, project) = try report([Self.state("activating", "start"), Self.state("active", "running")])
    #expect(report.status == 0, "\(report)")
    #expect(project.counts() == [1])
  }

  @Test("row 70: a unit that nobody knows") func row70_unknown() throws {
    let (report, project) = try report([""], restart: "echo 'Failed to restart shop.service: Unit shop.service not found.' >&2; exit 5")
    #expect(report.status == 1)
    report.expectFailure(project.hosts[0], saying: "Unit shop.service not found.")
    report.expectFailure(project.hosts[0], saying: "shop could not be restarted")
    #expect(project.counts() == [0])
  }

  @Test("row 70: a host without systemd") func row70_noSystemd() throws {
    for name in ["sh", "cat"] { symlink("/bin/\(name)", "\(programs.path)/\(name)") }
    let server = try PrivateServer(fleet, ["SetEnv PATH=\(programs.path)"])
    defer { server.stop() }
    let project = try SSHProject([try server.host("web1", fleet)])
    let report = try project.report("unit")
    #expect(report.status == 1)
    report.expectFailure(project.hosts[0], saying: "systemctl: not found")
    #expect(project.counts() == [0])
  }

  @Test("row 71: pid files") func row71_pidfiles() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("pidfiles")
    #expect(report.status == 0, "\(report)")
    let problems = [
      "empty": "is empty", "garbage": "holds no number", "negative": "holds no number", "stale": "is stale: there is no process",
      "missing": "there is no pid file", "foreign": "holds more than one number", "reused": "gunicorn",
    ]
    for (step, problem) in problems {
      #expect(report.finished(host, step)?.outcome == "failed", "\(step)")
      #expect(report.lines(host, step, "stderr").joined().contains(problem), "\(step): \(report)")
    }
    // Only the process that was meant has got its signal, once.
    #expect(project.counts() == [1])
    #expect(Processes.isGone(project.process(host, "good")))
  }
}
