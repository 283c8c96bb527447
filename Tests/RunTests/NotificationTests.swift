import Foundation
import TestSupport
import Testing

/// Notifications arrive as the services want them, when they should, and never change how a run ends.
@Suite(
  .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"),
  .enabled(if: Receiver.isAvailable, "needs python3, openssl and curl"))
struct NotificationTests {
  static let token = "t0k3n\"\\$x'y"

  static let deployfile = #"""
    let hook = Secret.environment("HOOK")
    let base = Secret.environment("BASE")
    let token = Secret.environment("TOKEN")
    let version = Parameter<Version>("version", "what to install")
    let step = run("echo x >>$D/step")
    let all = task("all", "Tells everybody", version) { version in
      hosts("web") { step }
      notify(.slack(hook), "shop \(version) \(token)")
      notify(.teams(hook), "shop \(version)")
      notify(.mattermost(hook), "shop \(version)")
      notify(.hipChat(server: "\(base)", room: "Ops", token: token), "shop \(version)")
      notify(.newRelic(application: "12", key: token, server: "\(base)"), "shop")
      notify(.newRelic(entity: "GUID", key: token, server: "\(base)"), "shop")
      notify(.sentry(organization: "o", projects: ["shop"], token: token, server: "\(base)"), "shop")
      notify(.grafana(server: "\(base)", token: token, tags: ["shop"]), "shop")
      notify(.webhook("\(base)/any", headers: ["X-Token": "\(token)"]), "shop")
      notify(.command("{ cat; echo; printenv PUSHBUTTON_TASK PUSHBUTTON_VERSION; printf %s \(token); printenv | grep -c PUSHBUTTON_SECRET || :; } >$D/command"), "to \(token)")
    }
    let once = task("once", "Tells one") {
      notify(.slack(hook), "hello")
      hosts("web") { step }
    }
    let occasions = task("occasions", "Tells on occasions", version) { version in
      attempt {
        notify(.slack(hook), "done \(run: .version), \(run: .outcome)", on: .success)
        hosts("web") { run("echo x >>$D/step; eval \"$DO\"") }
      } onFailure: {
        notify(.slack(hook), "failed, \(run: .outcome)", on: .failure)
        hosts("web") { run("echo x >>$D/cleaned") }
      }
      notify(.slack(hook), "here")
      notify(.slack(hook), "ended: \(run: .task) in \(run: .environment) by \(run: .user)", on: .always)
      notify(.slack(hook), "start", on: .start)
    }
    let invoking = task("invoking", "Has tasks inside", version) { version in
      attempt { hosts("web") { run("eval \"$DO\"") } } onFailure: { invoke("once") }
      notify(.slack(hook), "all", on: .always)
    }
    let commands = task("commands", "Commands that fail") {
      notify(.command("echo \(token) is wrong >&2; exit 3"), "x")
      notify(.command("echo x >>$D/hanging; sleep 100"), "x")
      hosts("web") { step }
    }
    """#

  private func bench() throws -> Bench { try Bench(Self.deployfile) }

  private func environment(_ receiver: Receiver, hook: String, do action: String = "true") -> [String: String] {
    receiver.environment.merging(["HOOK": receiver.address + hook, "TOKEN": Self.token, "DO": action, "USER": "ann"]) { $1 }
  }

  @Test func everyServiceIsTold() throws {
    let bench = try bench(), receiver = try Receiver()
    let ended = try bench.run("all", "--version", "1.4", environment: environment(receiver, hook: "/hook"))
    #expect(ended.status == 0, "\(ended)")
    #expect(!ended.output.contains("warning"), "\(ended.output)")
    let requests = receiver.requests
    let expected: [String] = [
      #"""
      POST /hook
      Content-Type: application/json
      {"text":"shop 1.4 t0k3n\"\\$x'y"}
      """#,
      #"""
      POST /hook
      Content-Type: application/json
      {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.2","body":[{"type":"TextBlock","text":"shop 1.4","wrap":true}]}}]}
      """#,
      #"""
      POST /hook
      Content-Type: application/json
      {"text":"shop 1.4"}
      """#,
      #"""
      POST /v2/room/Ops/notification
      Content-Type: application/json
      Authorization: Bearer t0k3n"\$x'y
      {"color":"yellow","message":"shop 1.4","notify":true,"message_format":"text"}
      """#,
      #"""
      POST /v2/applications/12/deployments.json
      Content-Type: application/json
      X-Api-Key: t0k3n"\$x'y
      {"deployment":{"revision":"1.4","description":"shop","user":"ann"}}
      """#,
    ]
    #expect(requests.prefix(5).map(\.text) == expected)
    #expect(requests.count == 10)
    guard requests.count == 10 else { return }
    #expect(requests[5].path == "/graphql")
    #expect(requests[5].headers["API-Key"] == Self.token)
    #expect(requests[5].body.contains(#"version: \"1.4\""#))
    #expect(requests[6].path == "/api/0/organizations/o/releases/")
    #expect(requests[6].body == #"{"version":"1.4","projects":["shop"]}"#)
    #expect(requests[7].path == "/api/0/organizations/o/releases/1.4/deploys/")
    #expect(requests[7].body.hasPrefix(#"{"environment":"test","name":"shop","dateStarted":"20"#))
    #expect(requests[8].path == "/api/annotations")
    #expect(requests[8].body.hasSuffix(#","tags":["shop"],"text":"shop"}"#))
    for request in requests[6...8] { #expect(request.headers["Authorization"] == "Bearer \(Self.token)") }
    #expect(requests[9].path == "/any")
    #expect(requests[9].headers["X-Token"] == Self.token)
    #expect(requests[9].body.hasPrefix(#"{"message":"shop","id":"20"#))
    #expect(requests[9].body.contains(#""environment":"test","task":"all","user":"ann","url":"","duration":"#))
    #expect(requests[9].body.hasSuffix(#","outcome":"","version":"1.4","previousVersion":""}"#))
    #expect(bench.marks.read("command") == "to \(Self.token)\nall\n1.4\n\(Self.token)0\n")
    #expect(bench.leftFolders == [])
  }

  @Test(arguments: [
    ("true", 0, ["start", "here", "done 1.4, succeeded", "ended: occasions in test by ann"]),
    ("exit 3", 1, ["start", "failed, failed", "ended: occasions in test by ann"]),
    ("interrupt", 130, ["start", "failed, cancelled", "ended: occasions in test by ann"]),
  ])
  func occasions(action: String, status: Int32, messages: [String]) throws {
    let bench = try bench(), receiver = try Receiver()
    let interrupting = action == "interrupt"
    let run = try bench.start(
      "occasions", "--version", "1.4",
      environment: environment(receiver, hook: "/hook", do: interrupting ? "while [ ! -e $D/go ]; do sleep 0.05; done" : action))
    if interrupting {
      #expect(bench.waits(for: "step"))
      run.signal(SIGINT)
      #expect(run.wait { $0.soFar.contains("interrupted") })
      try bench.marks.write("go", "")
    }
    let ended = run.end()
    #expect(ended.status == status, "\(ended)")
    let texts = receiver.requests.map { $0.body.replacing("{\"text\":\"", with: "").replacing("\"}", with: "") }
    #expect(texts == messages)
    #expect(bench.counts("step", "cleaned") == [1, action == "exit 3" ? 1 : 0])
  }

  @Test func theEndOfATaskInsideIsNotTheEnd() throws {
    let bench = try bench(), receiver = try Receiver()
    let ended = try bench.run("invoking", "--version", "1", environment: environment(receiver, hook: "/hook", do: "exit 1"))
    #expect(ended.status == 1, "\(ended)")
    #expect(receiver.requests.map(\.body) == [#"{"text":"hello"}"#, #"{"text":"all"}"#])
  }

  @Test(arguments: [
    ("/redirect/abcdefgh", "answered 302, a redirect, which is not followed"),
    ("/error/abcdefgh", "answered 500: out of order"),
    ("/refuse/abcdefgh", "answered 403: may not post to [secret]"),
    ("/graphql-errors", "answered with errors: {\"errors\": [{\"message\": \"no such entity\"}]}"),
    ("/close", "no answer: curl: (52) Empty reply from server"),
    ("/hang", "no answer within 10 s"),
  ])
  func troubleIsAWarning(path: String, words: String) throws {
    let bench = try bench(), receiver = try Receiver()
    let ended = try bench.run("once", environment: environment(receiver, hook: path))
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("\nwarning: notify slack: \(words)\n"), "\(ended.output)")
    #expect(receiver.requests.map(\.path) == [path])
    #expect(bench.count("step") == 1)
    #expect(!ended.output.contains("abcdefgh"))
    #expect(bench.settles(), "\(bench.processes)")
    #expect(bench.leftFolders == [])
  }

  @Test func nobodyIsTrustedWithoutACertificate() throws {
    let bench = try bench(), receiver = try Receiver()
    var environment = environment(receiver, hook: "/hook")
    environment["CURL_CA_BUNDLE"] = nil
    let ended = try bench.run("once", environment: environment)
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("warning: notify slack: no answer: curl: (60) SSL certificate problem"), "\(ended.output)")
    #expect(receiver.requests.isEmpty)
  }

  @Test func noSecretIsAnArgumentOrShown() throws {
    let bench = try bench(), receiver = try Receiver(), programs = Scratch()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    try programs.write("curl", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$D/argv\"\nPATH='\(path)' exec curl \"$@\"\n", mode: 0o755)
    var environment = environment(receiver, hook: "/hook/abcdefgh")
    environment["PATH"] = "\(programs.path):\(path)"
    for words in [["all", "--version", "1"], ["all", "--version", "1", "--format", "json"], ["--plan", "all", "--version", "1"]] {
      let ended = try bench.project.start(words, environment: bench.environment.merging(environment) { $1 }).end()
      #expect(ended.status == 0, "\(ended)")
      for word in ["t0k3n", "abcdefgh"] { #expect(!(ended.output + ended.errors).contains(word), "\(ended)") }
    }
    // Nothing is sent for a plan.
    #expect(receiver.requests.count == 20)
    #expect(bench.marks.read("argv") == String(repeating: "--disable --config -\n", count: 20))
  }

  @Test func aMissingCurlIsAWarning() throws {
    let bench = try bench()
    #expect(try bench.run("--list").status == 0)
    let programs = Scratch()
    for name in ["sh", "env", "cat", "mkdir", "rm", "sleep", "id"] {
      try? FileManager.default.createSymbolicLink(atPath: "\(programs.path)/\(name)", withDestinationPath: "/bin/\(name)")
    }
    let ended = try bench.run("once", environment: ["PATH": programs.path, "HOOK": "https://127.0.0.1:1/"])
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("warning: notify slack: curl is not in PATH"), "\(ended)")
  }

  @Test func commandsThatFailOrHang() throws {
    let bench = try bench()
    let ended = try bench.run("commands", environment: ["TOKEN": Self.token])
    #expect(ended.status == 0, "\(ended)")
    #expect(ended.output.contains("warning: notify command: status 3: [secret] is wrong\n"), "\(ended.output)")
    #expect(ended.output.contains("warning: notify command: no answer within 10 s\n"), "\(ended.output)")
    #expect(bench.counts("hanging", "step") == [1, 1])
    #expect(bench.settles(), "\(bench.processes)")
    #expect(bench.leftFolders == [])
  }

  @Test func secondControlCEndsASending() throws {
    let bench = try bench(), receiver = try Receiver()
    let run = try bench.start("once", environment: environment(receiver, hook: "/hang"))
    #expect(run.wait { _ in !receiver.requests.isEmpty })
    run.signal(SIGINT)
    #expect(run.wait { $0.soFar.contains("Ctrl-C again") })
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 130, "\(ended)")
    #expect(ended.output.contains("warning: notify slack: interrupted\n"), "\(ended.output)")
    #expect(bench.count("step") == 0)
    #expect(bench.settles(), "\(bench.processes)")
  }

  @Test func afterAnInterruptionTheNextOneEndsASending() throws {
    let bench = try bench(), receiver = try Receiver()
    let run = try bench.start("occasions", "--version", "1", environment: environment(receiver, hook: "/slow", do: "sleep 60"))
    #expect(bench.waits(for: "step"))
    run.signal(SIGTERM)
    #expect(run.wait { _ in receiver.requests.count == 2 })
    run.signal(SIGINT)
    let ended = run.end()
    #expect(ended.status == 143, "\(ended)")
    #expect(ended.output.contains("warning: notify slack: interrupted\n"), "\(ended.output)")
    #expect(receiver.requests.count == 2)
    #expect(bench.settles(), "\(bench.processes)")
  }
}
