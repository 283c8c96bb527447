import Foundation
import TestSupport
import Testing

/// Reaching hosts: one connection where one is enough, and a clear reason where there is none.
@Suite(.needsFleet) struct ConnectionTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  @Test func twentyStepsAndAnotherPhaseAreOneConnection() throws {
    // An address that no other test connects to.
    let host = fleet.host("one", at: 7)
    let before = fleet.connections(to: host.address)
    let report = try SSHProject(hosts: [host]).report("twenty")
    #expect(fleet.connections(to: host.address) - before == 1)
    #expect(report.status == 0)
    for number in 1...20 {
      #expect(report.lines(host, "step \(number)") == ["out \(number)"])
      #expect(report.lines(host, "step \(number)", "stderr") == ["err \(number)"])
      #expect(report.finished(host, "step \(number)")?.status == (number == 7 ? 3 : 0))
    }
    #expect(report.lines(host, "second") == ["second"])
  }

  @Test(.needsUser("pbnoisy")) func startUpFilesThatPrintAreNoOutput() throws {
    let host = fleet.host("noisy", at: 5, user: "pbnoisy")
    let project = try SSHProject(hosts: [host])
    let report = try project.report("touches")
    #expect(report.lines(host) == ["out"])
    #expect(report.lines(host, "s", "stderr") == ["err"])
    _ = try project.report("captures")
    #expect(project.text(host, "second") == "one \n\n it's\ttwo")
  }

  @Test func everyReasonIsItsOwn() throws {
    let scratch = Scratch()
    try makeKey("\(scratch.path)/other_key")
    let folder = (fleet.configuration as NSString).deletingLastPathComponent
    let knownHosts = try String(contentsOfFile: "\(folder)/known_hosts", encoding: .utf8)
    let otherKey = scratch.read("other_key.pub").split(separator: " ").prefix(2).joined(separator: " ")
    let changed = knownHosts.split(separator: "\n").map { "\($0.prefix { $0 != " " }) \(otherKey)" }.joined(separator: "\n") + "\n"
    try scratch.write("changed", changed)
    try scratch.write("none", "")

    var rows: [(host: RemoteHost, reason: String)] = []
    func row(
      _ name: String, _ reason: String, user: String? = nil, _ lines: [String] = [], change: (inout RemoteHost) -> Void = { _ in }
    ) throws {
      var host = fleet.host(name, user: user)
      if !lines.isEmpty { host.configuration = try configuration(lines, in: scratch, name: name) }
      change(&host)
      rows.append((host, reason))
    }
    try row("closed", "Connection refused") { $0.port = "1" }
    try row("unnamed", "Could not resolve hostname no-such-host.invalid") { $0.address = "no-such-host.invalid" }
    try row("stranger", "Permission denied (publickey)", ["IdentityFile \"\(scratch.path)/other_key\""]) {
      $0.configuration = withoutKey($0.configuration, in: scratch)
    }
    try row("unknown", "host key is known for", ["UserKnownHostsFile \"\(scratch.path)/none\""])
    try row("changed", "has changed", ["UserKnownHostsFile \"\(scratch.path)/changed\""])
    try row("quiet", "Connection refused", ["LogLevel QUIET"]) { $0.port = "1" }
    try row("misspelt", "Bad configuration option: nosuchoption", ["NoSuchOption yes"])
    if fleet.has(user: "pbnologin") { try row("nologin", "the login shell ended before the first command", user: "pbnologin") }

    let project = try SSHProject(hosts: rows.map(\.host))
    let ended = try project.start("touches").end()
    #expect(ended.status == 4, "\(ended.output)")
    let summary = ended.output.components(separatedBy: "touches: failed, a host could not be reached").last ?? ""
    for (host, reason) in rows {
      let line = summary.split(separator: "\n").first { $0.split(separator: " ").first.map(String.init) == host.name }
      #expect(line?.contains("unreachable") == true && line?.contains(reason) == true, "\(host.name): \(line ?? "no row")")
      #expect(project.count(host) == 0)
    }
    #expect(scratch.read("none") == "")
    #expect(scratch.read("changed") == changed)
  }

  @Test func anUnreachableHostDoesNotStopTheOthers() throws {
    var closed = fleet.host("closed")
    closed.port = "1"
    let open = fleet.host("open")
    let project = try SSHProject(hosts: [closed, open])
    let report = try project.report("touches")
    #expect(report.status == 4)
    #expect(report.outcome(closed) == "unreachable")
    #expect(report.outcome(open) == "succeeded")
    #expect(project.count(open) == 1)
  }

  @Test func hostileConfigurationsChangeNothing() throws {
    let scratch = Scratch()
    let hostile: [String: [String]] = [
      "clean": ["Compression no"],
      "tty": ["RequestTTY force"],
      "command": ["RemoteCommand echo hijacked"],
      "none": ["SessionType none"],
      "subsystem": ["SessionType subsystem"],
      "null": ["StdinNull yes"],
      "fork": ["ForkAfterAuthentication yes"],
      "local": ["PermitLocalCommand yes", "LocalCommand echo hijacked; touch \(scratch.path)/ran"],
      "forward": ["LocalForward \(fleet.address(0)):\(fleet.port) localhost:1", "ExitOnForwardFailure yes"],
      "quiet": ["LogLevel QUIET"],
      "loud": ["LogLevel DEBUG3"],
      "art": ["VisualHostKey yes"],
      "master": ["ControlMaster auto", "ControlPath \(scratch.path)/%C", "ControlPersist 60"],
      "socket": ["ControlMaster yes", "ControlPath \(scratch.path)/no-such-folder/%C"],
      "sent": ["SendEnv *", "SetEnv LC_ALL=xx_YY.none"],
      "asks": ["BatchMode no", "NumberOfPasswordPrompts 3"],
    ]
    let hosts = try hostile.keys.sorted().map { name in
      var host = fleet.host(name)
      host.configuration = try configuration(hostile[name] ?? [], in: scratch, name: name)
      return host
    }
    let clean = try #require(hosts.first { $0.name == "clean" })
    for (task, status) in [("fails", 1), ("exit255", 1), ("reads-input", 0), ("captures", 0)] {
      let project = try SSHProject(hosts: hosts)
      let report = try project.report(task)
      #expect(report.status == Int32(status), "\(task): \(report.testDescription)")
      for host in hosts {
        #expect(report.events(of: host) == report.events(of: clean), "\(task) \(host.name)")
        #expect(project.count(host) == project.count(clean))
      }
    }
    #expect(!scratch.exists("ran"))
  }

  @Test(.enabled(if: Fleet.current?.throttled != nil, "the fleet has no host that drops connections"))
  func manyHostsAtOnceBehindOneServer() throws {
    let server = try #require(fleet.throttled)
    let hosts = (1...40).map { number in
      var host = server
      host.name = "web\(number)"
      return host
    }
    let project = try SSHProject(hosts: hosts)
    let report = try project.report("touches", "-j", "40")
    #expect(report.status == 0, "\(report.testDescription)")
    for host in hosts { #expect(project.count(host) == 1) }
  }

  // MARK: Configurations

  private func configuration(_ lines: [String], in scratch: Scratch, name: String) throws -> String {
    try scratch.write("\(name).config", (lines + ["Include \"\(fleet.configuration)\""]).joined(separator: "\n") + "\n")
  }

  /// The configuration with all it includes, but for the key of the tests.
  private func withoutKey(_ path: String, in scratch: Scratch) -> String {
    let own = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let included = (try? String(contentsOfFile: fleet.configuration, encoding: .utf8)) ?? ""
    let lines = (own + included).split(separator: "\n").filter { !$0.hasPrefix("Include") && !$0.contains("\(fleet.key)") }
    return (try? scratch.write("stranger-alone.config", lines.joined(separator: "\n") + "\n")) ?? path
  }

  private func makeKey(_ path: String) throws {
    let ended = try Started(["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path]).end()
    #expect(ended.status == 0)
  }
}
