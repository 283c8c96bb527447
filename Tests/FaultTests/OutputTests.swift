import Foundation
import TestSupport
import Testing

/// Rows 44, 79 and 80: what hosts print, and hosts that are not what they should be.
@Suite(.needsFleet, .ownThreads) struct OutputTests {
  private let fleet: Fleet

  init() throws { fleet = try #require(Fleet.current) }

  @Test("row 44: output that terminals and decoders trip over") func row44_display() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("outputs")
    #expect(report.status == 0)
    // Programs get each line as it came, as far as it is text.
    #expect(
      report.lines(host) == [
        "\u{1B}]0;title\u{7}red \u{1B}[31mtext\u{1B}[0m", "10%\r20%\rdone", "nul \u{0} byte \u{FFFD}", "ä split", "last",
      ])
    // A terminal acts on colours and on nothing else, and shows the last state of what is overwritten.
    let shown = try project.terminal([BuiltRun.path ?? "run", "outputs", "--format", "plain"]).output
    for line in ["\\x1b]0;title\\x07red \u{1B}[31mtext", "done", "nul \\x00 byte \u{FFFD}", "ä split", "last"] {
      #expect(shown.contains(line), "\(line.debugDescription) in \(shown.debugDescription)")
    }
    #expect(!shown.contains("\u{1B}]") && !shown.contains("\u{7}") && !shown.contains("20%"))
    // The log has every byte.
    let bytes =
      Data("\u{1B}]0;title\u{7}red \u{1B}[31mtext\u{1B}[0m\n10%\r20%\rdone\nnul \u{0} byte ".utf8) + [0xFF] + Data("\nä split\nlast".utf8)
    #expect(project.logs("web1") == [bytes, bytes])
    project.expectNothingLeft()
  }

  @Test("row 79: a host that imitates our marks and talks to the terminal") func row79_forged() throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let report = try project.report("forged")
    #expect(report.status == 1)
    report.expect(host, "failed", "[1] s: status 4")
    #expect(project.counts() == [1])
    let shown = try project.terminal([BuiltRun.path ?? "run", "forged"]).output
    #expect(!shown.contains("\u{1B}]") && !shown.contains("\u{1E}"), "\(shown.debugDescription)")
  }

  @Test(
    "row 79: a host that never says that it is ready, or never ends",
    arguments: [
      ("exec yes ready", "unreachable", "no answer from the login shell within 30 s"),
      (#"eval "$command"; exec sleep 600"#, "succeeded", nil),
      (#"exec setsid -w sh -c "$command; sleep 600 & exit""#, "succeeded", nil),
    ])
  func row79_talkative(behaviour: String, outcome: String, reason: String?) throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let ssh = try FakeSSH(behaviour)
    let report = try project.report("touches", environment: ssh.environment)
    report.expect(host, outcome, reason)
    #expect(project.counts() == [outcome == "succeeded" ? 1 : 0])
    #expect(ssh.calls.count == 1)
    Processes.end(below: "\(ssh.folder.path)")
  }

  @Test("row 80: an ssh that ends well and has done nothing", arguments: ["exit 0", "cat >/dev/null; exit 0", "echo done; exit 0"])
  func row80_nothing(behaviour: String) throws {
    let host = fleet.host("web1")
    let project = try SSHProject([host])
    let ssh = try FakeSSH(behaviour.replacing("cat >/dev/null", with: "head -c 1 >/dev/null"))
    let report = try project.report("touches", environment: ssh.environment)
    #expect(report.status == 4)
    #expect(report.outcome(host) == "unreachable", "\(report)")
    #expect(project.counts() == [0])
    #expect(ssh.calls.count == 1)
    project.expectNothingLeft()
  }
}
