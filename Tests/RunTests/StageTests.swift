import TestSupport
import Testing

/// Cleaning up, asking, invoking, conditions, and steps that are done once.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct StageTests {
  static let deployfile = #"""
    let attempted = task("attempted", "Cleans up after a failure") {
      attempt {
        hosts("web") { parallel { run("echo \(host: .name) >>$D/tried; case \" $FAILS \" in *\" \(raw: "$H") \"*) exit 3 ;; esac").named("try") } }
        hosts("web") { run("echo \(host: .name) >>$D/more") }
      } onFailure: {
        hosts("web") { run("echo \(host: .name) >>$D/cleaned") }
        local("echo x >>$D/told")
      }
      hosts("web") { run("echo \(host: .name) >>$D/after") } }
    let brokenCleanup = task("brokenCleanup", "Fails while cleaning up") {
      attempt { hosts("web") { run("exit 3").named("first trouble") } } onFailure: { hosts("web") { run("exit 4").named("second trouble") } } }
    let finished = task("finished", "Always finishes") {
      always { hosts("web") { run("echo x >>$D/tried; test -z \"$FAILS\"").named("try") } } finally: { hosts("web") { run("echo x >>$D/last") } }
      hosts("web") { run("echo x >>$D/after") } }
    let finallyFails = task("finallyFails", "Fails at last") {
      always { hosts("web") { run("echo x >>$D/tried") } } finally: { hosts("web") { run("exit 5").named("last") } }
      hosts("web") { run("echo x >>$D/after") } }
    let untouched = task("untouched", "Fails before its second hosts") {
      always { hosts("web[0]") { run("exit 3").named("try") } 
        hosts("web[1]") { run("echo x >>$D/second") } } finally: { hosts("web") { run("echo x >>$D/last") } } }
    let asking = task("asking", "Asks first") {
      attempt { confirm("Drop the old tables?")
        hosts("web") { run("echo x >>$D/dropped") }
      } onFailure: { hosts("web") { run("echo x >>$D/cleaned") } } }
    let outer = task("outer", "Invokes another") {
      hosts("web") { run("echo before >>$D/order") }
      invoke("inner", ["word": "given"])
      local("echo after >>$D/order") }
    let word = Parameter<String>("word", "a word")
    let inner = task("inner", "Is invoked", word) { word in hosts("web") { run("echo \(word) >>$D/order") } }
    let onlyOnce = task("onlyOnce", "A step for one host") { hosts("web") {
      run("echo \(host: .name) >>$D/once").once()
      run("echo \(host: .name) >>$D/each") } }
    let local1 = task("local1", "On this machine") { local("echo x >>$D/local; pwd >$D/pwd; test -z \"$FAILS\"", named: "here")
      local("echo x >>$D/after") }
    let either = task("either", "A condition") { hosts("web") {
      when("test -e $D/flag") { run("echo x >>$D/yes"); run("exit 0") } else: { run("echo x >>$D/no") }
      when("exit 1") { run("echo x >>$D/never") }
      run("echo x >>$D/after") } }
    let nested = task("nested", "Conditions in conditions") { hosts("web") {
      when("true") { when("false") { run("echo x >>$D/never") } else: { run("echo x >>$D/inner"); run("exit 6").named("inner trouble") } }
      run("echo x >>$D/after") } }
    let unanswered = task("unanswered", "A test that is no test") { hosts("web") {
      when("no-such-program-anywhere") { run("echo x >>$D/yes") } else: { run("echo x >>$D/no") }
      run("echo x >>$D/after") } }
    let mixed = task("mixed", "A condition around more than shell text") { hosts("web") {
      when("test -e $D/flag") { upload("inventory.ini", to: "\(host: .variable("copy"))") } else: { perform("say no") { try await $0.run("echo x >>$D/no") } }
      run("echo x >>$D/after") } }
    """#

  private func bench(_ hosts: [String] = ["a"]) throws -> Bench {
    let bench = try Bench(Self.deployfile, hosts: hosts, ssh: #"H=$host exec /bin/sh -c "$command""#)
    try bench.project.folder.write("inventory.ini", "[web]\n" + hosts.map { "\($0) copy=\(bench.marks.path)/\($0).copy\n" }.joined())
    return bench
  }

  @Test func onFailureCleansUpOnEveryHostAndStillFails() throws {
    let bench = try bench(["a", "b"])
    let ended = try bench.run("attempted", environment: ["FAILS": "b"])
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.count("tried") == 2)
    #expect(bench.count("more") == 0)
    #expect(Set(bench.marks.read("cleaned").split(separator: "\n")) == ["a", "b"])
    #expect(bench.count("told") == 1)
    #expect(bench.count("after") == 0)
    #expect(ended.rows == ["attempted: failed in _", "  a  cancelled  _  1 of 3 phases done", "  b  failed     _  [1] try: status 3"])
  }

  @Test func onFailureIsNotForSuccess() throws {
    let bench = try bench()
    let ended = try bench.run("attempted")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.counts("tried", "more", "cleaned", "after") == [1, 1, 0, 1])
  }

  @Test func theFirstTroubleIsTheOneThatIsTold() throws {
    let ended = try bench().run("brokenCleanup")
    #expect(ended.status == 1)
    #expect(ended.rows == ["brokenCleanup: failed in _", "  a  failed  _  [1] first trouble: status 3"])
    #expect(ended.output.contains("a x failed: status 4 (second trouble)\n"))
  }

  @Test(arguments: [("", 0, 1), ("a", 1, 0)]) func finallyRunsEitherWay(fails: String, status: Int32, after: Int) throws {
    let bench = try bench()
    let ended = try bench.run("finished", environment: ["FAILS": fails])
    #expect(ended.status == status, "\(ended)")
    #expect(bench.counts("tried", "last", "after") == [1, 1, after])
  }

  @Test func aFailingFinallyFailsTheRun() throws {
    let bench = try bench()
    let ended = try bench.run("finallyFails")
    #expect(ended.status == 1, "\(ended)")
    #expect(ended.rows.last == "  a  failed  _  [2] last: status 5")
    #expect(bench.count("after") == 0)
  }

  /// Cleaning up on a host does not make a success of work that was never begun there.
  @Test func aHostThatWasOnlyCleanedUpIsNotStarted() throws {
    let bench = try bench(["a", "b"])
    let ended = try bench.run("untouched")
    #expect(ended.status == 1)
    #expect(bench.count("second") == 0)
    #expect(bench.count("last") == 2)
    #expect(ended.rows == ["untouched: failed in _", "  a  failed       _  [1] try: status 3", "  b  not started"])
  }

  @Test func aNoIsNoFailureToCleanUp() throws {
    let bench = try bench()
    let ended = try bench.run("asking")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("dropped", "cleaned") == [0, 0])
    #expect(try bench.run("asking", "--yes").status == 0)
    #expect(bench.counts("dropped", "cleaned") == [1, 0])
  }

  @Test(arguments: [("y", 0, 1), ("yes", 0, 1), ("n", 1, 0), ("", 1, 0), ("yep", 1, 0)])
  func aPersonAnswers(answer: String, status: Int32, dropped: Int) throws {
    let bench = try bench()
    let ended = try bench.terminal(["asking"], answers: [("Drop the old tables? [y/N] ", "\(answer)\n")]).end()
    #expect(ended.status == status, "\(ended)")
    #expect(bench.counts("dropped", "cleaned") == [dropped, 0])
  }

  @Test func invokeRunsAnotherTaskInPlace() throws {
    let bench = try bench()
    #expect(try bench.run("outer").status == 0)
    #expect(bench.marks.read("order") == "before\ngiven\nafter\n")
  }

  @Test func onceIsForTheFirstSelectedHost() throws {
    let bench = try bench(["a", "b", "c"])
    #expect(try bench.run("onlyOnce").status == 0)
    #expect(bench.marks.read("once") == "a\n")
    #expect(bench.count("each") == 3)
    #expect(try bench.run("onlyOnce", "--limit", "c").status == 0)
    #expect(bench.marks.read("once") == "a\nc\n")
  }

  @Test func localRunsInTheFolderOfTheDeployfile() throws {
    let bench = try bench()
    #expect(try bench.run("local1").status == 0)
    #expect(bench.marks.read("pwd").hasSuffix("/\(bench.project.folder.path.split(separator: "/").last ?? "")\n"))
    let ended = try bench.run("local1", environment: ["FAILS": "a"])
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("local", "after") == [2, 1])
    #expect(ended.output.contains("x failed: status 1 (here)\n"))
    #expect(bench.ssh?.calls == [])
  }

  @Test func bothBranchesOfACondition() throws {
    let bench = try bench()
    #expect(try bench.run("either").status == 0)
    #expect(bench.counts("yes", "no", "never", "after") == [0, 1, 0, 1])
    try bench.marks.write("flag", "")
    #expect(try bench.run("either").status == 0)
    #expect(bench.counts("yes", "no", "never", "after") == [1, 1, 0, 2])
    #expect(bench.ssh?.calls.count == 2)
  }

  @Test func aFailureInABranchIsAFailure() throws {
    let bench = try bench()
    let ended = try bench.run("nested")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("inner", "never", "after") == [1, 0, 0])
    #expect(ended.rows.last?.hasSuffix("inner trouble: status 6") == true)
  }

  @Test func aTestThatCannotBeRunIsNoAnswer() throws {
    let bench = try bench()
    let ended = try bench.run("unanswered")
    #expect(ended.status == 1, "\(ended)")
    #expect(bench.counts("yes", "no", "after") == [0, 0, 0])
    #expect(ended.output.contains("a x failed: status 127: the command was not found (when no-such-program-anywhere)\n"))
  }

  @Test func branchesMayHoldMoreThanShellText() throws {
    let bench = try bench()
    #expect(try bench.run("mixed").status == 0)
    #expect(bench.counts("no", "after") == [1, 1])
    try bench.marks.write("flag", "")
    #expect(try bench.run("mixed").status == 0)
    #expect(bench.marks.read("a.copy") == bench.project.folder.read("inventory.ini"))
    #expect(bench.counts("no", "after") == [1, 2])
  }
}
