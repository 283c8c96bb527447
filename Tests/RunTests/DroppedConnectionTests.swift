import TestSupport
import Testing

@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct DroppedConnectionTests {
  private let project: Project

  init() throws {
    project = try Project(
      """
      let t = task("t", "One step") { hosts("web") { run("echo done") } }
      let deployfile = Deployfile {
        environment("test", inventory: .hosts { host("web1", roles: ["web"]) })
        t
      }
      """)
  }

  /// A host that refuses its first connection with this message.
  private func ssh(refusing message: String) throws -> FakeSSH {
    try FakeSSH(
      """
      if [ ! -e \(project.folder.path)/refused ]; then
        : >\(project.folder.path)/refused
        printf '\(message)\\r\\n' >>"$log"
        exit 255
      fi
      exec /bin/sh -c "$command"
      """)
  }

  @Test(arguments: [
    "kex_exchange_identification: read: Connection reset by peer", "kex_exchange_identification: Connection closed by remote host",
  ])
  func isTriedAgainAndSaysSo(_ message: String) throws {
    let ssh = try ssh(refusing: message)
    let ended = try project.run("t", environment: ssh.environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(ssh.calls.count == 2)
    #expect(ended.output.contains("web1: the server dropped the connection before it said who it is; connecting again in about 1 s"))
  }

  @Test(arguments: ["root@web1: Permission denied (publickey).", "Host key verification failed.", "Connection closed by 192.0.2.1 port 22"])
  func nothingElseIsTriedAgain(_ message: String) throws {
    let ssh = try ssh(refusing: message)
    let ended = try project.run("t", environment: ssh.environment)
    #expect(ended.status == 4, "\(ended)")
    #expect(ssh.calls.count == 1)
  }

  @Test func thePlanSaysSo() throws {
    let ended = try project.run("--plan", "t")
    #expect(ended.output.contains("one attempt; up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection"))
  }
}
