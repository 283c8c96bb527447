import Foundation
import TestSupport
import Testing

/// Rows 25, 26, 28 and 33 to 35: a host's connection where `sync` uses it, too.
///
/// Nothing makes another one behind our back.
@Suite(.needsRoot, .ownThreads) struct SharedConnectionTests {
  private let fleet: Fleet
  private let server: PrivateServer
  /// A socket's path must be short.
  private let temporary: String

  init() throws {
    let fleet = try #require(Fleet.current)
    self.fleet = fleet
    server = try PrivateServer(fleet, ["MaxSessions 2"])
    temporary = "/tmp/pb-\(UUID().uuidString.prefix(8))"
    mkdir(temporary, 0o700)
  }

  private var environment: [String: String] { ["TMPDIR": temporary] }

  private func project(_ hosts: [RemoteHost]) throws -> SSHProject {
    let project = try SSHProject(hosts)
    try project.project.folder.write("tree/file", "1\n")
    return project
  }

  /// A program `rsync` that does something before it is one.
  private func rsync(_ text: String) throws -> (folder: Scratch, environment: [String: String]) {
    let folder = Scratch()
    try folder.write("rsync", "#!/bin/sh\n\(text)\nexec /usr/bin/rsync \"$@\"\n", mode: 0o755)
    return (folder, ["TMPDIR": temporary, "PATH": "\(folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"])
  }

  private func expectNothingLeft(_ project: SSHProject, sourceLocation: SourceLocation = #_sourceLocation) {
    project.expectNothingLeft(sourceLocation: sourceLocation)
    #expect((try? FileManager.default.contentsOfDirectory(atPath: temporary)) == [], sourceLocation: sourceLocation)
    rmdir(temporary)
  }

