import Foundation
import TestSupport
import Testing

/// Files and folders come back whole, or nothing stands under their name.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct DownloadTests {
  static let deployfile = #"""
    let fetch = task("fetch", "Fetches a file") { hosts("web") {
      download("\(host: .variable("place"))", to: "got/\(host: .name).log").named("fetch")
      run("echo x >>$D/after") } }
    let home = task("home", "Fetches a file from the home folder") { hosts("web") { download("~/it's here", to: "got/home") } }
    """#

  private func bench(_ hosts: [String] = ["a"], ssh: String = #"exec /bin/sh -c "$command""#) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: ssh)
    let lines = hosts.map { "\($0) place=\(bench.marks.path)/\($0).log\n" }
    try bench.project.folder.write("inventory.ini", "[web]\n" + lines.joined())
    return bench
  }

  private func got(_ bench: Bench) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(bench.project.folder.path)/got")) ?? []).sorted()
  }

  @Test(arguments: [0, 1, 3_000_000]) func everyByteArrives(length: Int) throws {
    let bench = try bench(["a", "b"])
    var bytes = Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
    try bytes.write(to: URL(fileURLWithPath: "\(bench.marks.path)/a.log"))
    bytes.append(0)
    try bytes.write(to: URL(fileURLWithPath: "\(bench.marks.path)/b.log"))
    let ended = try bench.run("fetch")
    #expect(ended.status == 0, "\(ended)")
    #expect(FileManager.default.contents(atPath: "\(bench.project.folder.path)/got/a.log") == bytes.dropLast())
    #expect(FileManager.default.contents(atPath: "\(bench.project.folder.path)/got/b.log") == bytes)
    #expect(got(bench) == ["a.log", "b.log"])
    #expect(bench.count("after") == 2)
  }

  @Test func aMissingFileLeavesNothing() throws {
    let bench = try bench()
    let ended = try bench.run("fetch")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows == ["fetch: failed in _", "  a  failed  _  [1] fetch: status 1", "      no file \(bench.marks.path)/a.log"])
    #expect(got(bench) == [])
    #expect(bench.count("after") == 0)
  }

  @Test func homeIsTheUsersOwn() throws {
    let bench = try bench()
    try bench.marks.write("it's here", "mine")
    #expect(try bench.run("home", environment: ["HOME": bench.marks.path]).status == 0)
    #expect(bench.project.folder.read("got/home") == "mine")
  }

  @Test func aTruncatedDownloadKeepsTheOldFile() throws {
    let bench = try bench(ssh: #"/bin/sh -c "$command" | { dd bs=1 count=3000 2>/dev/null; kill -9 $$; }"#)
    try bench.marks.write("a.log", String(repeating: "line\n", count: 10_000))
    try bench.project.folder.write("got/a.log", "old")
    let ended = try bench.run("fetch")
    #expect(ended.status == 1, "\(ended)")
    // The host may have said on its other stream that all was sent: what arrived tells otherwise.
    let problem = ended.rows.dropFirst().first ?? ""
    let problems = ["the connection was lost: ssh was ended by signal 9", "transfer incomplete or damaged: "]
    #expect(problems.contains { problem.hasPrefix("  a  failed  _  [1] fetch: \($0)") }, "\(problem)")
    #expect(got(bench) == ["a.log"])
    #expect(bench.project.folder.read("got/a.log") == "old")
  }

  @Test func aDamagedDownloadIsRefused() throws {
    let bench = try bench(ssh: #"/bin/sh -c "$command" | stdbuf -o0 tr Q Z"#)
    try bench.marks.write("a.log", String(repeating: "Q", count: 1000))
    let ended = try bench.run("fetch")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first == "  a  failed  _  [1] fetch: transfer incomplete or damaged: 1000 of 1000 bytes")
    #expect(got(bench) == [])
  }
}

/// Folders are made equal by rsync.
@Suite(
  .ownThreads,
  .enabled(if: BuiltRun.isAvailable && FileManager.default.isExecutableFile(atPath: "/usr/bin/rsync"), "no built run, or no rsync"))
struct SyncTests {
  static let deployfile = #"""
    let push = task("push", "Adds files") { hosts("web") { sync("public", to: "\(host: .variable("place"))").named("sync")
      run("echo x >>$D/after") } }
    let mirror = task("mirror", "Makes it equal") { hosts("web") { sync("public", to: "\(host: .variable("place"))", deleting: true) } }
    """#

  private func bench(ssh: String?) throws -> Bench {
    let bench = try Bench(Self.deployfile, ssh: ssh)
    let local = ssh == nil ? " ansible_connection=local" : ""
    try bench.project.folder.write("inventory.ini", "[web]\na\(local) place='\(bench.marks.path)/it is here'\n")
    try bench.project.folder.write("public/index.html", "<html>")
    try bench.project.folder.write("public/css/site.css", "body")
    return bench
  }

  @Test(arguments: [nil, #"exec /bin/sh -c "$command""#]) func filesArriveAndOnlyMirrorsDelete(ssh: String?) throws {
    let bench = try bench(ssh: ssh)
    let ended = try bench.run("push")
    #expect(ended.status == 0, "\(ended)")
    try bench.marks.write("it is here/stale", "x")
    #expect(try bench.run("push").status == 0)
    #expect(bench.marks.read("it is here/css/site.css") == "body")
    #expect(bench.marks.exists("it is here/stale"))
    #expect(try bench.run("mirror").status == 0)
    #expect(!bench.marks.exists("it is here/stale"))
    #expect(bench.marks.read("it is here/index.html") == "<html>")
    #expect(bench.count("after") == 2)
  }

  /// What rsync is given to reach the host with: one socket, and nothing in its place.
  @Test func rsyncGetsTheHostsConnectionOrNone() throws {
    let bench = try bench(ssh: #"exec /bin/sh -c "$command""#)
    let folder = "/tmp/pb-\(UUID().uuidString.prefix(8))"
    mkdir(folder, 0o700)
    defer { rmdir(folder) }
    try bench.ssh?.folder.write("rsync", "#!/bin/sh\nprintf '[%s]\\n' \"$@\" >\"$D/rsync\"\n", mode: 0o755)
    #expect(try bench.run("push", environment: ["TMPDIR": folder]).status == 0)
    let calls = bench.ssh?.calls ?? []
    #expect(calls.count == 1)
    let socket = try #require(
      calls.first?.firstMatch(of: #/\[ControlMaster=yes\] \[-o\] \[ControlPath=([^\]]+)\] \[-o\] \[ControlPersist=no\]/#)?.1)
    #expect(socket.wholeMatch(of: #/\/tmp\/pb-\w+\/pushbutton-\w+\/[0-9a-f]{16}/#) != nil)
    let words = bench.marks.read("rsync").split(separator: "\n").map(String.init)
    #expect(words.prefix(3) == ["[-rlptz]", "[-s]", "[-e]"])
    #expect(words.dropFirst(3).first?.hasPrefix("[ssh -T -F none -o BatchMode=yes ") == true)
    #expect(words.dropFirst(3).first?.hasSuffix(" -o ControlMaster=no -o ProxyCommand=false -S \(socket) --]") == true)
    #expect(words.dropFirst(4).first == "[--]")
    #expect(words.last == "[a:\(bench.marks.path)/it is here]")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func aHostThatAllowsNoSecondSessionIsTold() throws {
    let bench = try bench(ssh: #"exec /bin/sh -c "$command""#)
    let folder = "/tmp/pb-\(UUID().uuidString.prefix(8))"
    mkdir(folder, 0o700)
    defer { rmdir(folder) }
    try bench.ssh?.folder.write(
      "rsync",
      """
      #!/bin/sh
      echo 'mux_client_request_session: session request failed: Session open refused by peer' >&2
      echo 'kex_exchange_identification: Connection closed by remote host' >&2
      exit 255
      """, mode: 0o755)
    let ended = try bench.run("push", environment: ["TMPDIR": folder])
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.rows.dropFirst().first
        == "  a  failed  _  [1] sync: rsync ended with status 255: the host allows no second session over one connection (MaxSessions in its sshd_config)"
    )
  }

  @Test func aFailureIsAFailure() throws {
    let bench = try bench(ssh: #"case $command in exec*) exec /bin/sh -c "$command" ;; esac; exit 255"#)
    let ended = try bench.run("push")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.dropFirst().first?.hasPrefix("  a  failed  _  [1] sync: rsync ended with status ") == true)
    #expect(bench.count("after") == 0)
  }
}
