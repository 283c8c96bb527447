import Foundation
import TestSupport
import Testing

/// Rows 1 to 8: hosts to which there is no connection, each with its own reason; nothing has run on them, and others go on.
@Suite(.needsFleet, .ownThreads) struct ConnectingTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// Runs one step on the host and on one that is well; returns the run, in which only the host may have failed.
  private func check(_ host: RemoteHost, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let well = fleet.host("well", at: 1)
    let project = try SSHProject([host, well])
    let report = try project.report("touches")
    #expect(report.status == 4, sourceLocation: sourceLocation)
    report.expect(host, "unreachable", reason, sourceLocation: sourceLocation)
    report.expect(well, "succeeded", sourceLocation: sourceLocation)
    #expect(project.counts() == [0, 1], sourceLocation: sourceLocation)
    project.expectNothingLeft(sourceLocation: sourceLocation)
  }

  @Test("row 1: nobody listens on the port") func row1_refused() throws {
    var host = fleet.host("web1")
    host.port = "1"
    try check(host, "connection refused (\(host.address):1)")
  }

  @Test("row 2: packets vanish on the way") func row2_blackHole() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["full"])
    defer { proxy.stop() }
    let host = try fleet.remote("web1", port: proxy.port, in: scratch, ["ConnectionAttempts 3"])
    try check(host, "no connection within 10 s (127.0.0.1:\(proxy.port))")
  }

  @Test("row 3: a listener that accepts and says nothing") func row3_silent() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["silent"])
    defer { proxy.stop() }
    let host = try fleet.remote("web1", port: proxy.port, in: scratch)
    try check(host, "no SSH banner within 10 s (127.0.0.1:\(proxy.port))")
    #expect(proxy.connections == 1)
  }

  @Test("row 4: a name that nobody knows") func row4_unresolved() throws {
    var host = fleet.host("web1")
    host.address = "no-such-host.invalid"
    try check(host, "cannot resolve no-such-host.invalid: Name or service not known")
  }

  @Test("row 5: no route, and a forbidden one", .needsRoot) func row5_unroutable() throws {
    var unreachable = fleet.host("unreachable"), prohibited = fleet.host("prohibited"), elsewhere = fleet.host("elsewhere")
    unreachable.address = "192.0.2.1"
    prohibited.address = "192.0.2.2"
    elsewhere.address = "198.51.100.1"
    let project = try SSHProject([unreachable, prohibited, elsewhere])
    let inventory = project.project.folder.read("inventory.ini") + "here ansible_connection=local dir=\(project.home.path)\n"
    try project.project.folder.write("inventory.ini", inventory)
    let network = "ip link set lo up && ip route add unreachable 192.0.2.1 && ip route add prohibit 192.0.2.2 && exec \"$@\""
    let words = ["/usr/bin/env", "unshare", "--net", "sh", "-c", network, "sh", BuiltRun.path ?? "run", "--format", "json", "touches"]
    let report = Report(
      try Started(
        words, folder: project.project.folder.path,
        environment: project.environment.merging(["PUSHBUTTON_CACHE_DIR": BuiltRun.cache]) { $1 }
      ).end())
    #expect(report.status == 4)
    report.expect(unreachable, "unreachable", "no route to the host (192.0.2.1:\(fleet.port))")
    report.expect(prohibited, "unreachable", "this machine's network settings prohibit the connection (192.0.2.2:\(fleet.port))")
    report.expect(elsewhere, "unreachable", "the network is unreachable (198.51.100.1:\(fleet.port))")
    #expect(project.home.lines("counter") == 1)
  }

  @Test("row 6: a server that is too busy for one connection more, and then is not") func row6_throttled() throws {
    let server = try PrivateServer(fleet, ["MaxStartups 1:100:1"])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let idle = try Idle(port: server.port)
    #expect(eventually { server.count("Connection from") == 1 })
    let project = try SSHProject([host])
    let run = try project.start("--format", "json", "touches")
    let dropped = "the server dropped the connection before it said who it is: Exceeded MaxStartups (127.0.0.1:\(server.port))"
    #expect(run.wait { $0.soFar.contains("web1: \(dropped); connecting again in about 1 s") }, "\(run.soFar)")
    idle.close()
    let report = Report(run.end())
    #expect(report.status == 0, "\(report)")
    #expect(project.count(host) == 1)
    project.expectNothingLeft()
  }

  @Test("row 7: thirty hosts behind one server with its usual limits") func row7_manyAtOnce() throws {
    let server = try PrivateServer(fleet, ["MaxStartups 10:30:100"])
    defer { server.stop() }
    let hosts = try (1...30).map { try server.host("web\($0)", fleet) }
    let project = try SSHProject(hosts)
    let report = try project.report("touches")
    #expect(report.status == 0, "\(report)")
    #expect(project.counts() == hosts.map { _ in 1 })
    project.expectNothingLeft()
  }

  @Test("row 8: a server that shuts this machine out") func row8_shutOut() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["banner 100"])
    defer { proxy.stop() }
    let host = try fleet.remote("web1", port: proxy.port, in: scratch)
    try check(
      host,
      "the server drops connections, 6 in a row: it is throttling (MaxStartups, PerSourcePenalties), or something on the way closes them; "
        + "the last time the server dropped the connection before it said who it is (127.0.0.1:\(proxy.port))")
    #expect(proxy.connections == 6)
  }
}
