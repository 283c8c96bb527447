import Foundation
import TestSupport
import Testing

/// Reaching hosts: one connection where one is enough, and a clear reason where there is none.
@Suite(.needsFleet, .ownThreads) struct ConnectionTests {
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
      host.configuration = try fleet.configuration(hostile[name] ?? [], in: scratch, name: name)
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
}