  private var sockets: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: temporary)) ?? []).map { "\(temporary)/\($0)" }.filter { path in
      var facts = stat()
      return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFSOCK
    }
  }

  @Test("row 25: the connection is killed while sync uses it") func row25_killed() throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    // It ends the ssh whose socket it is given, and waits until it is gone.
    let (folder, environment) = try rsync(
      """
      for word; do case $word in *" -S "*) socket=${word##* -S }; socket=${socket%% *} ;; esac; done
      pid=$(ssh -F none -O check -S "$socket" x 2>&1 | tr -dc 0-9)
      kill -9 "$pid"
      while kill -0 "$pid" 2>/dev/null && [ "$(ps -o stat= -p "$pid" | cut -c1)" != Z ]; do sleep 0.05; done
      """)
    let report = try project.report("syncs", environment: environment)
    #expect(report.status == 1)
    #expect(report.finished(host, "sync")?.text?.contains(": the connection was lost") == true, "\(report)")
    #expect(project.counts() == [1])
    #expect(project.text(host, "tree/file") == nil)
    #expect(server.count("Connection from") == 1)
    expectNothingLeft(project)
    _ = folder
  }

  @Test("row 25: somebody else ends the connection in the middle of a step") func row25_exit() throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    try project.write("before", on: host, "until [ -e go ]; do sleep 0.05; done")
    let run = try project.start("--format", "json", "syncs", environment: environment)
    let step = try #require(project.process(host))
    let socket = try #require(sockets.first)
    #expect(try Started(["/usr/bin/ssh", "-F", "none", "-O", "exit", "-S", socket, "x"]).end().status == 0)
    let report = Report(run.end())
    #expect(report.status == 1)
    report.expect(host, "unknown", "[1] s: the connection was lost: the host closed the connection")
    #expect(project.counts() == [1])
    #expect(Processes.isGone(step))
    #expect(server.count("Connection from") == 1)
    expectNothingLeft(project)
  }

  @Test("row 26: the connection died between two phases, and its socket is still there") func row26_stale() throws {
    let host = try server.host("web1", fleet), slow = fleet.host("slow", at: 1)
    let project = try project([host, slow])
    project.letGo(host)
    let run = try project.start("--format", "json", "syncs-later", environment: environment)
    #expect(run.wait { $0.soFar.contains("\"host.finished\",\"host\":\"web1\"") && project.count(slow) == 1 })
    let ssh = Processes.below(run.identifier).filter {
      Processes.words(of: $0).first == "ssh" && Processes.words(of: $0).contains(server.port)
    }
    #expect(ssh.count == 1)
    for process in ssh { kill(process, SIGKILL) }
    for process in ssh { #expect(Processes.isGone(process)) }
    project.letGo(slow)
    let report = Report(run.end())
    #expect(report.status == 0, "\(report)")
    #expect(project.text(host, "tree/file") == "1\n")
    #expect(project.counts() == [1, 1])
    #expect(server.count("Connection from") == 2)
    expectNothingLeft(project)
  }

  @Test("row 28: the host falls silent before sync begins") func row28_frozen() throws {
    var host = try server.host("web1", fleet)
    host.arguments = "-o ServerAliveInterval=1 -o ServerAliveCountMax=3"
    let project = try project([host])
    let (folder, environment) = try rsync("kill -STOP $(cat '\(project.path(host, "sshd"))')")
    let report = try project.report("syncs", environment: environment)
    if let session = project.process(host, "sshd", seconds: 1) { kill(session, SIGKILL) }
    #expect(report.status == 1)
    #expect(report.finished(host, "sync")?.text?.contains(": the connection was lost") == true, "\(report)")
    #expect(project.counts() == [1])
    #expect(server.count("Connection from") == 1)
    expectNothingLeft(project)
    _ = folder
  }

  @Test("row 33: a host that allows two sessions, and thirty steps with copies between them") func row33_sessions() throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    let report = try project.report("syncs-often", environment: environment)
    #expect(report.status == 0, "\(report)")
    #expect(project.text(host, "counter") == (1...30).map { "\($0)\n" }.joined())
    for number in [10, 20, 30] {
      #expect(project.text(host, "tree\(number)/file") == "1\n")
      #expect(report.lines(host, "sync \(number)", "stderr") == [])
    }
    #expect(server.count("Connection from") == 1)
    expectNothingLeft(project)
  }

  @Test("row 33: a host that allows one session") func row33_oneSession() throws {
    let strict = try PrivateServer(fleet, ["MaxSessions 1"])
    defer { strict.stop() }
    let host = try strict.host("web1", fleet)
    let project = try project([host])
    let report = try project.report("syncs", environment: environment)
    #expect(report.status == 1)
    let words = ": the host allows no second session over one connection (MaxSessions in its sshd_config)"
    #expect(report.finished(host, "sync")?.text?.hasSuffix(words) == true, "\(report)")
    #expect(project.counts() == [1])
    #expect(strict.count("Connection from") == 1)
    expectNothingLeft(project)
  }

  @Test("row 34: a folder whose name is too long for a socket") func row34_long() throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    let folder = "\(temporary)/\(String(repeating: "long", count: 20))"
    mkdir(folder, 0o700)
    let report = try project.report("syncs", environment: ["TMPDIR": folder])
    #expect(report.status == 0, "\(report)")
    let told = "sync makes connections of its own: no socket can have a name in \(folder)/pushbutton-"
    #expect(report.events.contains { $0.event == "notice" && $0.text?.hasPrefix(told) == true }, "\(report)")
    #expect(project.text(host, "tree/file") == "1\n")
    rmdir(folder)
    expectNothingLeft(project)
  }

  @Test(
    "row 34: a folder that is not ours alone any more",
    arguments: [
      ("chmod 777 DIR", "is not private any more: somebody has changed its owner or its mode"),
      ("chown 1 DIR", "is not private any more: somebody has changed its owner or its mode"),
      ("mv DIR DIR.moved; ln -s DIR.moved DIR", "is not private any more: somebody has changed its owner or its mode"),
    ])
  func row34_folder(command: String, words: String) throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    try project.write("before", on: host, "d=$(echo \(temporary)/pushbutton-*); \(command.replacing("DIR", with: "$d"))")
    let report = try project.report("syncs", environment: environment)
    #expect(report.status == 1)
    #expect(report.finished(host, "sync")?.text?.contains(words) == true, "\(report)")
    #expect(project.text(host, "tree/file") == nil)
    #expect(project.counts() == [1])
    try? FileManager.default.removeItem(atPath: temporary)
  }

  @Test("row 35: another user's socket in place of ours") func row35_planted() throws {
    let host = try server.host("web1", fleet)
    let project = try project([host])
    let heard = Scratch()
    chmod(heard.path, 0o777)
    // The thief listens on a socket of the same name, and writes down all that it is sent.
    try heard.write(
      "thief",
      """
      import os, socket, sys
      os.setuid(61001)
      server = socket.socket(socket.AF_UNIX)
      server.bind(sys.argv[1])
      server.listen()
      open(sys.argv[2] + "/ready", "w").close()
      while True:
          client = server.accept()[0]
          client.settimeout(5)
          open(sys.argv[2] + "/heard", "ab").write(client.recv(65536))
      """)
    try project.write(
      "before", on: host,
      """
      d=$(echo \(temporary)/pushbutton-*)
      for f in "$d"/*; do [ -S "$f" ] && s=$f; done
      chmod 777 \(temporary) "$d"
      rm "$s"
      python3 \(heard.path)/thief "$s" \(heard.path) >/dev/null 2>&1 </dev/null &
      until [ -e \(heard.path)/ready ]; do sleep 0.05; done
      """)
    let report = try project.report("syncs", environment: environment)
    Processes.end(below: heard.path)
    #expect(heard.exists("ready"))
    #expect(report.status == 1)
    let words = "is not private any more: somebody has changed its owner or its mode"
    #expect(report.finished(host, "sync")?.text?.contains(words) == true, "\(report)")
    #expect(!heard.exists("heard"))
    #expect(project.text(host, "tree/file") == nil)
    try? FileManager.default.removeItem(atPath: temporary)
  }
}
