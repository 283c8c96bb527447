import Rehearsal
import Tasks
import TestSupport
import Testing

/// Plans as values, and errors as `run` prints them.
@Suite struct PlanTests {
  private let rehearsal = Rehearsal(Shop.deployfile)

  @Test func stagesPhasesAndSteps() async throws {
    let plan = try await rehearsal.plan("deploy:test", "--limit", "web1,web2,web3")
    #expect(plan.task == "deploy")
    #expect(plan.environment == "test")
    #expect(plan.hosts == ["web1", "web2", "web3"])
    #expect(plan.stages.map(\.kind) == ["hosts"])
    #expect(plan.stages.map(\.name) == ["web"])
    #expect(plan.phases.map(\.isParallel) == [true, false])
    #expect(plan.phases.map(\.batches) == [[["web1", "web2", "web3"]], [["web1"], ["web2", "web3"]]])
    #expect(plan.phases.map(\.pause) == [.zero, .seconds(600)])
    #expect(plan.phases.map(\.tolerated) == [0, 1])
    #expect(plan.steps.map(\.number) == [1, 2, 3])
    #expect(plan.steps.map(\.kind) == ["run", "restart", "waitFor"])
    #expect(
      plan.steps.map(\.title) == ["install", "systemctl restart -- shop, then active for 3 s without a restart, within 30 s", "healthy"])
    #expect(try plan.step("healthy").command == "wait until 127.0.0.1:8000 accepts connections, within 30 s, asking every 1 s")
    #expect(try plan.batches(of: "systemctl restart") == [["web1"], ["web2", "web3"]])
  }

  @Test func textIsWhatRunPlans() async throws {
    let plan = try await rehearsal.plan("tolerant:test", "--limit", "web1")
    #expect(
      plan.text
        == """
        plan of tolerant:test
          1 host, at most 32 at once; 10 s to connect, one attempt; \
        up to 5 more, after about 1 s, 2 s, 4 s, 8 s, 16 s, if the server drops the connection
          hosts web: web1
            one batch after the other; a failed host stops it
              batch 1: web1
              [1] s: bin/step

        """.replacing("; a failed host stops it", with: "; 1 failed host tolerated, one more stops it"))
    #expect("\(plan)" == plan.text)
  }

  @Test func commandsOfEachHost() async throws {
    let rehearsal = Shop.rehearsal {
      hosts("web") {
        run("bin/register \(host: .name)")
        when("test -e \(host: .name).old") {
          run("rm old").once()
        } else: {
          run("touch new")
        }
      }
    }
    let plan = try await rehearsal.plan("t")
    #expect(try plan.step("register").command == "bin/register <host name>")
    #expect(
      try plan.step("register").commands == ["web1": "bin/register web1", "web2": "bin/register web2", "web3": "bin/register web3"])
    #expect(try plan.step("test -e").then.map(\.once) == ["web1"])
    #expect(try plan.step("test -e").otherwise.map(\.command) == ["touch new"])
    #expect(try plan.steps("web2").map(\.number) == [1, 2])
  }

  @Test func everyKindOfStage() async throws {
    let rehearsal = Shop.rehearsal {
      notify(.command("cat"), "begins", on: .start)
      confirm("really?")
      local("make dist")
      locked("l") { invoke("other") }
      attempt {
        hosts("web") { run("a").atTheEnd() }
      } onFailure: {
        notify(.command("cat"), "failed")
      }
      always {
      } finally: {
        hosts("db") { run("b") }
      }
    }
    let plan = try await rehearsal.plan("t")
    #expect(plan.stages.map(\.kind) == ["notify", "confirm", "local", "locked", "attempt", "always", "atTheEnd"])
    #expect(plan.stages.map(\.name) == ["command: begins", "really?", "make dist", "l", "", "", ""])
    #expect(
      plan.allStages.map(\.kind) == [
        "notify", "confirm", "local", "locked", "invoke", "hosts", "attempt", "hosts", "notify", "always", "hosts", "atTheEnd", "hosts",
      ])
    #expect(plan.stages[3].hosts == ["db1"])
    #expect(plan.steps.map(\.title) == ["make dist", "other", "b", "a"])
  }

  @Test func errorsAreWhatRunPrints() async throws {
    await #expect(throws: RehearsalError("error: there is no task \"deplyo\"\n  Did you mean \"deploy\"?\n")) {
      try await rehearsal.plan("deplyo:test")
    }
    await #expect(
      throws: RehearsalError(
        "error: --workers of the task \"deploy\" is \"x\", which is no integer\n  run --help deploy shows what it takes.\n")
    ) { try await rehearsal.plan("deploy:test", "--workers", "x") }
    await #expect(
      throws: RehearsalError("error: \"deploy:test tolerant:test\" names several tasks, and a plan is of one\n  Plan them one by one.\n")
    ) { try await rehearsal.plan("deploy:test", "tolerant:test") }
    await #expect(throws: RehearsalError("error: \"--list\" names no task to plan or to rehearse\n  For example \"deploy:production\".\n"))
    {
      try await rehearsal.plan("--list")
    }
  }

  @Test func wordsThatMeanNothingAreErrors() async throws {
    let plan = try await rehearsal.plan("deploy:test")
    #expect(throws: RehearsalError("error: no step of the plan has \"instal1\" in its name or command\n  Did you mean \"install\"?\n")) {
      try plan.step("instal1")
    }
  }

  @Test func filesAreRelativeToTheRoot() async throws {
    let folder = Scratch()
    try folder.write("a.conf", "x")
    let rehearsal = Shop.rehearsal(root: folder.path) { hosts("web") { upload("a.conf", to: "/etc/a.conf") } }
    #expect(try await rehearsal.plan("t").steps.map(\.title) == ["upload a.conf to /etc/a.conf"])
  }

  @Test func theRootIsTheNearestFolderWithADeployfile() async throws {
    let folder = Scratch()
    try folder.write("Deployfile.swift", "")
    try folder.write("a.conf", "x")
    try folder.write("a.ini", "web1\n")
    let deployfile = Deployfile { task("t", "T") { hosts("all") { upload("a.conf", to: "/etc/a.conf") } } }
    let plan = try await Rehearsal(deployfile, file: "\(folder.path)/Tests/DeployTests/Test.swift").plan("t", "-i", "a.ini")
    #expect(plan.hosts == ["web1"])
  }

  @Test func indexesAreNotAsked() async throws {
    let package = Package("shop", index: "http://127.0.0.1:9/simple")
    let wanted = Parameter<Version>("version", "v", of: package)
    let deployfile = Deployfile {
      environment("e", inventory: .hosts { host("web1") })
      task("t", "T", wanted) { version in hosts("all") { run("install \(version)") } }
    }
    let known = Rehearsal(deployfile, versions: ["shop": ["1.4.1", "1.10.0", "2.0.0rc1"]])
    #expect(try await known.plan("t", "--version", "latest").steps.map(\.title) == ["install 1.10.0"])
    #expect(try await known.plan("t", "--version", "<1.5").steps.map(\.title) == ["install 1.4.1"])
    await #expect(
      throws: RehearsalError(
        "error: nothing says what versions of shop there are: a rehearsal asks no index\n"
          + "  Rehearsal(deployfile, versions: [\"shop\": [\"1.0.0\"]])\n")
    ) { try await Rehearsal(deployfile).plan("t", "--version", "latest") }
  }
}
