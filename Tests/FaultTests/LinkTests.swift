import Foundation
import TestSupport
import Testing

/// Rows 27 and 29 to 32: what a network does to a connection in the middle of a step.
@Suite(.needsFleet, .ownThreads) struct LinkTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// Does something to the connection while a step runs on it; another host of the run goes on to its end.
  private func check(
    _ command: String, _ reason: String, arguments: String = "", goesOn: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port)
    defer { proxy.stop() }
    var host = try fleet.remote("web1", port: proxy.port, in: scratch)
    host.arguments = arguments
    let well = fleet.host("well", at: 1)
    let project = try SSHProject([host, well])
    let run = try project.start("--format", "json", "phases")
    let steps = try [host, well].map { try #require(project.process($0)) }
    #expect(run.wait { $0.soFar.components(separatedBy: "\"before\"").count == 3 }, sourceLocation: sourceLocation)
    try proxy.tell(command)
    if goesOn { project.letGo(host) }
    #expect(run.wait { $0.soFar.contains("the connection was lost") }, sourceLocation: sourceLocation)
    project.letGo(well)
    let report = Report(run.end())
    #expect(report.status == 1, sourceLocation: sourceLocation)
    report.expect(host, "unknown", "[1] s: the connection was lost: \(reason)", sourceLocation: sourceLocation)
    // What had come before is kept.
    #expect(report.lines(host) == ["before"], sourceLocation: sourceLocation)
    #expect(report.lines(well) == ["before", "after"], sourceLocation: sourceLocation)
    report.expect(well, "succeeded", sourceLocation: sourceLocation)
    #expect(proxy.connections == 1, sourceLocation: sourceLocation)
    proxy.stop()
    for process in steps { #expect(Processes.isGone(process), sourceLocation: sourceLocation) }
    #expect(project.counts() == [1, 1], sourceLocation: sourceLocation)
    #expect(project.counts("counter2") == [0, 0], sourceLocation: sourceLocation)
    project.expectNothingLeft(sourceLocation: sourceLocation)
  }

  private let alive = "-o ServerAliveInterval=1 -o ServerAliveCountMax=3"

  @Test("row 27: the network dies without a word") func row27_frozen() throws {
    try check("freeze", "no answer for 3 s", arguments: alive)
  }

  @Test("row 29: the connection is reset") func row29_reset() throws { try check("reset", "the connection was reset") }

  @Test("row 29: the host closes the connection") func row29_closed() throws { try check("close down 0", "the host closed the connection") }

  @Test("row 29: one direction is closed") func row29_halfClosed() throws { try check("half down", "the host closed the connection") }

  @Test("row 29: a byte changes on the way") func row29_corrupted() throws {
    try check("corrupt down 5", "a packet arrived damaged (message authentication code incorrect)", goesOn: true)
  }

  @Test("row 29: the connection ends in the middle of a packet") func row29_cut() throws {
    try check("close down 20", "the host closed the connection", goesOn: true)
  }

  @Test("row 30: bytes come one at a time, and slowly") func row30_dribble() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["dribble 0"])
    defer { proxy.stop() }
    var host = try fleet.remote("web1", port: proxy.port, in: scratch)
    host.arguments = "-o ServerAliveInterval=2 -o ServerAliveCountMax=4"
    let project = try SSHProject([host])
    let run = try project.start("--format", "json", "talks")
    #expect(project.process(host) != nil)
    // It takes longer than the link may be silent.
    try proxy.tell("dribble 500")
    project.letGo(host)
    let report = Report(run.end())
    #expect(report.status == 0, "\(report)")
    #expect(report.lines(host) == (1...16).map { String(format: "%0300d", $0) })
    #expect(project.counts() == [1])
    #expect(proxy.connections == 1)
    project.expectNothingLeft()
  }

  @Test("row 31: sshd is restarted in the middle of a step") func row31_restarted() throws {
    let server = try PrivateServer(fleet, [])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let project = try SSHProject([host])
    let run = try project.start("--format", "json", "phases")
    #expect(project.process(host) != nil)
    #expect(server.count("Connection from") == 1)
    server.stopListening()
    let again = try server.again(fleet)
    defer { again.stop() }
    project.letGo(host)
    let report = Report(run.end())
    #expect(report.status == 0, "\(report)")
    #expect(project.counts() == [1])
    #expect(project.counts("counter2") == [1])
    #expect(again.count("Connection from") == 0)
    #expect(try project.report("touches").status == 0)
    #expect(again.count("Connection from") == 1)
    project.expectNothingLeft()
  }

  @Test("row 32: the key is removed in the middle of a rollout") func row32_keyRemoved() throws {
    try FileManager.default.copyItem(atPath: "\(fleet.key).pub", toPath: "\(scratch.path)/keys")
    let server = try PrivateServer(fleet, ["AuthorizedKeysFile \(scratch.path)/keys"])
    defer { server.stop() }
    let hosts = try ["web1", "web2", "web3"].map { try server.host($0, fleet) }
    let project = try SSHProject(hosts)
    let run = try project.start("--format", "json", "rolls")
    #expect(project.process(hosts[0]) != nil)
    // The second host is connected to while the first one works.
    #expect(run.wait { $0.soFar.contains(#""event":"host.connected","host":"web2""#) }, "\(run.soFar)")
    rename("\(scratch.path)/keys", "\(scratch.path)/removed")
    for host in hosts[..<2] { project.letGo(host) }
    let report = Report(run.end())
    #expect(report.status == 4, "\(report)")
    let reason = "permission denied (publickey) as \(NSUserName()); keys tried: \(fleet.key)"
    report.expect(hosts[2], "unreachable", reason)
    // The others are taken back over the connections that they have.
    #expect(hosts.map { project.text($0, "version") } == ["old\n", "old\n", nil])
    #expect(project.counts("back") == [1, 1, 0])
    project.expectNothingLeft()
  }

  @Test("row 42: the connection is lost while the script is sent") func row42_cutScript() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["close up 60000"])
    defer { proxy.stop() }
    let host = try fleet.remote("web1", port: proxy.port, in: scratch)
    let project = try SSHProject([host])
    let report = try project.report("big", "--size", "200000")
    #expect(report.status == 1)
    report.expectClosed(host, "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: project.dir(host)) == [])
    #expect(proxy.connections == 1)
    project.expectNothingLeft()
  }

  @Test("row 77: what was done before a connection is made again is not done again") func row77_again() throws {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, ["banner 1"])
    defer { proxy.stop() }
    let host = try fleet.remote("web1", port: proxy.port, in: scratch), slow = fleet.host("slow", at: 1)
    let project = try SSHProject([host, slow])
    project.letGo(host)
    let run = try project.start("--format", "json", "phases")
    // It has done its part, and waits for the other one.
    #expect(run.wait { $0.soFar.contains("\"host.finished\",\"host\":\"web1\"") && project.count(slow) == 1 })
    try proxy.tell("reset")
    project.letGo(slow)
    let report = Report(run.end())
    #expect(report.status == 0, "\(report)")
    for host in [host, slow] { #expect(report.lines(host) == ["before", "after"]) }
    #expect(project.counts() == [1, 1])
    #expect(project.counts("counter2") == [1, 1])
    // One was dropped, one was lost.
    #expect(proxy.connections == 3)
    project.expectNothingLeft()
  }
}
