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
}
