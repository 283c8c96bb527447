import Foundation
import TestSupport
import Testing

/// Row 78: hosts that lack programs.
@Suite(.needsRoot, .ownThreads) struct ToolTests {
  private let fleet: Fleet
  private let programs = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// A host whose PATH has these programs and no others.
  private func server(with names: [String]) throws -> PrivateServer {
    for name in names {
      let path = ["/usr/bin", "/bin"].map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
      symlink(try #require(path), "\(programs.path)/\(name)")
    }
    return try PrivateServer(fleet, ["SetEnv PATH=\(programs.path)"])
  }

  @Test("row 78: steps need nothing but a shell") func row78_shell() throws {
    let server = try server(with: ["sh"])
    defer { server.stop() }
    let project = try SSHProject([try server.host("web1", fleet)])
    let report = try project.report("touches")
    #expect(report.status == 0, "\(report)")
    #expect(project.counts() == [1])
  }

  @Test(
    "row 78: copies take whichever program there is for the checksum",
    arguments: [(["sha256sum"], true), (["openssl"], true), (["shasum", "perl"], true), ([], false)])
  func row78_checksum(names: [String], works: Bool) throws {
    let server = try server(with: ["sh", "head", "wc", "chmod", "mv", "rm"] + names)
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let project = try SSHProject([host])
    let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try bytes.write(to: URL(fileURLWithPath: "\(project.project.folder.path)/big.bin"))
    let report = try project.report("sends")
    #expect(report.status == (works ? 0 : 1), "\(report)")
    #expect(project.bytes(host, "big.bin") == (works ? bytes : nil))
    #expect(project.counts() == [works ? 1 : 0])
    if !works {
      report.expectFailure(host, saying: "none of sha256sum, shasum, openssl and sha256 is on the host")
      #expect(try FileManager.default.contentsOfDirectory(atPath: project.dir(host)) == [])
    }
  }

  @Test("row 78: a timeout without setsid") func row78_setsid() throws {
    let server = try server(with: ["sh", "sleep", "kill"])
    defer { server.stop() }
    let host = try server.host("web1", fleet)
    let project = try SSHProject([host])
    let report = try project.report("endless")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: not done within 2 s, ended")
    for name in ["pid", "pid2"] { #expect(Processes.isGone(project.process(host, name))) }
    #expect(project.counts() == [1])
  }

  @Test("row 78: sync without rsync") func row78_rsync() throws {
    let server = try server(with: ["sh", "ps"])
    defer { server.stop() }
    // A login shell without start-up files, which this machine's own user may have.
    let host = try server.host("web1", user: "pbdash", fleet)
    let project = try SSHProject([host])
    try project.project.folder.write("tree/file", "1\n")
    let report = try project.report("syncs")
    #expect(report.status == 1)
    report.expectFailure(host, saying: "rsync: not found")
    #expect(project.counts() == [1])
  }
}
