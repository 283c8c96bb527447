import Foundation
import TestSupport
import Testing

/// Keys of hosts that nobody has seen before, with the real ssh.
@Suite(.needsFleet, .ownThreads) struct HostKeyTests {
  private let fleet: Fleet
  private let scratch = Scratch()

  init() throws { fleet = try #require(Fleet.current) }

  private var name: String { "[\(fleet.address(0))]:\(fleet.port)" }

  private func host(_ configuration: [String]) throws -> RemoteHost {
    var host = fleet.host("new")
    host.configuration = try fleet.configuration(configuration, in: scratch, name: "new")
    return host
  }

  private func notices(_ report: Report) -> [String] { report.events.filter { $0.event == "notice" }.compactMap(\.text) }

  @Test func aNewKeyIsTakenDownOnceAndTold() throws {
    let file = try scratch.write("known", "")
    let project = try SSHProject(hosts: [try host(["UserKnownHostsFile \"\(file)\""])])
    let key = "ED25519 \(try Fleet.fingerprint(try scratch.write("server.pub", try fleet.hostKey() + "\n")))"
    let header = "keys of hosts that ssh does not know are accepted, and written down (--accept-new-host-keys)"

    let first = try project.report("--accept-new-host-keys", "touches")
    #expect(first.status == 0, "\(first.testDescription)")
    #expect(notices(first) == [header, "new: its key was not known, and is now: \(key)"])
    #expect(scratch.read("known") == "\(name) \(try fleet.hostKey())\n")

    // Now it is known: to this run, and to those that accept none.
    #expect(notices(try project.report("--accept-new-host-keys", "touches")) == [header])
    let strict = try project.report("touches")
    #expect(strict.status == 0)
    #expect(notices(strict) == [])
    #expect(project.count(project.hosts[0]) == 3)
  }

  @Test func aChangedKeyIsRefusedAllTheSame() throws {
    try Fleet.makeKey("\(scratch.path)/other")
    let text = "\(name) \(scratch.read("other.pub").split(separator: " ").prefix(2).joined(separator: " "))\n"
    let file = try scratch.write("known", text)
    let project = try SSHProject(hosts: [try host(["UserKnownHostsFile \"\(file)\"", "StrictHostKeyChecking no"])])
    let report = try project.report("--accept-new-host-keys", "touches")
    #expect(report.status == 4)
    #expect(report.events.last { $0.event == "host.finished" }?.text?.hasPrefix("THE HOST KEY OF \(name) HAS CHANGED") == true)
    #expect(scratch.read("known") == text)
    #expect(project.count(project.hosts[0]) == 0)
  }

  @Test func aKeyThatCannotBeWrittenDownIsToldEveryTime() throws {
    let project = try SSHProject(hosts: [try host(["UserKnownHostsFile /proc/nowhere/known"])])
    for number in 1...2 {
      let report = try project.report("--accept-new-host-keys", "touches")
      #expect(report.status == 0)
      #expect(
        notices(report).last?.hasPrefix(
          "new: its key was not known, and cannot be written down in /proc/nowhere/known, so that any other is accepted the next time: SHA256:"
        ) == true, "\(report.testDescription)")
      #expect(project.count(project.hosts[0]) == number)
    }
    #expect(try project.report("touches").status == 4)
    #expect(project.count(project.hosts[0]) == 2)
  }
}
