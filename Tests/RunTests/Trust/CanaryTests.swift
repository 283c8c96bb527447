import Foundation
import Synchronization
import TestSupport
import Testing

/// A secret that is used in every way, in runs that go well, fail, are interrupted, crash and are gone on with: afterwards it is nowhere.
@Suite(.ownThreads, .enabled(if: BuiltRun.isAvailable, "no built run: start bin/test, or swift build first"))
struct CanaryTests {
  /// All that needs quoting somewhere, and enough of what does not to be found in every form.
  static let canary = "CanaryWord'\"$x&y<z>/+=\\ end"

  static let deployfile = #"""
    let token = Secret.file("token.txt")
    let typed = Secret.environment("TYPED")
    let value = Captured("value")
    let other = Captured("other")
    let everywhere: @Sendable () -> [Step] = {
      @Steps func steps() -> [Step] {
        run("printf %s \(token) >$D/\(host: .name).command; echo begun >>$D/begun").named("command")
        with(["TOKEN_VALUE": "\(typed)"]) { run("printf %s \"$TOKEN_VALUE\" >/dev/null").named("variable") }
        run("echo \(token); echo \(token) >&2; printf %s \(token) | base64; printf 'x%s' \(token) | base64; printf 'xy%s' \(token) | base64 >&2")
        run("printf '%s' \(token) | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g'; echo").named("percent")
        run("x=\(token); set -x; : \"$x\"").named("traced")
        run("printf %s \(token); sleep 0.1; printf %s \(token)").timeout(.seconds(60)).retry(2, every: .zero)
        capture("printf %s \(token)", as: value)
        run("echo \(value)")
        capture("echo known", as: other)
        render("site.conf", to: "\(host: .variable("place"))/rendered", values: ["token": "\(token)"], mode: 0o600)
        perform("code") { session in
          try await session.run("echo \(token)")
          _ = try await session.run("no-such-program \(token)")
        }
      }
      return steps()
    }
    let good = task("good", "Goes well") { locked("canary") { always {
      hosts("web") { parallel { run("echo \(token) >/dev/null; echo x >>$D/begun"); capture("printf %s \(token)", as: value); run("echo \(value)").named("shown") }
        serially { run("echo \(token)") } }
      local("echo \(token); printf %s \(token) | base64")
      notify(.command("cat >/dev/null; echo \(token); exit 3"), "the token is \(token)")
      notify(.slack(typed), "x")
    } finally: { hosts("web") { run("echo \(token) >&2") } } } }
    let bad = task("bad", "Fails") { attempt { hosts("web") { parallel { everywhere() } } } onFailure: {
      hosts("web") { run("echo \(token); exit 4") } } }
    let long = task("long", "Is interrupted") { hosts("web") { run("echo \(token); echo x >>$D/begun; sleep 60; echo \(token)") } }
    """#

  /// Plain, and as others would write it; the start alone would be enough to recognise it.
  static let forms: [String] = {
    let bytes = Data(canary.utf8)
    let shifted = (0..<3).map { shift -> String in
      let text = (Data(repeating: 0x78, count: shift) + bytes).base64EncodedString()
      return String(text.dropFirst(4).prefix(16))
    }
    return ["CanaryWord", "%43%61%6e%61%72%79"] + shifted
  }()

  private final class Watch: Sendable {
    private let found = Mutex<Set<String>>([])
    private let isOver = Mutex(false)
    private let done = DispatchSemaphore(value: 0)

    /// Looks at the command lines of all processes, and at the environments of every `ssh`, until `end`.
    init() {
      Thread.detachNewThread { [self] in
        while !isOver.withLock({ $0 }) {
          for process in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(process) != nil {
            guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { continue }
            let line = String(decoding: words.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
            if CanaryTests.forms.contains(where: line.contains) { _ = found.withLock { $0.insert("argv: \(line.prefix(300))") } }
          }
          usleep(2_000)
        }
        done.signal()
      }
    }

    func end() -> [String] {
      isOver.withLock { $0 = true }
      done.wait()
      return found.withLock { $0.sorted() }
    }
  }

  @Test("row 69: the secret is nowhere") func theSecretIsNowhere() throws {
    let bench = try Bench(Self.deployfile, hosts: ["a", "b"], ssh: #"exec setsid -w /bin/sh -c "$command""#)
    let home = Scratch(), state = Scratch(), outputs = Scratch()
    try bench.project.folder.write("inventory.ini", "[web]\n" + ["a", "b"].map { "\($0) place=\(bench.marks.path)/\($0)\n" }.joined())
    for host in ["a", "b"] { try bench.marks.write("\(host)/keep", "") }
    try bench.project.folder.write("token.txt", Self.canary + "\n", mode: 0o600)
    try bench.project.folder.write("site.conf", "{{ token }}")
    let environment = ["TYPED": "https://127.0.0.1:1/\(Self.canary)", "HOME": home.path, "XDG_STATE_HOME": state.path]
    let watch = Watch()
    var printed: [String: String] = [:]
    func keep(_ name: String, _ ended: Ended) { printed[name] = ended.output + ended.errors }

    var status: [String: Int32] = [:]
    for (name, words) in [
      ("good", ["good"]), ("verbose", ["-v", "good"]), ("json", ["--format", "json", "good"]), ("bad", ["bad"]),
      ("bad, verbose", ["-v", "bad"]), ("bad, json", ["--format", "json", "bad"]), ("plan", ["--plan", "bad"]),
      ("files", ["--output", "\(outputs.path)/a.xml", "--output", "\(outputs.path)/a.jsonl", "bad"]),
    ] {
      let ended = try bench.project.start(words, environment: bench.environment.merging(environment) { $1 }).end()
      keep(name, ended)
      status[name] = ended.status
    }
    #expect(
      status == [
        "good": 0, "verbose": 0, "json": 0, "bad": 1, "bad, verbose": 1, "bad, json": 1, "plan": 0, "files": 1,
      ], "\(printed)")

    // Crashes, and going on.
    for entry in [3, 7, 11, 15, 19, 23, 27, 31] {
      let crash = environment.merging(["PUSHBUTTON_TEST_KILL_AT_ENTRY": "\(entry)"]) { $1 }
      keep("crash \(entry)", try bench.project.start(["-v", "bad"], environment: bench.environment.merging(crash) { $1 }).end())
      keep("resume \(entry)", try bench.run("-v", "--resume", "--unknown", "again", environment: environment))
    }
    // Interruptions.
    for signals in [[SIGINT, SIGINT], [SIGTERM], [SIGINT, SIGINT, SIGINT]] {
      let before = bench.count("begun")
      let run = try bench.start("long", environment: environment)
      #expect(bench.waits(for: "begun", lines: before + 2))
      for signal in signals {
        run.signal(signal)
        usleep(50_000)
      }
      keep("signals \(signals)", run.end())
    }
    keep("history", try bench.run("--history", environment: environment))
    #expect(bench.settles())

    #expect(watch.end() == [])
    for (name, text) in printed { #expect(Self.found(in: text) == [], "\(name): \(text.suffix(2000))") }
    // What the hosts were to get, and where it comes from; nothing else may have it.
    let meant = Set(["a", "b"].flatMap { ["\(bench.marks.path)/\($0).command", "\(bench.marks.path)/\($0)/rendered"] })
      .union(["\(bench.project.folder.path)/token.txt"])
    #expect(bench.marks.read("a.command") == Self.canary)
    var looked = 0
    for folder in [home.path, state.path, outputs.path, bench.temporary.path, bench.marks.path, bench.project.folder.path] {
      for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
        let path = "\(folder)/\(name)"
        guard !meant.contains(path), let bytes = FileManager.default.contents(atPath: path) else { continue }
        looked += 1
        #expect(Self.found(in: String(decoding: bytes, as: UTF8.self)) == [], "\(path)")
      }
    }
    // Journals, logs and reports are there at all.
    #expect(looked > 60)
  }

  private static func found(in text: String) -> [String] { forms.filter(text.contains) }
}
