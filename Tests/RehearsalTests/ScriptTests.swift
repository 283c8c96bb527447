import Rehearsal
import Testing

/// Cues that mean nothing are errors, with their place in the test.
@Suite struct ScriptTests {
  private let rehearsal = Rehearsal(Shop.deployfile)

  private func problem(@Script of script: @Sendable () -> [Cue]) async -> String? {
    do throws(RehearsalError) { _ = try await rehearsal.rehearse("deploy:test", script: script) } catch { return error.description }
    return nil
  }

  @Test func steps() async {
    #expect(
      await problem { step("instal1", fileID: "A/B.swift", line: 7).fails() }
        == "error: B.swift:7: no step of the plan has \"instal1\" in its name or command\n  Did you mean \"install\"?\n")
  }

  @Test func hosts() async {
    #expect(
      await problem { step("install", on: "wbe1").fails() }
        == "error: \"wbe1\" matches no role and no host of the inventory\n  Did you mean \"web1\"?\n")
    #expect(
      await problem { host("db1").isUnreachable() }
        == "error: \"db1\" matches no role and no host of the inventory\n  Roles and hosts: run --hosts\n")
  }

  @Test func others() async {
    #expect(
      await problem { lock("l", fileID: "A/B.swift", line: 7).isHeld(by: "anna") } == "error: B.swift:7: the plan holds no lock \"l\"\n")
    #expect(
      await problem { question("really", fileID: "A/B.swift", line: 7).isDeclined() }
        == "error: B.swift:7: the plan asks nothing with \"really\" in it\n  Questions are those of confirm(...).\n")
    #expect(
      await problem { step("install", fileID: "A/B.swift", line: 7).isFalse() }
        == "error: B.swift:7: \"install\" is no condition, which alone can be false\n  Steps fail: step(\"install\").fails()\n")
    #expect(
      await problem { step("install", fileID: "A/B.swift", line: 7).fails(status: 0) }
        == "error: B.swift:7: a command cannot fail with status 0\n  It must be 1 to 255.\n")
  }

  @Test func loopsAndConditionsAreScripts() async throws {
    let isBad = true
    let run = try await rehearsal.rehearse("deploy:test") {
      for number in 1...2 { step("install", on: "web\(number)").prints("\(number)") }
      if isBad { step("install", on: "web3").fails() } else { host("web3").isUnreachable() }
    }
    #expect(run.outcomes["web3"] == .failed)
    #expect(try run.output(of: "install").sorted() == ["1", "2"])
  }

  @Test func questionsAboutWhatIsNotThere() async throws {
    let run = try await rehearsal.rehearse("deploy:test")
    #expect(throws: RehearsalError("error: the host \"web9\" takes no part\n  Did you mean \"web1\", \"web2\" or \"web3\"?\n")) {
      try run.host("web9")
    }
    #expect(throws: RehearsalError("error: no step of the plan has \"healthi\" in its name or command\n  Did you mean \"healthy\"?\n")) {
      try run.began("healthi")
    }
  }
}
