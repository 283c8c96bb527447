import Foundation
import TestSupport
import Testing

/// Rows 51 and 52: copies that do not arrive whole.
///
/// Nothing of them is taken for the whole.
@Suite(.needsFleet, .ownThreads) struct TransferTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// A host behind a proxy, with what it has of a file from before.
  private func project(_ rules: [String]) throws -> (proxy: Proxy, project: SSHProject) {
    let proxy = try Proxy(to: fleet.address(0), port: fleet.port, rules)
    let project = try SSHProject([try fleet.remote("web1", port: proxy.port, in: scratch)])
    try Data(repeating: 7, count: 5_000_000).write(to: URL(fileURLWithPath: "\(project.project.folder.path)/big.bin"))
    try "before".write(toFile: project.path(project.hosts[0], "big.bin"), atomically: true, encoding: .utf8)
    return (proxy, project)
  }

  private func expectUntouched(_ project: SSHProject, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let host = project.hosts[0]
    #expect(
      eventually { (try? FileManager.default.contentsOfDirectory(atPath: project.dir(host))) == ["big.bin"] },
      sourceLocation: sourceLocation)
    #expect(project.text(host, "big.bin") == "before", sourceLocation: sourceLocation)
    #expect(project.counts() == [0], sourceLocation: sourceLocation)
    project.expectNothingLeft(sourceLocation: sourceLocation)
  }

  @Test("row 51: the link is cut in the middle of an upload") func row51_cut() throws {
    let (proxy, project) = try project(["close up 1000000"])
    defer { proxy.stop() }
    let report = try project.report("sends")
    #expect(report.status == 1)
    report.expectClosed(project.hosts[0])
    try expectUntouched(project)
  }

  @Test("row 51: ssh is killed in the middle of an upload") func row51_killed() throws {
    let (proxy, project) = try project(["freeze up 1000000"])
    defer { proxy.stop() }
    let host = project.hosts[0]
    let run = try project.start("--format", "json", "sends")
    #expect(eventually { Self.part(project) > 100_000 })
    let ssh = Processes.below(run.identifier).filter { Processes.words(of: $0).first == "ssh" }
    #expect(ssh.count == 1)
    for process in ssh { kill(process, SIGKILL) }
    let report = Report(run.end())
    #expect(report.status == 1)
    report.expect(host, "unknown", "[1] s: the connection was lost: ssh was ended by signal 9")
    proxy.stop()
    try expectUntouched(project)
  }

  /// How much of the file has arrived.
  private static func part(_ project: SSHProject) -> Int {
    let dir = project.dir(project.hosts[0])
    let part = (try? FileManager.default.contentsOfDirectory(atPath: dir))?.first { $0.hasSuffix(".part") }
    return part.flatMap { try? FileManager.default.attributesOfItem(atPath: "\(dir)/\($0)")[.size] as? Int } ?? 0
  }

  @Test("row 52: an archive that was cut between two files, cut inside of one, or damaged", arguments: ["between", "inside", "damaged"])
  func row52_archive(kind: String) throws {
    let home = Scratch()
    let server = try PrivateServer(fleet, ["SetEnv \"HOME=\(home.path)\""])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let site = try Site([host], releases: ["1", "2"], size: 4000)
    try site.good("1")
    let archive = "\(site.project.project.folder.path)/2.tar"
    var bytes = try #require(FileManager.default.contents(atPath: archive))
    // The folder, then one file with its header.
    switch kind {
    case "between": bytes = bytes.prefix(512 + 1024)
    case "inside": bytes = bytes.prefix(512 + 1024 + 512 + 1000)
    default: bytes[512 + 20] ^= 0x55
    }
    try bytes.write(to: URL(fileURLWithPath: archive))
    let report = try site.deploy("2")
    #expect(report.status == 1)
    let words = report.lines(host, "unpack site 2", "stderr").joined(separator: "\n")
    let expected = ["between": "the archive is not whole: it has no end", "inside": "the archive is not whole: it has no end"]
    #expect(words.contains(expected[kind] ?? "tar: "), "\(report)")
    #expect(site.live == ["1"])
    // No later deploy or rollback can choose it.
    #expect(try site.project.report("switches", "--release", "2").status == 1)
    #expect(site.live == ["1"])
    #expect(try site.project.report("rollback", "--to", "2").status == 1)
    #expect(site.live == ["1"])
  }
}
