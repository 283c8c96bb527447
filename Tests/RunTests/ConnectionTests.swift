import TestSupport
import Testing

/// What a connection that fails means: never started, unknown, or finished.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ConnectionTests {
  static let deployfile = #"""
    let one = task("one", "One step") { hosts("web") { run("echo x >>$D/mark").named("mark") } }
    let slow = task("slow", "A step whose connection is lost") { hosts("web") {
      run("echo x >>$D/mark; echo begun; sleep 5").named("slow").retry(3, every: .zero)
      run("echo x >>$D/after") } }
    let ignored = task("ignored", "Ignores failures") { hosts("web") {
      run("echo x >>$D/mark; echo begun; sleep 5").named("slow").ignoringFailure()
      run("echo x >>$D/after") } }
    let phases = task("phases", "Two phases") { hosts("web") {
      parallel { run("echo x >>$D/first") }
      parallel { run("echo x >>$D/second") } } }
    """#

  private func bench(_ behaviour: String) throws -> Bench { try Bench(Self.deployfile, ssh: behaviour) }

  @Test(arguments: [
    ("exit 0", "the login shell ended before the first command (status 0)"),
    ("exit 1", "the login shell ended before the first command (status 1)"),
    ("exit 255", "ssh ended without a message (status 255)"),
    ("kill -9 $$", "ssh was ended by signal 9"),
    ("echo Not available.; exit 1", "the login shell ended before the first command (status 1): Not available."),
    ("echo 'ssh: connect to host a port 22: Connection refused' >\"$log\"; exit 255", "connection refused (a:22)"),
    (
      "printf 'Warning: Permanently added a\\r\\na: Permission denied (publickey).\\r\\n' >\"$log\"; exit 255",
      "permission denied (publickey)"
    ),
  ])
  func neverStarted(behaviour: String, reason: String) throws {
    let bench = try bench(behaviour)
    let ended = try bench.run("one")
    #expect(ended.status == 4, "\(ended)")
    #expect(ended.rows == ["one: failed, a host could not be reached, in _", "  a  unreachable  _  \(reason)"])
    #expect(bench.count("mark") == 0)
    #expect(bench.ssh?.calls.count == 1)
    #expect(bench.leftFolders == [])
  }

  @Test func noiseBeforeTheCommandIsNoOutput() throws {
    let bench = try bench(#"echo Welcome; echo 'Last login: yesterday' >&2; exec /bin/sh -c "echo from .bashrc; $command""#)
    let ended = try bench.run("one")
    #expect(ended.status == 0, "\(ended)")
    #expect(!ended.output.contains("Welcome"))
    #expect(!ended.output.contains("bashrc"))
    #expect(!ended.output.contains("yesterday"))
    #expect(bench.count("mark") == 1)
  }

  /// `z` is the last mark of a script: what came before it is known.
  private static func cutting(after pattern: String) -> String {
    #"""
    setsid -w /bin/sh -c "$command" | while IFS= read -r line; do
      printf '%s\n' "$line"
      case $line in *\#(pattern)*) kill -9 $$ ;; esac
    done
    """#
  }

  @Test(arguments: ["slow", "ignored"]) func lostAfterItBeganIsUnknownAndNeverRepeated(task: String) throws {
    let bench = try bench(Self.cutting(after: "begun"))
    let ended = try bench.run(task)
    #expect(ended.status == 1, "\(ended)")
    #expect(
      ended.rows.prefix(3) == [
        "\(task): failed in _",
        "  a  outcome unknown  _  [1] slow: the connection was lost: ssh was ended by signal 9",
        "      begun",
      ])
    #expect(bench.settles())
    #expect(bench.count("mark") == 1)
    #expect(bench.count("after") == 0)
    #expect(bench.ssh?.calls.count == 1)
  }

  /// Every step has said how it ended; that the connection goes now is no failure.
  @Test func lostAfterTheLastStepIsFinished() throws {
    let bench = try bench(
      #"""
      /bin/sh -c "$command" 2>/dev/null | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in *' e 1 0') printf '%s\n' "$line" >&2; kill -9 $$ ;; esac
      done
      """#)
    let ended = try bench.run("one")
    #expect(bench.count("mark") == 1)
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.rows == ["one: done in _", "  a  succeeded  _"])
  }

  @Test func aConnectionLostBetweenPhasesIsMadeAgain() throws {
    let bench = try bench(
      #"""
      /bin/sh -c "$command" | while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in *' z') kill -9 $$ ;; esac
      done
      """#)
    let ended = try bench.run("phases")
    // The second phase finds the connection gone, or loses it; it never runs twice.
    #expect(bench.count("first") == 1)
    #expect(bench.count("second") <= 1)
    #expect(ended.status == 0 ? bench.count("second") == 1 : ended.rows.contains { $0.contains("outcome unknown") }, "\(ended)")
  }

  @Test func sshIsToldInSoManyWords() throws {
    let bench = try bench(#"exec /bin/sh -c "$command""#)
    #expect(try bench.run("one").status == 0)
    let call = try #require(bench.ssh?.calls.first)
    #expect(call.hasPrefix("CALL [-T] [-o] [BatchMode=yes] "))
    #expect(call.contains(" [--] [a] [exec /bin/sh -c "))
    #expect(call.contains(" [-o] [StrictHostKeyChecking=yes] "))
    // The command for the login shell means the same to bash, fish and tcsh.
    let command = try #require(call.split(separator: " [--] [a] ").last)
    #expect(!command.contains("\\") && !command.contains("!"))
  }
}
