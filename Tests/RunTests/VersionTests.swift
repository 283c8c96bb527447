import Foundation
import TestSupport
import Testing

/// Versions that are resolved, checked and shown with what an index on this machine says.
@Suite("versions", .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"), .serialized)
struct VersionTests {
  private static let server = try? IndexServer()

  private static let bench: Bench? = server.flatMap { server in
    try? Bench(
      """
      let shop = Package("Shop", index: "\(server.index("json"))")
      let gone = Package("shop", index: "http://127.0.0.1:1/simple")
      let closed = Package("shop", index: "\(server.index("auth"))", credentials: .environment("INDEX"))
      let inside = Package("shop", index: "http://deploy:p%22a%5Css:wo%20rd@\(server.authority)/auth")
      let wrong = Package("shop", index: "http://deploy:hidden@\(server.authority)/auth")
      let version = Parameter<Version>("version", "the version")
      let versionOfShop = Parameter<Version>("version", "the version", of: shop)
      let deploy = task("deploy", "Found in a step", version) { version in
        attempt {
          hosts("web") { when("true") { run("echo \\(version) >>$D/installed").installs(version, of: shop) } }
        } onFailure: {
          local("true")
        }
      }
      let of = task("of", "Told by the parameter", versionOfShop) { version in local("echo \\(version) >>$D/installed") }
      let both = task("both", "A list", Parameter<[Version]>("version", "", of: shop)) { versions in
        local("echo \\(versions.map(\\.description)) >>$D/installed")
      }
      let latest = task("latest", "Through invoke") { invoke("deploy", ["version": "latest"]) }
      let forwarded = task("forwarded", "Through invoke, with a parameter", version) { version in
        invoke("deploy", ["version": version.description])
      }
      let nothing = task("nothing", "Installs nothing", version) { version in local("echo \\(version) >>$D/installed") }
      let unreachable = task("unreachable", "U", version) { version in
        hosts("web") { run("echo \\(version) >>$D/installed").installs(version, of: gone) }
      }
      let secret = task("secret", "S", version) { version in hosts("web") { run("true").installs(version, of: closed) } }
      let address = task("address", "A", Parameter<Version>("version", "", of: inside)) { version in versions(of: inside) }
      let refused = task("refused", "R", Parameter<Version>("version", "", of: wrong)) { version in local("true") }
      let show = task("show", "What there is") { versions(of: shop) }
      let slow = task("slow", "Never there") { versions(of: Package("shop", index: "\(server.index("slow"))")) }
      let cannot = task("cannot", "What there is") {
        versions(of: gone)
        local("echo more >>$D/installed")
      }
      """)
  }

  /// A marks folder of its own for each test, of one Deployfile.
  private func run(_ words: String..., environment: [String: String] = [:]) throws -> (ended: Ended, marks: Scratch) {
    let bench = try #require(Self.bench)
    let marks = Scratch()
    var all = bench.environment.merging(["D": marks.path, "INDEX": IndexServer.credentials]) { $1 }
    all.merge(environment) { $1 }
    return (try bench.project.start(words, environment: all).end(), marks)
  }

  private var index: String { Self.server?.index("json") ?? "" }

  static let planned: [(words: String, title: String)] = [
    ("deploy --version latest", "deploy --version=1.5.0"), ("deploy --version >=1,<1.5", "deploy --version=1.4.2"),
    ("deploy --version >=2.0rc1", "deploy --version=2.0rc1"), ("deploy --version ==1.4.3", "deploy --version=1.4.3"),
    ("deploy --version ~=1.4.0", "deploy --version=1.4.2"), ("of --version latest", "of --version=1.5.0"),
    ("both --version latest --version <1 --version 7", "both --version='1.5.0 0.9 7'"),
    ("forwarded --version latest", "forwarded --version=1.5.0"),
    ("latest", "latest"),
  ]

  @Test(arguments: planned) func plans(words: String, title: String) throws {
    let bench = try #require(Self.bench)
    let ended = try bench.project.start(["--plan"] + words.split(separator: " ").map(String.init), environment: bench.environment).end()
    #expect(ended.errors == "")
    #expect(ended.output.split(separator: "\n").first.map { $0.replacing(":test", with: "") } == "plan of \(title)")
  }

  @Test func plansWhatIsInvoked() throws {
    let (ended, _) = try run("--plan", "latest")
    #expect(ended.output.contains("echo 1.5.0 >>$D/installed"))
  }

  @Test func plansAsJSON() throws {
    let (ended, _) = try run("--plan", "--json", "deploy", "--version", "latest")
    #expect(ended.output.contains("\"version\": \"1.5.0\""))
  }

  @Test func runsWhatWasResolvedAskingOnce() throws {
    let before = Self.server?.requests.count ?? 0
    let (ended, marks) = try run("deploy", "--version", "latest", "of", "--version", ">=1,<1.5")
    #expect(ended.status == 0, "\(ended)")
    #expect(marks.read("installed") == "1.5.0\n1.4.2\n")
    #expect((Self.server?.requests.count ?? 0) - before == 1)
  }

  @Test func anExactVersionIsPlannedWithoutTheIndex() throws {
    let before = Self.server?.requests.count ?? 0
    for task in ["deploy", "of", "unreachable"] { #expect(try run("--plan", task, "--version", "9.9").ended.status == 0) }
    #expect(Self.server?.requests.count == before)
  }

  @Test(arguments: ["deploy", "of"]) func anExactVersionMustBeThere(task: String) throws {
    let (ended, marks) = try run(task, "--version", "1.4.1")
    #expect(ended.status == 2)
    #expect(ended.output == "")
    let place = task == "of" ? "--version" : "Deployfile.swift:11"
    #expect(
      ended.errors == """
        error: \(place): the index \(index) has no version 1.4.1 of "Shop"
          The nearest are 1.5.0, 1.4.2, 1.0 and 0.9; the latest is 1.5.0. Nothing was touched.

        """)
    #expect(!marks.exists("installed"))
  }

  @Test func aYankedVersionIsNoticed() throws {
    let (ended, marks) = try run("deploy", "--version", "1.4.3")
    #expect(ended.status == 0)
    #expect(ended.output.contains("Shop 1.4.3 is yanked in \(index): breaks\\x1b[31m checkout\n"))
    #expect(marks.read("installed") == "1.4.3\n")
  }

  @Test func anExactVersionRunsWhenTheIndexIsOutOfReach() throws {
    let (ended, marks) = try run("unreachable", "--version", "1.4.1")
    #expect(ended.status == 0)
    #expect(ended.output.contains("shop 1.4.1 was not checked: the index http://127.0.0.1:1/simple cannot be reached: Failed to connect"))
    #expect(marks.read("installed") == "1.4.1\n")
  }

  static let refused: [(words: [String], errors: String)] = [
    (
      ["deploy", "--version", ">=3"], "--version >=3: the index INDEX has no such version of \"Shop\"\n  The latest is 1.5.0.\n"
    ),
    (
      ["deploy", "--version", "==1.4.3.*"],
      "--version ==1.4.3.*: every version of \"Shop\" that this means is yanked in the index INDEX\n  The newest is 1.4.3 (breaks\\x1b[31m checkout); write it out to have it all the same.\n"
    ),
    (
      ["nothing", "--version", "latest"],
      "--version of the task \"nothing\" is latest, but nothing says of which package\n  Give the parameter its package, Parameter<Version>(\"version\", of: ...), or the step that installs it .installs(version, of: ...); or write the version out.\n"
    ),
    (
      ["deploy", "--version", "lates"], "--version of the task \"deploy\" is \"lates\", which is no version\n  Did you mean \"latest\"?\n"
    ),
    (
      ["deploy", "--version", ">=x"],
      "--version of the task \"deploy\" is \">=x\", which is no specifier of versions\n  A release number is missing in \">=x\". A version looks like 1.4.2 or 2.0rc1; latest and specifiers such as '>=1.4,<2' are understood, too.\n"
    ),
    (
      ["refused", "--version", "latest"],
      "--version latest of \"shop\": the index AUTH does not take the credentials (status 401)\n  Check the user and the password.\n"
    ),
  ]

  @Test(arguments: refused) func refuses(words: [String], errors: String) throws {
    let server = try #require(Self.server)
    let bench = try #require(Self.bench)
    let ended = try bench.project.start(words, environment: bench.environment).end()
    #expect(ended.status == 2)
    #expect(ended.output == "")
    let expected = errors.replacing("INDEX", with: server.index("json")).replacing("AUTH", with: server.index("auth"))
    #expect(ended.errors == "error: " + expected)
  }

  @Test func latestNeedsTheIndex() throws {
    let (ended, marks) = try run("unreachable", "--version", "latest")
    #expect(ended.status == 2)
    let start =
      "error: --version latest of \"shop\": the index http://127.0.0.1:1/simple cannot be reached: Failed to connect to 127.0.0.1 port 1"
    #expect(ended.errors.hasPrefix(start))
    #expect(ended.errors.hasSuffix("\n  Is the address right, and can this machine reach it?\n"))
    #expect(!marks.exists("installed"))
  }

  /// Arguments may be read by every user of the machine, and output goes into logs.
  @Test func credentialsAreNeitherArgumentsNorOutput() throws {
    let folder = Scratch()
    try folder.write("curl", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$D/argv\"\nPATH=$REAL exec curl \"$@\"\n", mode: 0o755)
    let path = "/usr/local/bin:/usr/bin:/bin"
    for task in ["secret", "address"] {
      let (ended, marks) = try run(task, "--version", "latest", environment: ["PATH": "\(folder.path):\(path)", "REAL": path])
      #expect(ended.status == 0, "\(ended)")
      #expect(marks.read("argv") == "--disable --config -\n")
      for part in ["deploy:", "wo rd", "wo%20rd", "p%22a"] { #expect(!(ended.output + ended.errors).contains(part)) }
    }
    let (plan, _) = try run("--plan", "--json", "address", "--version", "1.0")
    #expect(plan.status == 0)
    #expect(!plan.output.contains("deploy:"))
  }

  @Test func credentialsMustBeThere() throws {
    let (ended, _) = try run("--plan", "secret", "--version", "latest", environment: ["INDEX": ""])
    #expect(
      ended
        == Ended(status: 2, output: "", errors: "error: the secret from the environment variable INDEX is empty\n  Nothing was touched.\n"))
  }

  @Test func showsWhatThereIs() throws {
    let (ended, _) = try run("show")
    #expect(ended.status == 0)
    #expect(
      ended.output.split(separator: "\n", omittingEmptySubsequences: false).prefix(8).joined(separator: "\n") == """
        show
        - versions of Shop in \(index)
          2.0rc1  pre-release
          1.5.0   latest
          1.4.3   yanked: breaks\\x1b[31m checkout
          1.4.2
          1.0     Python >=3.8
          0.9
        """)
    let (plan, _) = try run("--plan", "show")
    #expect(plan.output.hasSuffix("  on this machine: show the versions of Shop in \(index)\n"))
  }

  @Test func cannotShowWhatIsOutOfReach() throws {
    let (ended, marks) = try run("cannot")
    #expect(ended.status == 1)
    #expect(
      ended.output.contains("error: the versions of \"shop\": the index http://127.0.0.1:1/simple cannot be reached: Failed to connect"))
    #expect(!marks.exists("installed"))
  }

  @Test func aQuestionEndsAtTheFirstInterruption() throws {
    let server = try #require(Self.server)
    let bench = try #require(Self.bench)
    let started = try bench.project.start("slow", environment: bench.environment)
    #expect(started.wait { _ in server.requests.contains { $0.hasPrefix("/slow/") } })
    started.signal(SIGINT)
    let ended = started.end()
    #expect(ended.status == 130)
    #expect(!ended.output.contains("error:"))
  }

  @Test func helpSaysWhatIsUnderstood() throws {
    let (ended, _) = try run("--help", "deploy")
    #expect(ended.output.hasSuffix("--version VERSION  the version (a version, latest, or a specifier such as '>=1.4,<2'; required)\n"))
  }
}
