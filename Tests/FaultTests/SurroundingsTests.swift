import Foundation
import TestSupport
import Testing

/// Rows 74 to 76: what a run finds around itself, and jump hosts.
@Suite(.needsFleet, .ownThreads) struct SurroundingsTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  /// Starts shell text in the project's folder, where `$run` is the program and `$D` a folder of the test's.
  private func shell(_ project: SSHProject, _ text: String) throws -> Ended {
    let own = ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache, "run": BuiltRun.path ?? "", "D": scratch.path]
    return try Started(
      ["/bin/sh", "-c", text], folder: project.project.folder.path, environment: project.environment.merging(own) { $1 }
    ).end()
  }

  @Test("row 74: forty open files are not many") func row74_descriptors() throws {
    let project = try SSHProject((1...20).map { fleet.host("web\($0)", at: $0) })
    let ended = try shell(project, "ulimit -n 40; \"$run\" touches")
    #expect(ended.status == 0, "\(ended)")
    #expect(project.counts() == Array(repeating: 1, count: 20))
    #expect(ended.output.contains(#/only \d+ hosts at once: the limit of open files \(ulimit -n\) allows no more/#), "\(ended)")
    project.expectNothingLeft()
  }

  @Test("row 74: so few that nothing goes") func row74_noDescriptors() throws {
    let project = try SSHProject([fleet.host("web1")])
    let ended = try shell(project, "ulimit -n 9; \"$run\" touches")
    #expect(ended.status == 4, "\(ended)")
    #expect(ended.output.contains(#/  web1  unreachable  [0-9.]+ s  cannot start ssh: Too many open files\n/#), "\(ended)")
    #expect(project.counts() == [0])
  }

  @Test("row 74: no process more for this user", .needsRoot) func row74_processes() throws {
    let project = try SSHProject([])
    let uid = "61999"
    try project.project.folder.write("inventory.ini", "here ansible_connection=local dir=\(project.home.path)\n")
    // The program that root has compiled, in a cache of this user's own.
    let run = try project.start("phases")
    #expect(eventually { project.home.exists("pid") })
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(run.identifier)/exe")
    try project.home.write("go", "")
    #expect(run.end().status == 0)
    let copied = try Started([
      "/bin/sh", "-euc",
      """
      mkdir -p '\(scratch.path)/cache/v1/programs' && cd '\(scratch.path)/cache/v1'
      cp -a '\(BuiltRun.cache)/v1/compilers' . && cp -a '\((program as NSString).deletingLastPathComponent)' programs
      rm '\(project.home.path)/counter' && chown -R \(uid) '\(scratch.path)' '\(project.home.path)'
      """,
    ]).end()
    #expect(copied.status == 0, "\(copied)")
    let words = ["/usr/bin/env", "setpriv", "--reuid", uid, "--clear-groups", "prlimit", "--nproc=1", BuiltRun.path ?? "run", "touches"]
    let environment = project.environment.merging(["PUSHBUTTON_CACHE_DIR": "\(scratch.path)/cache"]) { $1 }
    let ended = try Started(words, folder: project.project.folder.path, environment: environment).end()
    #expect(ended.status == 4, "\(ended)")
    #expect(
      ended.output.contains(#/  here  unreachable  [0-9.]+ s  cannot start \/bin\/sh: Resource temporarily unavailable\n/#), "\(ended)")
    #expect(project.home.lines("counter") == 0)
  }

  @Test(
    "row 75: a deploy goes on whatever its surroundings are",
    arguments: [
      #""$run" phases >&-; echo $? >$D/status"#, #"{ "$run" phases; echo $? >$D/status; } | head -n 1"#,
      #""$run" phases <&- >&- 2>&-; echo $? >$D/status"#, #""$run" phases >/dev/full; echo $? >$D/status"#,
      #"env -u HOME -u TERM -u LANG -u USER -u XDG_STATE_HOME LC_ALL=C "$run" phases; echo $? >$D/status"#,
      #"env -i PATH="$PATH" PUSHBUTTON_CACHE_DIR="$PUSHBUTTON_CACHE_DIR" "$run" phases; echo $? >$D/status"#,
    ])
  func row75_surroundings(text: String) throws {
    let hosts = [fleet.host("web1"), fleet.host("web2", at: 1)]
    let project = try SSHProject(hosts)
    for host in hosts { project.letGo(host) }
    let ended = try shell(project, text)
    #expect(scratch.read("status") == "0\n", "\(ended)")
    #expect(project.counts() == [1, 1])
    #expect(project.counts("counter2") == [1, 1])
    project.expectNothingLeft()
  }

  @Test("row 75: a folder for temporary files that is not there") func row75_temporary() throws {
    let project = try SSHProject([fleet.host("web1")])
    let ended = try shell(project, "env TMPDIR=/no/such/folder \"$run\" touches")
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors.hasPrefix("error: cannot make a private folder in /no/such/folder: No such file or directory\n"), "\(ended)")
    #expect(project.counts() == [0])
  }

  @Test("row 75: a home that cannot be written") func row75_home() throws {
    let project = try SSHProject([fleet.host("web1")])
    let ended = try shell(project, "env HOME=/proc/nowhere XDG_STATE_HOME=/proc/nowhere \"$run\" touches")
    #expect(ended.status == 0, "\(ended)")
    let told = "\nno journal is kept (/proc/nowhere: No such file or directory): if this run is cut off, it cannot be resumed\n"
    #expect(ended.output.contains(told), "\(ended)")
    #expect(project.counts() == [1])
    project.expectNothingLeft()
  }

  // MARK: Jump hosts

  private func host(_ name: String, over jump: String, port: String? = nil) throws -> RemoteHost {
    var host = fleet.host(name)
    host.configuration = try fleet.configuration(
      ["Match host \(host.address)", "ProxyJump \(jump)", "Match all"], in: scratch, name: name)
    if let port { host.port = port }
    return host
  }

  @Test("row 76: the jump host is down, or what is behind it") func row76_down() throws {
    let jump = fleet.address(1)
    let down = try host("down", over: "\(jump):1"), behind = try host("behind", over: jump, port: "1")
    let well = try host("well", over: jump)
    let project = try SSHProject([down, behind, well])
    let report = try project.report("touches")
    #expect(report.status == 4)
    report.expect(down, "unreachable", "the jump host \(jump):1: connection refused (\(jump):1)")
    report.expect(behind, "unreachable", "the jump host \(jump) cannot reach \(behind.address):1: Connection refused")
    report.expect(well, "succeeded")
    #expect(project.counts() == [0, 0, 1])
    project.expectNothingLeft()
  }

  @Test("row 76: a jump host that wants a password") func row76_password() throws {
    let server = try PrivateServer(fleet, ["PasswordAuthentication yes", "PubkeyAuthentication no"])
    defer { server.stop() }
    let configuration = [
      "Host 127.0.0.1", "HostKeyAlias [\(fleet.address(0))]:\(fleet.port)", "BatchMode no", "Match host \(fleet.address(0))",
      "ProxyJump 127.0.0.1:\(server.port)", "Match all",
    ]
    var host = fleet.host("web1")
    host.configuration = try fleet.configuration(configuration, in: scratch, name: "web1")
    // Without what the fleet's own configuration says of passwords.
    let text = try String(contentsOfFile: fleet.configuration, encoding: .utf8).replacing("BatchMode yes\n", with: "")
    let own = try scratch.write("own.config", text)
    try scratch.write("web1.config", scratch.read("web1.config").replacing(fleet.configuration, with: own))
    let project = try SSHProject([host])
    // On a terminal, where ssh by itself would ask.
    let ended = try project.terminal([BuiltRun.path ?? "run", "touches"])
    #expect(ended.status == 4, "\(ended)")
    #expect(ended.output.contains("the jump host 127.0.0.1:\(server.port): permission denied (password"), "\(ended)")
    #expect(!ended.output.contains("'s password:"))
    #expect(project.counts() == [0])
    project.expectNothingLeft()
  }
}
