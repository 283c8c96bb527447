import TestSupport
import Testing

/// Whatever is invalid is found before the first host is touched: no ssh is started and no mark is left.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct ValidityTests {
  static let deployfile = #"""
    let count = Parameter<Int>("count", "how many")
    let good = task("good", "Leaves a mark") { hosts("web") { run("echo x >>$D/mark") } }
    let counted = task("counted", "Takes a number", count) { count in hosts("web") { run("echo \(count) >>$D/mark") } }
    let pattern = task("pattern", "Names no host") { hosts("web") { run("echo x >>$D/mark") }
      hosts("wbe") { run("true") } }
    let file = task("file", "Lacks a file") { hosts("web") { run("echo x >>$D/mark")
      upload("missing.txt", to: "/tmp/missing.txt") } }
    let secret = task("secret", "Lacks a secret") { hosts("web") { run("echo x >>$D/mark")
      run("echo \(Secret.environment("NOT_SET_ANYWHERE"))") } }
    let failingSecret = task("failingSecret", "Cannot read a secret") { hosts("web") { run("echo x >>$D/mark")
      run("echo \(Secret.command("echo no luck >&2; exit 3"))") } }
    let lock = task("lock", "Locks") { hosts("web") { run("echo x >>$D/mark") }
      locked("../shop") { hosts("web") { run("true") } } }
    let links = task("links", "Links outside") { hosts("web") { run("echo x >>$D/mark")
      ReleaseFolder("site", root: "/srv/site", linkedFiles: ["../x"]).install(.folder("."), as: "1") } }
    let outcome = task("outcome", "Knows its end") { hosts("web") { run("echo x >>$D/mark")
      run("echo \(run: .outcome)") } }
    let channel = task("channel", "Cannot tell anybody") { hosts("web") { run("echo x >>$D/mark") }
      notify(.slack(.environment("NO_HOOK_ANYWHERE")), "done") }
    let tellsEarly = task("tellsEarly", "Tells too early") { hosts("web") { run("echo x >>$D/mark") }
      notify(.slack(.environment("HOME")), "\(run: .outcome)") }
    let variable = task("variable", "Lacks a variable") { hosts("web") { run("echo x >>$D/mark")
      run("echo \(host: .variable("port"))") } }
    let early = task("early", "Uses what is captured later") { hosts("web") { run("echo x >>$D/mark")
      run("echo \(Captured("later"))") } }
    let clash = task("clash", "Downloads into one file") { hosts("web") { run("echo x >>$D/mark")
      download("/etc/hostname", to: "hostname") } }
    let template = task("template", "Lacks a value") { hosts("web") { run("echo x >>$D/mark")
      render("open.conf", to: "/tmp/open.conf") } }
    let circle = task("circle", "Invokes itself") { hosts("web") { run("echo x >>$D/mark") }
      invoke("circle") }
    let stranger = task("stranger", "Invokes nothing") { hosts("web") { run("echo x >>$D/mark") }
      invoke("strange") }
    """#

  /// Compiled once, so that no row has to say that it waits for another one's compiler.
  private static let isCompiled: Bool = {
    guard let bench = try? Bench(deployfile, hosts: ["web1", "web2"]) else { return false }
    return (try? bench.run("--list").status) == 0
  }()

  private func bench() throws -> Bench {
    try #require(Self.isCompiled)
    let bench = try Bench(Self.deployfile, hosts: ["web1", "web2"], ssh: #"exec /bin/sh -c "$command""#)
    try bench.project.folder.write("open.conf", "port = {{ port }}\n")
    return bench
  }

  @Test(arguments: [
    (["counted"], "the task \"counted\" needs --count INTEGER"),
    (["counted", "--count", "many"], "--count of the task \"counted\" is \"many\", which is no integer"),
    (["god"], "there is no task \"god\""),
    (["good:prod"], "there is no environment \"prod\""),
    (["good", "--colour"], "neither the task \"good\" nor run takes the option --colour"),
    (["good", "counted"], "the task \"counted\" needs --count INTEGER"),
    (["good", "--limit", "nowhere"], "nowhere"),
    (["pattern"], "wbe"),
    (["file"], "missing.txt: No such file or directory"),
    (["secret"], "the secret in the environment variable NOT_SET_ANYWHERE is not set"),
    (["failingSecret"], "the command for a secret, echo, ended with status 3: no luck"),
    (["lock"], "\"../shop\" cannot be the name of a lock"),
    (["links"], "\"../x\" cannot be linked: give a path inside the release"),
    (["outcome"], "\\(run: .outcome) is known at the end of a run only"),
    (["channel"], "the secret in the environment variable NO_HOOK_ANYWHERE is not set"),
    (["tellsEarly"], "\\(run: .outcome) is known when the task has ended, and this notification is sent before"),
    (["variable"], "the host web1 has no variable \"port\""),
    (["early"], "\\(later) is used, but nothing was captured under that name before"),
    (["clash"], "web1 and web2 would both write"),
    (["template"], "open.conf:1: {{ port }} has no value on web1"),
    (["circle"], "tasks invoke each other in a circle: circle -> circle"),
    (["stranger"], "invoke(\"strange\"): there is no such task"),
    (["--on", "web"], "--on needs a command after --"),
  ])
  func nothingIsTouched(words: [String], message: String) throws {
    let bench = try bench()
    let ended = try bench.project.start(words, environment: bench.environment).end()
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.output == "")
    #expect(ended.errors.hasPrefix("error: "))
    #expect(ended.errors.contains(message), "\(ended.errors)")
    #expect(bench.ssh?.calls == [])
    #expect(bench.count("mark") == 0)
    #expect(bench.leftFolders == [])
  }

  @Test func aGoodTaskOfTheSameFileRuns() throws {
    let bench = try bench()
    let ended = try bench.run("good")
    #expect(ended.status == 0, "\(ended)")
    #expect(bench.count("mark") == 2)
    #expect(bench.ssh?.calls.count == 2)
  }

  @Test func plansConnectNowhere() throws {
    let bench = try bench()
    #expect(try bench.run("--plan", "good").status == 0)
    #expect(bench.ssh?.calls == [])
  }

  @Test func aMissingSSHIsSaidFirst() throws {
    let bench = try bench()
    // The Deployfile is compiled already or not: the compiler must be found either way, so only a warm run can lack ssh.
    #expect(try bench.run("--list").status == 0)
    let empty = Scratch()
    let ended = try bench.run("good", environment: ["PATH": empty.path])
    #expect(ended.status == 2, "\(ended)")
    #expect(ended.errors == "error: ssh is not in PATH\n  Install OpenSSH's client; nothing was touched.\n")
  }
}
