import Foundation
import TestSupport
import Testing

/// Files, services, probes and other users, with every login shell and every `/bin/sh`.
@Suite(.needsFleet, .ownThreads) struct TransferRowTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  /// Reproducible bytes of every kind.
  private func bytes(_ count: Int) -> Data {
    var random = SeededGenerator(seed: 5)
    return Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
  }

  @Test func filesArriveWholeOrNotAtAll() throws {
    let project = try SSHProject(hosts: fleet.shells)
    let big = bytes(5 << 20)
    try big.write(to: URL(fileURLWithPath: "\(project.project.folder.path)/big.bin"))
    try project.project.folder.write("template", "host {{ host.name }}: {{ what }}\n{{dir}}")
    let report = try project.report("transfers")
    #expect(report.status == 1)
    for host in project.hosts {
      #expect(report.finished(host, "up")?.outcome == "succeeded", "\(host.name)")
      #expect(project.bytes(host, "big.bin") == big)
      let mode = try FileManager.default.attributesOfItem(atPath: project.path(host, "big.bin"))[.posixPermissions] as? Int
      #expect(mode == 0o640)
      #expect(FileManager.default.contents(atPath: "\(project.project.folder.path)/down/\(host.name)") == big)
      #expect(project.text(host, "rendered") == "host \(host.name): it's {{ not }} \\ $HOME\n\(project.dir(host))")
      #expect(report.finished(host)?.outcome == "failed")
      #expect(project.count(host) == 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: project.dir(host))
      #expect(Set(left) == ["big.bin", "rendered"])
    }
  }

  @Test func foldersBecomeEqual() throws {
    // The busybox host has no rsync.
    let project = try SSHProject(hosts: fleet.shells.filter { $0.name != "sh-busybox" })
    try project.project.folder.write("tree/it's/a file", "1")
    try project.project.folder.write("tree/$HOME", "2")
    let report = try project.report("syncs")
    #expect(report.status == 0, "\(report.testDescription)")
    for host in project.hosts {
      #expect(project.text(host, "a tree/it's/a file") == "1", "\(host.name)")
      #expect(project.text(host, "a tree/$HOME") == "2")
    }
  }

  @Test func aMissingRsyncIsNamed() throws {
    let project = try SSHProject(hosts: fleet.shells.filter { $0.name == "sh-busybox" })
    try project.project.folder.write("tree/file", "1")
    guard let host = project.hosts.first else { return }
    let report = try project.report("syncs")
    #expect(report.status == 1)
    #expect(report.finished(host)?.outcome == "failed")
    #expect(report.lines(host, "s", "stderr").contains { $0.contains("rsync") && $0.contains("not found") })
  }

  @Test func signalsReachTheProcessAndNothingElse() throws {
    let project = try SSHProject(hosts: fleet.shells)
    let report = try project.report("signals")
    #expect(report.status == 0, "\(report.testDescription)")
    for host in project.hosts {
      #expect(report.finished(host, "good")?.outcome == "succeeded", "\(host.name)")
      #expect(project.count(host) == 1)
      let problems = [
        "empty": "is empty", "garbage": "holds no number", "negative": "holds no number", "zero": "holds no number",
        "two": "holds more than one number", "stale": "is stale: there is no process", "missing": "there is no pid file",
      ]
      for (file, problem) in problems {
        #expect(report.finished(host, file)?.outcome == "failed", "\(host.name) \(file)")
        #expect(report.lines(host, file, "stderr").joined().contains(problem), "\(host.name) \(file)")
      }
      #expect(Processes.isGone(project.process(host, "good")))
    }
  }

  @Test(.enabled(if: Page.isAvailable, "python3 is missing")) func waitsForAnAnswer() throws {
    let page = try Page("well: it's <here> now")
    defer { page.stop() }
    let project = try SSHProject(hosts: fleet.shells, variables: "http=\(page.port)")
    let report = try project.report("waits")
    #expect(report.status == 1)
    for host in project.hosts {
      for step in ["command", "tcp", "http"] {
        #expect(report.finished(host, step)?.outcome == "succeeded", "\(host.name) \(step) \(report.lines(host, step, "stderr"))")
      }
      for step in ["missing", "closed"] { #expect(report.finished(host, step)?.outcome == "failed", "\(host.name) \(step)") }
      #expect(report.lines(host, "missing", "stderr").joined().contains("404"))
      #expect(report.lines(host, "s", "stderr") == ["why not"])
      #expect(report.finished(host)?.outcome == "failed")
    }
  }

  @Test(.needsUser("pbsudo")) func otherUsers() throws {
    let host = fleet.host("pbsudo", at: 6, user: "pbsudo")
    let project = try SSHProject(hosts: [host])
    try project.project.folder.write("small", "owned by root\n")
    let report = try project.report("sudos")
    #expect(report.status == 1)
    #expect(report.lines(host, "root") == ["root", project.dir(host).replacing("//", with: "/"), ""])
    #expect(report.lines(host, "variable") == ["it's kept"])
    #expect(report.lines(host, "other") == ["pbdash"])
    #expect(report.finished(host, "255")?.status == 255)
    #expect(project.text(host, "owned") == "owned by root\n")
    let owner = try FileManager.default.attributesOfItem(atPath: project.path(host, "owned"))[.ownerAccountID] as? Int
    #expect(owner == 0)
    #expect(project.text(host, "captured") == "root")
    #expect(report.finished(host, "limited")?.text == "not done within 1 s, ended, ignored")
    for file in ["pid", "pid2"] { #expect(Processes.isGone(project.process(host, file))) }
    #expect(report.finished(host)?.outcome == "failed")
    #expect(report.lines(host, "s", "stderr").joined().contains("password is required"))
  }
}

/// A web server with one page.
struct Page {
  private let server: Started
  let port: String

  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }
  static let isAvailable = python != nil

  init(_ text: String) throws {
    let program = """
      import http.server, sys
      class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
          self.send_response(200 if self.path == "/" else 404)
          self.end_headers()
          self.wfile.write(sys.argv[1].encode())
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """
    server = try Started([try #require(Self.python), "-c", program, text])
    try #require(server.wait { $0.soFar.hasSuffix("\n") })
    port = String(server.soFar.dropLast())
  }

  func stop() {
    server.signal(SIGKILL)
    _ = server.end()
  }
}
