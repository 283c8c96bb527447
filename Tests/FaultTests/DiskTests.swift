import Foundation
import TestSupport
import Testing

/// Rows 48 and 49: disks that are full, read-only, forbidden or take no programs.
///
/// What is live stays so, and the way back is open.
@Suite(.needsRoot, .ownThreads) struct DiskTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// A server on which `app` of a host is a mount of its own, that only its sessions see.
  private func mounted(_ options: String) throws -> (server: PrivateServer, host: RemoteHost) {
    for name in ["app", "home"] { mkdir("\(scratch.path)/\(name)", 0o755) }
    let server = try PrivateServer(
      fleet, ["mount -t tmpfs -o \(options) none \(scratch.path)/app", "SetEnv \"HOME=\(scratch.path)/home\""])
    return (server, try server.host("web1", fleet))
  }

  private func mount(_ project: SSHProject, _ host: RemoteHost) throws {
    symlink("\(scratch.path)/app", project.path(host, "app"))
    try project.project.folder.write("small", "small\n")
  }

  @Test("row 48: the disk is full, or has no inode left", arguments: ["size=300k", "size=1m,nr_inodes=60"]) func row48_full(options: String)
    throws
  {
    let (server, host) = try mounted(options)
    defer { server.stop() }
    let site = try Site([host], releases: ["1", "2", "3"], size: 20_000)
    try mount(site.project, host)
    try site.good("1", "2")
    // As far as it goes.
    let app = server.seen("\(scratch.path)/app")
    if options.contains("inodes") {
      mkdir("\(app)/fill", 0o755)
      for number in 0..<60 { _ = FileManager.default.createFile(atPath: "\(app)/fill/\(number)", contents: nil) }
    } else {
      #expect(try Started(["/bin/sh", "-c", "cat /dev/zero >'\(app)/fill'"]).end().status == 1)
    }
    func live() -> String? { try? String(contentsOfFile: "\(app)/current/content", encoding: .utf8) }
    let report = try site.deploy("3")
    #expect(report.status == 1)
    report.expectFailure(host, saying: "No space left on device")
    #expect(live() == "2\n")
    #expect(site.project.count(host, "restarts") == 2)
    if options.contains("inodes") { for number in 0..<3 { unlink("\(app)/fill/\(number)") } }
    let back = try site.project.report("rollback")
    #expect(back.status == 0, "\(back)")
    #expect(live() == "1\n")
    #expect(site.project.count(host, "restarts") == 3)
  }

  @Test("row 49: a file system that is read-only") func row49_readOnly() throws {
    let (server, host) = try mounted("ro")
    defer { server.stop() }
    let project = try SSHProject([host])
    try mount(project, host)
    let report = try project.report("puts")
    #expect(report.status == 1)
    for step in ["upload", "write", "s"] {
      #expect(report.finished(host, step)?.outcome == "failed")
      #expect(report.lines(host, step, "stderr").joined().contains("Read-only file system"), "\(step): \(report)")
    }
  }

  @Test("row 49: a file system that takes no programs") func row49_noexec() throws {
    let (server, host) = try mounted("noexec")
    defer { server.stop() }
    let project = try SSHProject([host])
    try mount(project, host)
    let report = try project.report("puts")
    #expect(report.status == 1)
    #expect(report.finished(host, "upload")?.outcome == "succeeded")
    report.expect(host, "failed", "[3] s: status 126: the command is not executable")
    #expect(report.lines(host, "s", "stderr").joined().contains("Permission denied"))
  }

  @Test("row 49: a folder of somebody else") func row49_forbidden() throws {
    let host = fleet.host("web1", user: "pbdash")
    let project = try SSHProject([host])
    try project.project.folder.write("small", "small\n")
    mkdir(project.path(host, "app"), 0o755)
    let report = try project.report("puts")
    #expect(report.status == 1)
    for step in ["upload", "write", "s"] {
      #expect(report.finished(host, step)?.outcome == "failed")
      #expect(report.lines(host, step, "stderr").joined().contains("Permission denied"), "\(step): \(report)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: project.path(host, "app")) == [])
  }
}
