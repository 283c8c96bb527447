import TestSupport
import Testing

@Suite(.enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct OutcomeTests {
  @Test func twentyStepsAreOneConnection() throws {
    let ssh = try FakeSSH()
    let project = try Project(
      """
      let t = task("t", "Twenty steps") {
        hosts("web") { for number in 1...20 { run("echo step \\(number)") } }
      }
      let deployfile = Deployfile {
        environment("test", inventory: .hosts { host("web1", roles: ["web"]) })
        t
      }
      """)
    let ended = try project.run("t", environment: ssh.environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(ssh.calls.count == 1)
    for number in 1...20 { #expect(ended.output.contains("web1 | step \(number)\n")) }
  }
}
