import TestSupport
import Testing

/// A protected environment runs only after somebody said yes.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ConfirmationTests {
  static let deployfile = #"""
    let deploy = task("deploy", "Leaves a mark") { hosts("web") { run("echo x >>$D/mark") } }
    let deployfile = Deployfile {
      environment("staging", inventory: "inventory.ini")
      environment("production", inventory: "inventory.ini", protected: true)
      deploy
      task("migrate", "Cannot be undone") { hosts("web") { run("echo x >>$D/mark").named("migrate the database").irreversible() } }
    }
    """#

  private func bench() throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2"], ssh: #"exec /bin/sh -c "$command""#)
    try bench.project.folder.write("inventory.ini", "[web]\nweb1\nweb2\n")
    return bench
  }

  @Test func withoutATerminalItIsRefused() throws {
    let bench = try bench()
    let ended = try bench.run("deploy:production")
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(
      ended.errors == """
        error: the environment "production" is protected, and there is no terminal to ask on
          Add --yes to run it all the same; nothing was touched.

        """)
    #expect(bench.ssh?.calls == [])
  }

  @Test(arguments: ["-y", "--yes"]) func yesAnswersBeforehand(option: String) throws {
    let bench = try bench()
    #expect(try bench.run("deploy:production", option).status == 0)
    #expect(bench.count("mark") == 2)
  }

  @Test func othersAreNotAskedFor() throws {
    let bench = try bench()
    #expect(try bench.run("deploy:staging").status == 0)
    #expect(bench.count("mark") == 2)
  }

  @Test(arguments: [("y", 0, 2), ("yes", 0, 2), ("YES", 0, 2), ("n", 2, 0), ("", 2, 0), ("maybe", 2, 0)])
  func aPersonAnswers(answer: String, status: Int32, marks: Int) throws {
    let bench = try bench()
    let question = "run deploy in production, on 2 hosts (web[1-2])? [y/N] "
    let ended = try bench.terminal(["deploy:production"], answers: [(question, "\(answer)\n")]).end()
    #expect(ended.status == status, "\(ended)")
    #expect(bench.count("mark") == marks)
    if marks == 0 { #expect(ended.output.contains("error: not confirmed")) }
  }

  /// What going back will not undo is read before the question.
  @Test func aPersonSeesWhatCannotBeUndone() throws {
    let bench = try bench()
    let ended = try bench.terminal(["migrate:production"], answers: [("[y/N] ", "n\n")]).end()
    #expect(ended.status == 2)
    #expect(
      ended.output.replacing("\r\n", with: "\n").contains(
        "cannot be undone: [1] migrate the database\nrun migrate in production, on 2 hosts (web[1-2])? [y/N] "), "\(ended)")
    #expect(bench.count("mark") == 0)
  }

  /// What is not as it was the last time is shown before the question, and nothing where there was no last time.
  @Test func aPersonSeesWhatHasChanged() throws {
    let bench = try bench()
    let question = "run deploy in production, on 2 hosts (web[1-2])? [y/N] "
    let first = try bench.terminal(["deploy:production"], answers: [(question, "n\n")]).end()
    #expect(!first.output.contains("compared with"))
    #expect(try bench.run("deploy:production", "-y").status == 0)
    try bench.project.folder.write("inventory.ini", "[web]\nweb1\n")
    let ended = try bench.terminal(["deploy:production"], answers: [("on 1 host (web1)? [y/N] ", "n\n")]).end()
    #expect(ended.status == 2)
    #expect(ended.output.contains(#/compared with run \S+, \S+ \S+ UTC, done:/#), "\(ended)")
    #expect(ended.output.contains("-   hosts web: web[1-2]\r\n"), "\(ended)")
    #expect(ended.output.contains("+   hosts web: web1\r\n"), "\(ended)")
  }

  @Test func controlCAtTheQuestionTouchesNothing() throws {
    let bench = try bench()
    let ended = try bench.terminal(["deploy:production"], answers: [("[y/N] ", controlC)]).end()
    #expect(ended.status == 130, "\(ended)")
    #expect(bench.ssh?.calls == [])
  }

  @Test func adHocCommandsAskToo() throws {
    let bench = try bench()
    #expect(try bench.run("--on", "web", "-e", "production", "--", "echo x >>$D/mark").status == 2)
    #expect(bench.ssh?.calls == [])
    #expect(try bench.run("--on", "web", "-e", "production", "-y", "--", "echo x >>$D/mark").status == 0)
    #expect(bench.count("mark") == 2)
  }

  @Test func severalEnvironmentsMustBeNamed() throws {
    let bench = try bench()
    let ended = try bench.run("deploy")
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("error: several environments are declared, and none is named\n"))
    #expect(bench.ssh?.calls == [])
  }
}
