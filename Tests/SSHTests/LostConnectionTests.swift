import Foundation
import TestSupport
import Testing

/// Connections that do not come about, or go, on a network that misbehaves: with the real ssh, and told for what they are.
@Suite(.needsFleet, .ownThreads) struct LostConnectionTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  /// A host's keys of patience are the inventory's; one second is the least.
  private static let impatient = "-o ConnectTimeout=1 -o ServerAliveInterval=1 -o ServerAliveCountMax=2"

  private func project(_ hosts: [RemoteHost]) throws -> SSHProject { try SSHProject(hosts: hosts, extra: Self.impatient) }

  private func host(_ name: String, _ address: String, _ port: String) -> RemoteHost {
    RemoteHost(name: name, address: address, user: nil, port: port, configuration: fleet.configuration)
  }

  private func reasons(_ report: Report) -> [String: String] {
    report.events.reduce(into: [:]) { all, event in if event.event == "host.finished", let host = event.host { all[host] = event.text } }
  }

  @Test(.enabled(if: Page.isAvailable, "python3 is missing")) func aServerThatSaysNothingAndOneThatDoesNotAnswer() throws {
    let silent = try Listener(backlog: 5), full = try Listener(backlog: 0, clients: 3)
    defer {
      silent.stop()
      full.stop()
    }
    let report = try project([host("silent", "127.0.0.1", silent.port), host("full", "127.0.0.1", full.port)]).report("touches")
    #expect(report.status == 4)
    #expect(
      reasons(report) == [
        "silent": "no SSH banner within 1 s (127.0.0.1:\(silent.port))", "full": "no connection within 1 s (127.0.0.1:\(full.port))",
      ])
  }

  /// In a network of its own, in which some ways are closed.
  @Test(.enabled(if: Network.isAvailable, "network namespaces need root and ip")) func noWayThere() throws {
    let names = ["unreachable": "10.1.1.1", "prohibit": "10.1.1.2", "throw": "10.1.1.3"]
    let project = try project(names.keys.sorted().map { host($0, names[$0] ?? "", "22") })
    let routes = names.map { "ip route add \($0) \($1)" }.joined(separator: " && ")
    let started = try Started(
      [
        "/usr/bin/env", "unshare", "--net", "sh", "-c", "ip link set lo up && ip addr add 10.9.9.1/24 dev lo && \(routes) && exec \"$@\"",
        "x",
      ]
        + [BuiltRun.path ?? "run", "--format", "json", "touches"], folder: project.project.folder.path,
      environment: ["PUSHBUTTON_CACHE_DIR": BuiltRun.cache])
    #expect(
      reasons(Report(started.end())) == [
        "unreachable": "no route to the host (10.1.1.1:22)",
        "prohibit": "this machine's network settings prohibit the connection (10.1.1.2:22)",
        "throw": "the network is unreachable (10.1.1.3:22)",
      ])
  }

  @Test func aHostThatFallsSilentInTheMiddle() throws {
    let host = fleet.host("frozen", at: 5)
    let project = try project([host])
    let run = try project.start("--format", "json", "hangs")
    let process = try #require(project.process(host))
    let session = try #require(Processes.session(of: process))
    kill(session, SIGSTOP)
    let report = Report(run.end())
    kill(session, SIGCONT)
    #expect(report.status == 1)
    #expect(report.finished(host)?.outcome == "unknown")
    #expect(report.finished(host)?.text == "the connection was lost: no answer for 2 s")
    #expect(project.count(host) == 1)
    #expect(Processes.isGone(process))
  }

  @Test func aSessionThatIsEndedByTheHost() throws {
    let host = fleet.host("ended", at: 5)
    let project = try project([host])
    let run = try project.start("--format", "json", "hangs")
    let process = try #require(project.process(host))
    kill(try #require(Processes.session(of: process)), SIGKILL)
    let report = Report(run.end())
    let words = ["the connection was lost: the host closed the connection", "the connection was lost: the connection was reset"]
    #expect(words.contains(report.finished(host)?.text ?? ""), "\(report.testDescription)")
    #expect(Processes.isGone(process))
  }
}

/// A port that nobody serves: connections are made by the kernel, as long as it has places, and nothing more comes of them.
private struct Listener {
  private let server: Started
  let port: String

  init(backlog: Int, clients: Int = 0) throws {
    let program = """
      import socket, sys, time
      server = socket.socket()
      server.bind(("127.0.0.1", 0))
      server.listen(int(sys.argv[1]))
      clients = [socket.socket() for _ in range(int(sys.argv[2]))]
      for client in clients:
        client.setblocking(False)
        client.connect_ex(server.getsockname())
      print(server.getsockname()[1], flush=True)
      time.sleep(600)
      """
    server = try Started(["/usr/bin/env", "python3", "-c", program, "\(backlog)", "\(clients)"])
    try #require(server.wait { $0.soFar.hasSuffix("\n") })
    port = String(server.soFar.dropLast())
  }

  func stop() {
    server.signal(SIGKILL)
    _ = server.end()
  }
}

/// Whether a test may have a network of its own.
enum Network {
  static let isAvailable: Bool = {
    guard geteuid() == 0 else { return false }
    return (try? Started(["/usr/bin/env", "unshare", "--net", "sh", "-c", "ip link set lo up"]).end().status) == 0
  }()
}
