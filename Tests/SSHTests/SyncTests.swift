import Foundation
import TestSupport
import Testing

/// `sync` uses the connection that its host has, and no other.
@Suite(.needsFleet, .ownThreads) struct SyncTests {
  private let fleet: Fleet
  private let temporary = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  static let deployfile = #"""
    import Tasks
    let dir: Text = "\(host: .variable("dir"))"
    let copies = task("copies", "Steps around two syncs, over two phases") {
      hosts("all") {
        parallel { within(dir) {
          run("echo x >>counter").named("before")
          sync("tree", to: "tree").named("sync")
          run("cat tree/file; echo x >>counter").named("after")
        } }
        parallel { within(dir) { sync("tree", to: "second").named("again") } }
      }
    }
    let opens = task("opens", "Somebody opens the private folder") {
      hosts("all") { within(dir) {
        run("chmod 777 \(host: .variable("temporary"))/pushbutton-*").named("open")
        sync("tree", to: "tree").named("sync")
      } }
    }
    let below = task("below", "Into the login user's home") {
      hosts("all") {
        run("mkdir ~/\(host: .variable("name"))")
        within("~/\(host: .variable("name"))") { sync("tree", to: "tree").named("sync") }
        run("cat ~/\(host: .variable("name"))/tree/file; rm -r ~/\(host: .variable("name"))").named("after")
      }
    }
    let deployfile = Deployfile {
      environment("test", inventory: "inventory.ini")
      copies; opens; below
    }
    """#

  private func project(_ hosts: [RemoteHost]) throws -> SSHProject {
    let project = try SSHProject(Self.deployfile, hosts: hosts, variables: "temporary=\"\(temporary.path)\" name=sync-\(UUID().uuidString)")
    try project.project.folder.write("tree/file", "1\n")
    return project
  }

  /// A folder whose name is short enough for a socket in it.
  private func shortFolder() -> String {
    let path = "/tmp/pb-\(UUID().uuidString.prefix(8))"
    mkdir(path, 0o700)
    return path
  }

  @Test func isOneConnectionWithTheSteps() throws {
    // Addresses that no other test connects to.
    let host = fleet.host("one", at: 8)
    let project = try project([host])
    let folder = shortFolder()
    defer { rmdir(folder) }
    let before = fleet.connections(to: host.address)
    let report = try project.report("copies", environment: ["TMPDIR": folder])
    #expect(report.status == 0, "\(report.testDescription)")
    #expect(fleet.connections(to: host.address) - before == 1)
    #expect(report.lines(host, "after") == ["1"])
    #expect(project.text(host, "second/file") == "1\n")
    #expect(project.count(host) == 2)
    #expect(report.lines(host, "sync", "stderr") == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func goesBelowTheHomeOfTheLogin() throws {
    let host = fleet.host("home", at: 7)
    let project = try project([host])
    let report = try project.report("below")
    #expect(report.status == 0, "\(report.testDescription)")
    #expect(report.lines(host, "after") == ["1"])
  }

  @Test func aFolderWithTooLongANameIsToldAndSyncHasItsOwnConnection() throws {
    let host = fleet.host("long", at: 9)
    let project = try project([host])
    let folder = "\(temporary.path)/\(String(repeating: "long", count: 20))"
    mkdir(folder, 0o700)
    let report = try project.report("copies", environment: ["TMPDIR": folder])
    #expect(report.status == 0, "\(report.testDescription)")
    let notices = report.events.filter { $0.event == "notice" }.compactMap(\.text)
    #expect(notices.count == 1)
    #expect(notices.first?.hasPrefix("sync makes connections of its own: no socket can have a name in \(folder)/pushbutton-") == true)
    #expect(project.text(host, "second/file") == "1\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func aFolderThatIsNotPrivateAnyMoreIsNotUsed() throws {
    let host = fleet.host("open", at: 10)
    let folder = shortFolder()
    defer { rmdir(folder) }
    let project = try SSHProject(Self.deployfile, hosts: [host], variables: "temporary=\"\(folder)\"")
    try project.project.folder.write("tree/file", "1\n")
    let report = try project.report("opens", environment: ["TMPDIR": folder])
    #expect(report.status == 1)
    #expect(
      report.finished(host, "sync")?.text?.wholeMatch(
        of: #/the run's private folder /tmp/pb-\w+/pushbutton-\w+ is not private any more: somebody has changed its owner or its mode/#)
        != nil, "\(report.testDescription)")
    #expect(project.text(host, "tree/file") == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  /// What rsync starts finds the connection gone, and makes no other.
  @Test func withoutTheConnectionItFails() throws {
    let host = fleet.host("gone", at: 11)
    let project = try project([host])
    let folder = shortFolder()
    defer { rmdir(folder) }
    let programs = Scratch()
    let rsync = try #require(["/usr/bin/rsync", "/usr/local/bin/rsync"].first { FileManager.default.isExecutableFile(atPath: $0) })
    // It ends the ssh whose socket it is given, which is this test's own, and waits until it is gone.
    try programs.write(
      "rsync",
      """
      #!/bin/sh
      for word; do case $word in *" -S "*) socket=${word##* -S }; socket=${socket%% *} ;; esac; done
      pid=$(ssh -F none -O check -S "$socket" x 2>&1 | tr -dc 0-9)
      kill -9 "$pid"
      while kill -0 "$pid" 2>/dev/null && [ "$(ps -o stat= -p "$pid" | cut -c1)" != Z ]; do sleep 0.05; done
      exec \(rsync) "$@"
      """, mode: 0o755)
    let before = fleet.connections(to: host.address)
    let path = "\(programs.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    let report = try project.report("copies", environment: ["TMPDIR": folder, "PATH": path])
    #expect(report.status == 1)
    #expect(
      report.finished(host, "sync")?.text?.wholeMatch(of: #/rsync ended with status \d+: the connection was lost/#) != nil,
      "\(report.testDescription)")
    #expect(fleet.connections(to: host.address) - before == 1)
    #expect(project.text(host, "tree/file") == nil)
    #expect(project.count(host) == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }
}
