import Foundation
import TestSupport
import Testing

/// `run --doctor` on hosts with an sshd, with users whom sudo treats in every way.
@Suite(.needsFleet, .ownThreads) struct DoctorTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  private static let deployfile = """
    let deployfile = Deployfile {
      environment("test", inventory: "inventory.ini")
      task("become", "Becomes root") { hosts("all") { sudo { run("true") } } }
    }
    """

  private struct Answer: Decodable {
    struct Finding: Decodable {
      var name: String
      var state: String
      var found: String
      var remedy: String?
    }

    struct Space: Decodable {
      var freeBytes: Int
      var freeInodes: Int?
    }

    struct Host: Decodable {
      var name: String
      var reached: Bool
      var user: String?
      var sudo: String?
      var home: Space?
      var tmp: Space?
      var clock: Int?
      var tools: [String]
      var findings: [Finding]
    }

    var status: Int
    var hosts: [Host]
  }

  private func answer(_ project: SSHProject, _ words: String...) throws -> Answer {
    let ended = try project.project.start(["--doctor", "--json"] + words, environment: project.environment).end()
    let answer = try JSONDecoder().decode(Answer.self, from: Data(ended.output.utf8))
    #expect(answer.status == Int(ended.status))
    #expect(project.left() == [])
    return answer
  }

  @Test func everyShellTellsTheSame() throws {
    let hosts = fleet.shells
    let answer = try answer(try SSHProject(Self.deployfile.replacing("sudo { run(\"true\") }", with: "run(\"true\")"), hosts: hosts))
    #expect(answer.hosts.map(\.name) == hosts.map(\.name))
    for (host, report) in zip(hosts, answer.hosts) {
      #expect(report.user == host.user ?? "root", "\(report)")
      #expect(report.clock == 0)
      #expect((report.home?.freeBytes ?? 0) > 0 && (report.tmp?.freeBytes ?? 0) > 0, "\(report)")
      #expect(report.findings.allSatisfy { $0.name == "disk" || $0.state == "note" }, "\(report)")
    }
    #expect([0, 1].contains(answer.status))
  }

  @Test(.needsUser("pbsudo")) func whatSudoDoes() throws {
    let hosts = ["pbsudo", "pbpass", "pbnosudo", "pbtty"].map { fleet.host($0, at: 6, user: $0) }
    let project = try SSHProject(Self.deployfile, hosts: hosts)
    let answer = try answer(project)
    #expect(answer.hosts.map(\.sudo) == ["free", "asks", "asks", "refuses"], "\(answer)")
    let findings = answer.hosts.map { host in host.findings.filter { $0.name == "sudo" }.map(\.state) }
    #expect(findings == [[], ["warning"], ["warning"], ["problem"]], "\(answer)")
    #expect(answer.status == 1)
    #expect(try self.answer(project, "-l", "pbsudo").hosts.count == 1)
  }

  @Test func hostsThatCannotBeReached() throws {
    var closed = fleet.host("closed")
    closed.port = "1"
    let stranger = fleet.host("stranger", at: 1, user: "nobody-at-all")
    let open = fleet.host("open", at: 2)
    let project = try SSHProject(
      Self.deployfile.replacing("sudo { run(\"true\") }", with: "run(\"true\")"), hosts: [closed, stranger, open])
    let answer = try answer(project)
    #expect(answer.hosts.map(\.reached) == [false, false, true])
    #expect(answer.hosts[0].findings.first?.found == "connection refused (\(closed.address):1)")
    #expect(answer.hosts[1].findings.first?.found.hasPrefix("permission denied ") == true, "\(answer)")
    #expect(answer.hosts[1].findings.first?.remedy?.hasPrefix("Put your public key into ") == true)
    let text = try project.start("--doctor").end()
    #expect(text.output.contains("  fail  closed    no\n  fail  stranger  no\n"), "\(text)")
  }
}
